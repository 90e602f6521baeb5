import type { Comparison, PlanPage, ScorecardPage } from '@knopka/shared/contracts'
import { openEmbeddedStore } from '@knopka/server/store/embedded'
import { describe, expect, onTestFinished, test } from 'vitest'
import { asCandidate, asHost, newId } from '../support/guest.ts'
import type { TestServer } from '../support/server.ts'
import { answered, ask, call, callToTheEnd, keepPlan, levels, says, serveBank, type Call } from './call.ts'
import { slowShelf } from './held-store.ts'
import { enact, foldOf, folderWith, handClock, refusalOf } from './scene.ts'

const pageOf = (server: TestServer, id: string, right?: string | null) =>
  answered<ScorecardPage>(ask(server, 'GET', `scorecards/${id}`, { right }))
const statusOf = async (server: TestServer, path: string, right?: string | null) =>
  (await ask(server, 'GET', path, { right })).status
const candidatesOf = async (server: TestServer, key: string) =>
  (await answered<PlanPage>(ask(server, 'GET', `plans/${key}`))).candidates
const comparisonOf = (server: TestServer, key: string) =>
  answered<Comparison>(ask(server, 'GET', `plans/${key}/comparison`))
const aDay = 24 * 3_600_000

/** An interview that is over. */
async function ended(environment: Record<string, string> = {}) {
  const server = await serveBank(environment)
  const key = await keepPlan(server)
  const room = await call(server, key)
  return { server, key, room, id: await callToTheEnd(room) }
}

describe('a scorecard', () => {
  test('is there when the call is over, and not before, nor under the PIN', async () => {
    const server = await serveBank()
    const room = await call(server, await keepPlan(server))
    const { cardId = '' } = foldOf(await room.log()).secret
    expect(await statusOf(server, `scorecards/${cardId}`)).toBe(404)
    expect(await callToTheEnd(room)).toBe(cardId)
    expect((await pageOf(server, cardId)).level).toBe(3)
    for (const id of [room.pin, 'unknown', '..', '__proto__', 'a'.repeat(3000), `${cardId}x`]) {
      expect(await statusOf(server, `scorecards/${id}`)).toBe(404)
    }
    for (const id of [room.pin, cardId]) expect(await statusOf(server, `results/${id}`)).toBe(404)
  })

  test('follows what is mended after the end', async () => {
    const { server, key, room, id } = await ended()
    const item = room.agenda[0]?.id ?? ''
    await says(
      room.host,
      { type: 'assess', item, rating: 1, note: 'after all' },
      { type: 'conclude', recommendation: 'no' },
    )
    const { items, conclusion } = await pageOf(server, id)
    expect(items[0]).toMatchObject({ level: 1, first: { rating: 1, note: 'after all' } })
    expect(conclusion.recommendation).toBe('no')
    expect(await candidatesOf(server, key)).toMatchObject([{ card: id, recommendation: 'no', rated: 4, asked: 4 }])
  })

  test('outlives the room and a restart, for as long as results are kept', async () => {
    const clock = handClock()
    const settings = { KNOPKA_DATA: await folderWith(), KNOPKA_ROOM_HOURS: '1', KNOPKA_RESULTS_DAYS: '2' }
    const before = await serveBank(settings, { clock: clock.now })
    const key = await keepPlan(before)
    const id = await callToTheEnd(await call(before, key))
    const page = await pageOf(before, id)
    await before.close()
    clock.forward(2 * aDay - 60_000)
    const server = await serveBank(settings, { clock: clock.now })
    expect(await pageOf(server, id)).toEqual(page)
    clock.forward(60_000)
    expect(await statusOf(server, `scorecards/${id}`)).toBe(404)
    expect(await candidatesOf(server, key)).toEqual([])
  })

  test('stands beside those of the plan’s other candidates, the oldest first; on the plan’s page the newest is', async () => {
    const { server, key, id } = await ended()
    const second = await callToTheEnd(await call(server, key, { candidate: 'Глеб' }))
    await callToTheEnd(await call(server, await keepPlan(server), { candidate: 'Другая' }))
    const { title, levels: words, cards } = await comparisonOf(server, key)
    expect([title, words]).toEqual(['Opening-title', levels])
    expect(cards.map(({ card, candidate }) => [card, candidate])).toEqual([
      [id, 'Вера'],
      [second, 'Глеб'],
    ])
    expect(cards[0]?.items.map(({ text }) => text)).toEqual(cards[1]?.items.map(({ text }) => text))
    const { card: _card, ...first } = cards[0] ?? { card: '' }
    expect(await pageOf(server, id)).toMatchObject({ ...first, mayDelete: false })
    expect((await candidatesOf(server, key)).map(({ card }) => card)).toEqual([second, id])
  })
})

describe('deleting', () => {
  const remove = (server: TestServer, id: string, right?: string | null) =>
    ask(server, 'DELETE', `scorecards/${id}`, { right })

  test('is for who ran the interview or has its plan, and for nobody else', async () => {
    const { server, key, room, id } = await ended()
    const [second, candidate, other] = [await room.second(), await room.candidate(), await call(server, key)]
    const wrong = [null, 'nonsense', room.capability, id, candidate.welcome?.token, other.host.welcome?.token]
    for (const right of [...wrong, await keepPlan(server), (await enact(server)).host.welcome?.token]) {
      expect((await pageOf(server, id, right)).mayDelete).toBe(false)
      const refused = await remove(server, id, right)
      expect([refused.status, await refused.json()]).toEqual([403, { code: 'not-yours' }])
    }
    for (const right of [room.host.welcome?.token, second.welcome?.token, key]) {
      expect((await pageOf(server, id, right)).mayDelete).toBe(true)
    }
    const before = second.welcome?.token
    await says(room.host, { type: 'replaceLink', link: 'cohost' })
    expect((await remove(server, id, before)).status).toBe(403)
    expect((await remove(server, id, key)).status).toBe(200)
  })

  /** Whatever the store has under any name that is known of. */
  const remains = async ({ store: { shelf, rooms } }: TestServer, id: string, { pin }: Call) =>
    JSON.stringify([await shelf.get(`card/${id}`), await rooms.read(pin, 0)])

  test('takes it and all that was said out of the store, and everyone out of the room', async () => {
    const { server, key, room, id } = await ended()
    const kept = await callToTheEnd(await call(server, key, { candidate: 'Глеб' }))
    const candidate = await room.candidate()
    const gone = [room.host, candidate].map(
      (guest) => new Promise((resolve) => guest.socket.once('connect_error', ({ message }) => resolve(message))),
    )
    expect(await remains(server, id, room)).toContain('Вера')
    expect((await remove(server, id, room.host.welcome?.token)).status).toBe(200)
    expect(await remains(server, id, room)).toBe('[null,[]]')
    expect(await Promise.all(gone)).toEqual(['no-room', 'no-room'])
    expect(await statusOf(server, `scorecards/${id}`)).toBe(404)
    expect((await candidatesOf(server, key)).map(({ card }) => card)).toEqual([kept])
    expect((await comparisonOf(server, key)).cards.map(({ candidate }) => candidate)).toEqual(['Глеб'])
    expect(await refusalOf(asHost(server.address, room.pin, room.capability))).toEqual({ code: 'no-room' })
    expect((await remove(server, id, key)).status).toBe(404)
  })

  test('is for good, also where a command comes at the same moment', async () => {
    const { server, key, room, id } = await ended()
    const item = room.agenda[0]?.id ?? ''
    const notes = Array.from({ length: 10 }, (_, n) => room.host.say({ type: 'assess', item, note: `late ${n}` }))
    expect((await remove(server, id, key)).status).toBe(200)
    room.host.leave()
    await Promise.race([Promise.all(notes), room.host.until(({ socket }) => !socket.connected)])
    expect(await candidatesOf(server, key)).toEqual([])
    expect(await remains(server, id, room)).toBe('[null,[]]')
  })

  test('is for good, also where another server is about to keep what it has just heard', async () => {
    const store = await openEmbeddedStore({ folder: await folderWith(), roomTtlMs: aDay })
    onTestFinished(() => store.close())
    const { shelf, hold } = slowShelf(store.shelf, 'card/')
    const [here, there] = [await serveBank({}, { store: { ...store, shelf } }), await serveBank({}, { store })]
    const key = await keepPlan(here)
    const room = await call(here, key)
    const id = await callToTheEnd(room)
    expect(await statusOf(here, `scorecards/${id}`)).toBe(200)
    const { isAtTheGate, letThrough } = hold()
    await says(room.host, { type: 'assess', item: room.agenda[0]?.id ?? '', note: 'late' })
    await isAtTheGate
    expect((await remove(there, id, key)).status).toBe(200)
    letThrough()
    for (const server of [here, there]) expect(await statusOf(server, `scorecards/${id}`)).toBe(404)
    expect(await remains(there, id, room)).toBe('[null,[]]')
  })

  test('leaves the room alone that was opened under the same PIN since, and nothing is known of it there', async () => {
    const { server, key, room, id } = await ended()
    const other = await call(server, key, { candidate: 'Глеб' })
    const opening = await other.log()
    await server.store.rooms.erase(room.pin)
    await server.store.rooms.append(room.pin, 0, opening)
    expect((await remove(server, id, key)).status).toBe(200)
    expect(await server.store.rooms.read(room.pin, 0)).toEqual(opening)
    expect(await refusalOf(asHost(server.address, room.pin, room.capability))).toEqual({ code: 'bad-token' })
    const guest = await asHost(server.address, room.pin, other.capability)
    expect(JSON.stringify([guest.state, guest.received])).not.toContain('Вера')
    expect(guest.state.interview?.candidate).toBe('Глеб')
    guest.leave()
  })
})

test('no line of the log and no figure tells of anyone, or gives a right away', async () => {
  const token = 'a token of the metrics'
  const server = await serveBank({ KNOPKA_LOG: 'debug', KNOPKA_METRICS_TOKEN: token })
  const key = await keepPlan(server)
  const room = await call(server, key, { candidate: 'Верослава', interviewers: ['Аннабель'] })
  const [{ links, cardId }, item] = [foldOf(await room.log()).secret, room.agenda[0]?.id ?? '']
  await room.candidate()
  await refusalOf(asCandidate(server.address, room.pin, newId()))
  await room.host.sayRaw('command', { type: 'assess', item, note: 'Верослава' })
  await ask(server, 'POST', `plans/${key}/interviews`, { body: { candidate: 'Верослава', interviewers: 'Аннабель' } })
  const id = await callToTheEnd(room)
  await says(room.host, { type: 'assess', item, note: 'Верослава знает' })
  const figures = await (
    await fetch(`${server.address}/metrics`, { headers: { authorization: `Bearer ${token}` } })
  ).text()
  expect((await ask(server, 'DELETE', `scorecards/${id}`, { right: key })).status).toBe(200)
  await server.close()
  const all = figures + server.lines.join('')
  expect(figures).toContain('knopka_connections{role="candidate"} 1')
  expect(server.lines.length).toBeGreaterThan(0)
  for (const secret of ['Верослава', 'Аннабель', key, id, cardId, links?.host, links?.cohost, links?.candidate]) {
    expect(secret).not.toBe('')
    expect(all).not.toContain(secret ?? 'missing')
  }
})
