import { SentCommand, type ScorecardPage } from '@knopka/shared/contracts'
import { isOfMode, maySay, scorecardOf } from '@knopka/shared/game'
import { describe, expect, test } from 'vitest'
import { asCandidate, asHost, asPlayer, asScreen, newId, type Said } from '../support/guest.ts'
import { answered, ask, bytesOf, call, keepPlan, levels, says, serveBank } from './call.ts'
import { foldOf, refusalOf, untilTheEnd } from './scene.ts'

const refused = (code: string) => ({ ok: false, code })

/** An interview of a fresh plan. */
async function begun(plan: Parameters<typeof keepPlan>[1] = {}, environment: Record<string, string> = {}) {
  const server = await serveBank(environment)
  const key = await keepPlan(server, plan)
  return { server, key, ...(await call(server, key)) }
}

test('two interviewers and a candidate: the scorecard is what was said, and nobody was told too much', async () => {
  const { server, host, agenda, ...room } = await begun()
  const [second, candidate] = [await room.second(), await room.candidate()]
  const [one, two, three] = agenda.map(({ id }) => id) as [string, string, string]
  await says(candidate, { type: 'ready' })
  await says(
    host,
    { type: 'showItem', item: one },
    { type: 'assess', item: one, rating: 4, note: 'first-note ясно' },
    { type: 'showItem', item: two },
    { type: 'assess', item: two, rating: 1, flagged: true },
    { type: 'addItem', question: { id: 'deadlock' }, after: two },
    { type: 'assess', item: three, rating: 'not-asked' },
  )
  await says(
    second,
    { type: 'assess', item: one, rating: 3, note: 'second-note' },
    { type: 'assess', item: two, rating: 3 },
    { type: 'finish', finished: true },
  )
  await candidate.until(({ state }) => state.interview?.shown?.item === two)
  const { length } = await room.log()
  await Promise.all([host, second].map((guest) => guest.until(({ version }) => version === length)))
  expect(bytesOf(second)).not.toMatch(/first-note/)
  expect(bytesOf(host)).not.toMatch(/second-note/)
  expect(host.state.secret.opinions).toBeUndefined()

  await says(host, { type: 'finish', finished: true })
  await second.until(({ state }) => state.secret.opinions !== undefined)
  expect(bytesOf(second)).toMatch(/first-note/)
  await says(host, { type: 'agree', item: two, level: 2 })
  await says(second, { type: 'conclude', recommendation: 'yes', strengths: 'strengths-of-hers' })
  await says(host, { type: 'endInterview' })
  await candidate.until(({ state }) => state.phase === 'over')
  await host.until(({ state }) => state.secret.card !== undefined)

  const page = await answered<ScorecardPage>(ask(server, 'GET', `scorecards/${host.state.secret.card ?? ''}`))
  expect(page).toEqual({ ...scorecardOf(foldOf(await room.log())), pin: room.pin, mayDelete: false })
  expect(page).toMatchObject({
    planTitle: 'Opening-title',
    candidate: 'Вера',
    interviewers: ['Анна', 'Борис'],
    levels,
    keptDays: 30,
    conclusion: { recommendation: 'yes', strengths: 'strengths-of-hers', gaps: '' },
    level: 2.75,
  })
  expect(page.items.map(({ text, level, differs, added }) => [text, level, differs, added])).toEqual([
    [agenda[0]?.text, 3.5, false, false],
    [agenda[1]?.text, 2, true, false],
    ['When does a deadlock happen?', null, false, true],
    [agenda[2]?.text, null, false, false],
    ['Why us?', null, false, false],
  ])
  expect(page.items[0]).toMatchObject({
    first: { rating: 4, note: 'first-note ясно' },
    second: { note: 'second-note' },
  })
  expect(page.items[2]?.spentMs).toBeNull()

  const told = bytesOf(candidate)
  for (const { text } of [agenda[0], agenda[1]] as { text: string }[]) expect(told).toContain(text)
  expect(told).not.toMatch(/note|level-|Opening-title|strengths|rating|opinions|"agenda"|deadlock|Why us/)
  const { links, cardId, roomId, planName } = foldOf(await room.log()).secret
  const doors = [links?.host, links?.cohost, links?.candidate, cardId, roomId, planName, host.welcome?.token]
  for (const secret of [...doors, agenda[2]?.id, agenda[3]?.id]) expect(told).not.toContain(secret ?? 'missing')
})

describe('a stranger who has the PIN', () => {
  test('finds no room: not by HTTP, not as a player, not as a screen', async () => {
    const { server, pin } = await begun()
    const { address } = server
    expect((await ask(server, 'GET', `rooms/${pin}`)).status).toBe(404)
    expect(await refusalOf(asPlayer(address, pin, 'Глеб'))).toEqual({ code: 'no-room' })
    expect(await refusalOf(asScreen(address, pin))).toEqual({ code: 'no-room' })
  })

  test('opens nothing with an empty capability, a wrong one, or that of another interview', async () => {
    const { server, key, pin } = await begun()
    const other = await call(server, key, { candidate: 'Глеб' })
    const { links } = other.host.state.secret
    const wrong = ['', 'candidate', 'undefined', newId(), other.capability, links?.candidate ?? '', links?.cohost ?? '']
    for (const capability of wrong) {
      expect(await refusalOf(asCandidate(server.address, pin, capability))).toEqual({ code: 'bad-token' })
    }
  })

  test('has guessed a PIN, each time, and has to wait like everybody who guesses', async () => {
    const { server, pin, capability } = await begun({}, { KNOPKA_TRUST_PROXY: 'loopback' })
    const { address } = server
    const headers = { 'x-forwarded-for': '10.0.0.66' }
    for (let guesses = 0; guesses < 10; guesses++) {
      expect((await ask(server, 'GET', `rooms/${pin}`, { from: '10.0.0.66' })).status).toBe(404)
      await refusalOf(asPlayer(address, pin, 'Глеб', newId(), { headers }))
      await ask(server, 'GET', `rooms/${pin}`, { from: '10.0.0.66' })
    }
    const last = await ask(server, 'GET', `rooms/${pin}`, { from: '10.0.0.66' })
    expect([last.status, await last.json()]).toMatchObject([429, { code: 'too-many' }])
    expect(await refusalOf(asPlayer(address, pin, 'Глеб', newId(), { headers }))).toMatchObject({ code: 'too-many' })
    untilTheEnd(await asHost(address, pin, capability))
  })
})

describe('the candidate', () => {
  const everything = (item: string): Said[] => [
    { type: 'showItem', item },
    { type: 'addItem', question: { text: 'Easy?' }, after: null },
    { type: 'addItem', question: { id: 'deadlock' }, after: null },
    { type: 'assess', item, rating: 4 },
    { type: 'assess', item, note: 'brilliant' },
    { type: 'finish', finished: true },
    { type: 'agree', item, level: 4 },
    { type: 'conclude', recommendation: 'strong-yes' },
    { type: 'pause' },
    { type: 'resume' },
    { type: 'endInterview' },
    { type: 'replaceLink', link: 'host' },
    { type: 'replaceLink', link: 'candidate' },
    { type: 'chooseAddress', address: 'http://10.0.0.1:3000' },
    { type: 'lockRoom', locked: true },
    { type: 'end' },
    { type: 'ask', turn: 1, questionId: 'gil', tieBreak: false },
    { type: 'giveVerdict', turn: 1, seat: 'a', verdict: 'right' },
  ]

  test('says in vain whatever interviewers may say', async () => {
    const { candidate, agenda, log, host } = await begun()
    const vera = await candidate()
    await says(host, { type: 'showItem', item: agenda[0]?.id ?? '' })
    const before = await log()
    const said = everything(agenda[0]?.id ?? '')
    for (const command of said) expect(await vera.say(command)).toEqual(refused('not-yours'))
    expect(await log()).toEqual(before)
    const ofHosts = SentCommand.options
      .map(({ shape }) => shape.type.value)
      .filter((type) => maySay('host', type) && isOfMode(type, 'interview'))
    expect(ofHosts.filter((type) => !said.some((command) => command.type === type))).toEqual([])
  })

  test('may open the page twice, and goes on alone only where the plan says so', async () => {
    for (const mayMoveOn of [true, false]) {
      const { candidate, agenda, host } = await begun({ mayMoveOn })
      const [laptop, phone] = [await candidate(), await candidate()]
      const item = agenda[0]?.id ?? ''
      await says(host, { type: 'showItem', item })
      for (const page of [laptop, phone]) await page.until(({ state }) => state.interview?.shown?.item === item)
      const acks = [await laptop.say({ type: 'moveOn', item }), await phone.say({ type: 'moveOn', item })]
      if (!mayMoveOn) expect(acks).toEqual([refused('not-yours'), refused('not-yours')])
      else
        for (const page of [laptop, phone])
          await page.until(({ state }) => state.interview?.shown?.item === agenda[1]?.id)
    }
  })

  test('is out when their link is replaced, and the new one lets them in', async () => {
    const { server, candidate, host, pin } = await begun()
    const vera = await candidate()
    const before = host.state.secret.links?.candidate ?? ''
    await says(host, { type: 'replaceLink', link: 'candidate' })
    await vera.until(({ farewell }) => farewell === 'revoked')
    await host.until(({ state }) => state.secret.links?.candidate !== before)
    expect(await refusalOf(asCandidate(server.address, pin, before))).toEqual({ code: 'bad-token' })
    expect((await candidate()).welcome?.viewer.role).toBe('candidate')
  })
})

describe('what interviewers cannot say', () => {
  test('a level for a question that was never asked, or that there is not', async () => {
    const { host, agenda } = await begun()
    const item = agenda[2]?.id ?? ''
    expect(await host.say({ type: 'assess', item, rating: 2 })).toEqual(refused('never-asked'))
    expect(await host.say({ type: 'assess', item: 'nothing', rating: 2 })).toEqual(refused('no-such-item'))
    await says(host, { type: 'assess', item, rating: 'not-asked' }, { type: 'assess', item, note: 'later' })
  })

  test('a note that is too long; one of 100 kB ends the connection, which comes back', async () => {
    const { host, agenda, log } = await begun()
    const item = agenda[0]?.id ?? ''
    await says(host, { type: 'assess', item, note: 'я'.repeat(4000) })
    const before = await log()
    for (const length of [4001, 60_000]) {
      expect(await host.say({ type: 'assess', item, note: 'a'.repeat(length) })).toEqual(refused('bad-request'))
    }
    const { welcome } = host
    host.socket.emit('command', { type: 'assess', commandId: newId(), item, note: 'a'.repeat(100_000) }, () => {})
    await host.until((guest) => guest.welcome !== welcome)
    expect(await log()).toEqual(before)
    await says(host, { type: 'assess', item, note: 'shorter' })
  })

  test('a question of the plan once more, or one that the bank has not', async () => {
    const { host, agenda } = await begun()
    const add = (id: string) => host.say({ type: 'addItem', question: { id }, after: null })
    expect(await add(agenda[0]?.questionId ?? '')).toEqual(refused('already-planned'))
    expect(await add('nothing')).toEqual(refused('no-such-item'))
  })
})
