import type { BankUse, PlayedByGroup, RoundSettings } from '@knopka/shared/contracts'
import { nextQuestionId, type RoomEvent } from '@knopka/shared/game'
import { expect, test } from 'vitest'
import { askNext } from '../support/guest.ts'
import type { OneRound } from '../support/one-round.ts'
import type { TestServer } from '../support/server.ts'
import { enact, folderWith, openNext, serve, takeFloor, withRules, type Scene } from './scene.ts'

const key = 'AAAAAAAAAAAAAAAAAAAA-_'
const metricsToken = 'a token of the metrics'
const questions = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => `Question ${from + index}?`)
const banks = {
  'dozen.md': ['# Dozen', '## One', ...questions(1, 7), '## Two', ...questions(8, 5)].join('\n\n'),
  'small.md': ['# Small', '## Only', 'A choice?\n- [x] yes\n- [ ] no'].join('\n\n'),
}

const house = async (): Promise<TestServer> => serve({ KNOPKA_BANKS: await folderWith(banks) })

const playedBy = async ({ address }: TestServer, bank = 'dozen', group = key): Promise<string[]> => {
  const response = await fetch(`${address}/api/groups/${group}?bank=${bank}`)
  return ((await response.json()) as PlayedByGroup).played
}

const useOf = async ({ address }: TestServer, bank = 'dozen'): Promise<BankUse> =>
  (await (await fetch(`${address}/api/banks/${bank}/use`)).json()) as BankUse

/** What a room asked, in order. */
const askedIn = async ({ log }: Scene): Promise<string[]> =>
  (await log()).flatMap((event: RoomEvent) => (event.type === 'questionAsked' ? [event.secret?.questionId ?? ''] : []))

/** An evening in which everything is asked and skipped. @returns the ids of its questions */
async function evening(server: TestServer, changes: Partial<OneRound>): Promise<string[]> {
  const scene = await enact(server, changes)
  for (let asked = 0; asked < scene.host.state.total; asked++) {
    const turn = await askNext(scene.host)
    expect(await scene.host.say({ type: 'skip', turn })).toMatchObject({ ok: true })
  }
  return askedIn(scene)
}

test('a group is never asked anything twice, until it has played all there is', async () => {
  const server = await house()
  const with4 = (seed: string): Partial<OneRound> => ({ group: key, count: 4, seed })
  const first = await evening(server, with4('one'))
  expect((await playedBy(server)).toSorted()).toEqual(first.toSorted())
  const second = await evening(server, { ...with4('two'), fresh: true })
  const third = await evening(server, with4('three'))
  expect(new Set([...first, ...second, ...third]).size).toBe(12)
  // Twelve are played: no fewer than asked for come, and without a group all is as it ever was.
  expect(await evening(server, with4('one'))).toEqual(first)
  expect(await evening(server, { count: 4, seed: 'one' })).toEqual(first)
})

test('what is new comes first, and played ones follow only where it does not suffice', async () => {
  const server = await house()
  const { host } = await enact(server, { group: key, count: 10, seed: 'one' })
  for (const turn of [1, 2, 3]) await host.say({ type: 'skip', turn: (await askNext(host)) && turn })
  const played = await playedBy(server)
  expect(played).toHaveLength(3)
  const again = await enact(server, { group: key, count: 11, seed: 'one' })
  const plan = again.host.state.secret.plan ?? []
  expect(again.host.state.total).toBe(11)
  expect(plan.slice(9).toSorted()).toEqual(played.toSorted())
})

test('a group may want to play what it has played, and it is remembered all the same', async () => {
  const server = await house()
  const first = await evening(server, { group: key, count: 6, seed: 'one' })
  expect(await evening(server, { group: key, count: 6, seed: 'one', fresh: false })).toEqual(first)
  expect(await playedBy(server)).toHaveLength(6)
})

test('rounds that are planned in a later evening ask what is new too, and so do boards', async () => {
  const server = await house()
  const sections = await sectionsOf(server, 'dozen')
  const played = await evening(server, { group: key, sections, count: 6, seed: 'one' })
  const { host } = await enact(server, { group: key, count: 2, seed: 'one' })
  const { pressSeconds, answerSeconds, scoring, afterWrong } = host.state.rules
  const rules = { pressSeconds, answerSeconds, scoring, afterWrong }
  const round: RoundSettings = { title: null, sections, count: 3, order: 'bank', rules }
  const board = { rows: 1, step: 100, doubles: 0, final: false }
  const planned = async (rounds: RoundSettings[]) => {
    expect(await host.say({ type: 'planRounds', kept: 0, rounds })).toMatchObject({ ok: true })
    return host.state.secret.plan?.slice(0, host.state.total).filter((id) => !played.includes(id))
  }
  expect(await planned([round, round])).toHaveLength(6)
  // One of the seven of the first section is new, and the last of them.
  expect(await planned([{ ...round, board }])).toHaveLength(2)
})

test('what is typed counts as right where at least half of it is, and a guess of a number does not count', async () => {
  const server = await house()
  for (const kind of ['text', 'number'] as const) {
    const scene = await enact(server, { count: 1, order: 'bank', ...withRules({ typing: { kind, seconds: null } }) })
    const { host } = scene
    const guests = [await scene.player('Ann'), await scene.player('Bob')]
    const turn = await openNext(host)
    for (const [index, guest] of guests.entries()) {
      await guest.lit(turn)
      const answer = { type: 'answer' as const, turn, text: String(7 + index), pressedAt: guest.clock() }
      expect(await guest.say(answer)).toMatchObject({ ok: true })
    }
    await host.until(({ state }) => state.turn?.closed !== null)
    const judge = (answer: string, verdict: 'right' | 'wrong') =>
      host.say({ type: 'judgeAnswers', turn, answers: [answer], verdict })
    const judged =
      kind === 'number'
        ? [await host.say({ type: 'judgeGuesses', turn, right: 7 })]
        : [await judge('7', 'right'), await judge('8', 'wrong')]
    expect(judged.every(({ ok }) => ok)).toBe(true)
    await host.say({ type: 'end' })
  }
  expect(Object.values(await useOf(server)).map(({ asked, right }) => [asked, right])).toEqual([[1, 1]])
})

test('practice is remembered too; another group, another bank and no group are not touched', async () => {
  const server = await house()
  const { host } = await enact(server, { group: key })
  const questionId = nextQuestionId(host.state, true) ?? ''
  expect(await host.say({ type: 'ask', turn: 1, questionId, tieBreak: false, practice: true })).toMatchObject({
    ok: true,
  })
  await evening(server, { count: 2 })
  expect(await playedBy(server)).toEqual([questionId])
  expect(await playedBy(server, 'small')).toEqual([])
  expect(await playedBy(server, 'dozen', 'B'.repeat(22))).toEqual([])
})

test('whoever has the key can forget all that the group has played', async () => {
  const server = await house()
  await evening(server, { group: key, count: 3 })
  await evening(server, { group: key, bank: 'small', sections: await sectionsOf(server, 'small'), count: 1 })
  expect(await playedBy(server, 'small')).toHaveLength(1)
  const response = await fetch(`${server.address}/api/groups/${key}`, { method: 'DELETE' })
  expect([response.status, await response.json()]).toEqual([200, { played: [] }])
  expect([await playedBy(server), await playedBy(server, 'small')]).toEqual([[], []])
})

test('what was forgotten does not come back when the room of that evening is looked at again', async () => {
  const folder = await folderWith()
  const settings = { KNOPKA_BANKS: await folderWith(banks), KNOPKA_DATA: folder }
  const before = await serve(settings)
  const { pin, host } = await enact(before, { group: key, count: 3 })
  for (const turn of [1, 2]) await host.say({ type: 'skip', turn: (await askNext(host)) && turn })
  await host.say({ type: 'end' })
  await fetch(`${before.address}/api/groups/${key}`, { method: 'DELETE' })
  host.leave()
  await before.close()
  const after = await serve(settings)
  expect((await fetch(`${after.address}/api/rooms/${pin}`)).status).toBe(200)
  expect(await playedBy(after)).toEqual([])
})

test('a server that died behind a question remembers it when the room is loaded again', async () => {
  const server = await house()
  const { store, address } = server
  const scene = await enact(server, { group: key })
  await askNext(scene.host)
  const log = await scene.log()
  expect(log.map(({ type }) => type)).toEqual(['roomOpened', 'questionAsked'])
  await fetch(`${address}/api/groups/${key}`, { method: 'DELETE' })
  expect(await store.rooms.append('000123', 0, log)).toBe('appended')
  expect((await fetch(`${address}/api/rooms/000123`)).status).toBe(200)
  expect(await playedBy(server)).toEqual(await askedIn(scene))
})

test('a key that is none, a bank that is none and too many knocks are refused', async () => {
  const { address } = await house()
  const ask = (path: string, method = 'GET') => fetch(`${address}/api/groups/${path}`, { method })
  expect((await ask('short?bank=dozen')).status).toBe(400)
  expect((await ask('short', 'DELETE')).status).toBe(400)
  expect((await ask(`${key}?bank=none`)).status).toBe(404)
  expect((await ask(key)).status).toBe(404)
  expect((await fetch(`${address}/api/banks/none/use`)).status).toBe(404)
  const answers = await Promise.all(Array.from({ length: 60 }, () => ask(`${key}?bank=dozen`)))
  const refused = answers.filter(({ status }) => status === 429)
  expect(refused).toHaveLength(4)
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
})

test('nobody in the room, no log line and no metric tells the key or the name of the group', async () => {
  const server = await serve({
    KNOPKA_BANKS: await folderWith(banks),
    KNOPKA_LOG: 'debug',
    KNOPKA_METRICS_TOKEN: metricsToken,
  })
  const { host, player, screen, cohost, log } = await enact(server, { group: key, count: 3 })
  const guests = [host, await player('Ann'), await screen(), await cohost()]
  await openNext(host)
  await fetch(`${server.address}/api/groups/${key}?bank=dozen`)
  const [opened] = await log()
  const name = opened?.type === 'roomOpened' ? opened.secret?.group : undefined
  expect(name).toMatch(/^[\w-]{16}$/)
  const metrics = await fetch(`${server.address}/metrics`, { headers: { authorization: `Bearer ${metricsToken}` } })
  const told = [...server.lines, await metrics.text(), ...guests.flatMap(({ received }) => received)].join('\n')
  expect(told).not.toContain(key)
  expect(told).not.toContain(name)
  expect(JSON.stringify(await log())).not.toContain(key)
})

const sectionsOf = async ({ address }: TestServer, bank: string): Promise<string[]> => {
  const outlines = (await (await fetch(`${address}/api/banks`)).json()) as { id: string; sections: { id: string }[] }[]
  return outlines.find(({ id }) => id === bank)?.sections.map(({ id }) => id) ?? []
}

test('an evening that is over is counted once: what was asked, what was answered right, and how fast', async () => {
  const server = await house()
  const scene = await enact(server, { count: 4 })
  const { host } = scene
  const ann = await scene.player('Ann')
  const practised = nextQuestionId(host.state, true) ?? ''
  await host.say({ type: 'ask', turn: 1, questionId: practised, tieBreak: false, practice: true })
  await host.say({ type: 'openBuzzers', turn: 1 })
  await takeFloor(ann, 1)
  await host.say({ type: 'giveVerdict', turn: 1, seat: ann.seat, verdict: 'right' })
  for (const verdict of ['right', 'wrong'] as const) {
    const turn = await openNext(host)
    await takeFloor(ann, turn)
    expect(await host.say({ type: 'giveVerdict', turn, seat: ann.seat, verdict })).toMatchObject({ ok: true })
    await host.until(({ state }) => state.turn?.floor === null)
    if (host.state.turn?.closed === null) await host.say({ type: 'skip', turn })
  }
  await host.say({ type: 'skip', turn: await askNext(host) })
  expect(await useOf(server)).toEqual({})
  expect(await host.say({ type: 'end' })).toMatchObject({ ok: true })
  const [, right = '', wrong = '', skipped = ''] = await askedIn(scene)
  const use = await useOf(server)
  expect(use[right]).toEqual({ asked: 1, right: 1, ms: expect.any(Number) as number })
  const press = (await scene.log()).find((event) => event.type === 'buzzed' && event.turn === 2)
  expect(use[right]?.ms).toBe(Math.round(press?.type === 'buzzed' ? press.scoreMs : NaN))
  expect(use[wrong]).toEqual({ asked: 1, right: 0, ms: 0 })
  expect([use[practised], use[skipped]]).toEqual([undefined, undefined])
  // Its results are kept once more, and it counts no more.
  expect(await host.say({ type: 'correctScore', seat: ann.seat, points: 1, reason: 'A fine answer' })).toMatchObject({
    ok: true,
  })
  expect(await useOf(server)).toEqual(use)
})

test('an evening is not counted again after a restart', async () => {
  const settings = { KNOPKA_BANKS: await folderWith(banks), KNOPKA_DATA: await folderWith() }
  const before = await serve(settings)
  const { pin, host, player } = await enact(before, { count: 1 })
  const ann = await player('Ann')
  const turn = await openNext(host)
  await takeFloor(ann, turn)
  await host.say({ type: 'giveVerdict', turn, seat: ann.seat, verdict: 'right' })
  await host.say({ type: 'end' })
  const use = await useOf(before)
  expect(Object.values(use).map(({ asked, right }) => [asked, right])).toEqual([[1, 1]])
  await before.close()
  const after = await serve(settings)
  expect((await fetch(`${after.address}/api/rooms/${pin}`)).status).toBe(200)
  expect(await useOf(after)).toEqual(use)
})

test('of options the question was answered right where at least half of those who chose were right', async () => {
  const server = await house()
  const changes = {
    bank: 'small',
    sections: await sectionsOf(server, 'small'),
    count: 1,
    ...withRules({ choices: { points: 'plain', seconds: null } }),
  }
  const shares: [right: number, wrong: number][] = [
    [1, 1],
    [1, 2],
  ]
  for (const [right, wrong] of shares) {
    const { host, player } = await enact(server, changes)
    const guests = [await player('Ann'), await player('Bob'), await player('Cat')].slice(0, right + wrong)
    const turn = await openNext(host)
    for (const [index, guest] of guests.entries()) {
      await guest.lit(turn)
      const options = guest.state.turn?.choosing?.options ?? []
      const choice = options.indexOf(index < right ? 'yes' : 'no')
      expect(await guest.say({ type: 'choose', turn, options: [choice], pressedAt: guest.clock() })).toMatchObject({
        ok: true,
      })
    }
    if (host.state.turn?.closed === null) await host.say({ type: 'closeAnswers', turn })
    await host.say({ type: 'end' })
  }
  expect(Object.values(await useOf(server, 'small')).map(({ asked, right }) => [asked, right])).toEqual([[2, 1]])
})

test('what was answered right most of the time comes first in an easy evening, and last in a hard one', async () => {
  const server = await house()
  const plan = (await enact(server, { count: 12, seed: 'one' })).host.state.secret.plan ?? []
  const [easy = '', hard = '', seldom = ''] = plan.slice(4)
  const counters = (id: string, asked: number, right: number) => ({
    [`asked/${id}`]: asked,
    [`right/${id}`]: right,
    [`ms/${id}`]: 1000 * right,
  })
  await server.store.shelf.count('use/dozen', {
    ...counters(easy, 4, 3),
    ...counters(hard, 12, 1),
    ...counters(seldom, 2, 2),
  })
  const first = async (difficulty: 'easy' | 'hard' | 'any') =>
    (await enact(server, { count: 1, seed: 'one', difficulty })).host.state.secret.plan ?? []
  expect([(await first('easy'))[0], (await first('hard'))[0]]).toEqual([easy, hard])
  expect(await first('any')).toEqual(plan.slice(0, 6))
  expect(await first('hard')).toEqual(await first('hard'))
})
