import type { PlayedByGroup } from '@knopka/shared/contracts'
import { seatNamed, type EventOf, type RoomEvent } from '@knopka/shared/game'
import { openRedisStore } from '@knopka/server/store/redis'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { delayProxy } from '../support/delay-proxy.ts'
import { asCandidate, asPlayer, asScreen, askNext, type Guest } from '../support/guest.ts'
import { startRedis, type RedisServer } from '../support/redis.ts'
import type { TestServer } from '../support/server.ts'
import { ask, bank as backend, call, callToTheEnd, keepPlan } from './call.ts'
import { bank as studied, keep, newKey, rated, review, reviewsOf, sitDown } from './sitting.ts'
import { enact, folderWith, openNext, serve, takeFloor, untilTheEnd, withRules, type Scene } from './scene.ts'

/** Shared by all nodes: a token signed by one is good at each. */
const secret = { KNOPKA_SECRET: 'the same secret for all nodes' }
const roomTtlMs = 3_600_000

let redis: RedisServer
beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis.stop())

/** A server with a connection of its own to the one Redis. */
async function node(environment: Record<string, string> = {}): Promise<TestServer> {
  const store = await openRedisStore({ urls: [redis.address], roomTtlMs })
  const server = await serve({ ...secret, ...environment }, { store })
  onTestFinished(() => store.close())
  return server
}

const at = async ({ address }: TestServer, { pin }: Scene, name: string): Promise<Guest> =>
  untilTheEnd(await asPlayer(address, pin, name))

/** Enough to know a link. */
const measured = (...guests: Guest[]) =>
  Promise.all(guests.map((guest) => guest.until(({ probes }) => probes.length >= 8)))

/** While a question is read, the nodes tell each other each second how far their phones are. */
function told(guest: Guest): Promise<void> {
  const asked = guest.probes.length
  return guest.until(({ probes }) => probes.length > asked + 8)
}

const ofType = <Type extends RoomEvent['type']>(events: RoomEvent[], type: Type) =>
  events.filter((event): event is EventOf<Type> => event.type === type)

describe('two nodes', () => {
  test('are one room: everyone sees the same, wherever they sit', async () => {
    const [first, second] = await Promise.all([node(), node()])
    const scene = await enact(first)
    const [ann, bob] = [await at(first, scene, 'Аня'), await at(second, scene, 'Борис')]
    const screen = untilTheEnd(await asScreen(second.address, scene.pin))
    const turn = await openNext(scene.host)
    await takeFloor(bob, turn)
    await ann.until(({ state }) => state.turn?.floor?.seat === bob.seat)
    expect(await scene.host.say({ type: 'giveVerdict', turn, seat: bob.seat, verdict: 'right' })).toMatchObject({
      ok: true,
    })
    const version = (await scene.log()).length
    await Promise.all([ann, bob, screen, scene.host].map((guest) => guest.until((guest) => guest.version === version)))
    expect(bob.mine?.score).toBe(1)
    expect(screen.state.turn?.presses).toEqual(scene.host.state.turn?.presses)
    expect([ann.gaps, bob.gaps, screen.gaps, scene.host.gaps]).toEqual([0, 0, 0, 0])
  })

  test('let a host see everyone who is there, and who went', async () => {
    const [first, second] = await Promise.all([node(), node()])
    const scene = await enact(first)
    const [ann, bob] = [await at(first, scene, 'Аня'), await at(second, scene, 'Борис')]
    await scene.host.until(({ presence }) => ann.seat in presence && bob.seat in presence)
    bob.leave()
    await scene.host.until(({ presence }) => !(bob.seat in presence))
    expect(ann.seat in scene.host.presence).toBe(true)
  })

  test('let a host check the phones and the projector of either', async () => {
    const [first, second] = await Promise.all([node(), node()])
    const scene = await enact(first)
    const bob = await at(second, scene, 'Борис')
    const wall = untilTheEnd(await asScreen(second.address, scene.pin))
    wall.socket.emit('sounding', true)
    await scene.host.until(({ screens }) => screens.here === 1 && screens.sounding === 1)
    await scene.host.until(({ presence }) => presence[bob.seat]?.errorMs !== undefined)
    scene.host.socket.emit('trySound')
    await wall.until(({ soundsAsked }) => soundsAsked === 1)
  })

  test('miss the people of a node that is gone without a word', async () => {
    const [first, second] = await Promise.all([node(), node()])
    const scene = await enact(first)
    const bob = await at(second, scene, 'Борис')
    await scene.host.until(({ presence }) => bob.seat in presence)
    // From here on nothing that the second node tells comes through.
    const tell = second.store.signals.tell.bind(second.store.signals)
    second.store.signals.tell = () => {}
    await scene.host.until(({ presence }) => !(bob.seat in presence))
    second.store.signals.tell = tell
  }, 20_000)

  test('know who pressed first, though the press came in later and at the other node', async () => {
    const [first, second] = await Promise.all([node(), node()])
    const scene = await enact(first, withRules({ setting: 'call' }))
    const [quick, slow] = [await delayProxy(first.port, 10, 10), await delayProxy(second.port, 160, 160)]
    onTestFinished(() => Promise.all([quick.close(), slow.close()]).then(() => {}))
    const bob = untilTheEnd(await asPlayer(quick.address, scene.pin, 'Борис'))
    const ann = untilTheEnd(await asPlayer(slow.address, scene.pin, 'Аня'))
    await measured(ann, bob)
    const turn = await askNext(scene.host)
    await told(ann)
    expect(await scene.host.say({ type: 'openBuzzers', turn })).toMatchObject({ ok: true })
    const early = ann.buzz(turn)
    await bob.lit(turn)
    // Two round trips after Ann, and still before her press has come in.
    for (let times = 0; times < 2; times++) await bob.say({ type: 'rename', seat: bob.seat, name: 'Борис' })
    await Promise.all([early, bob.buzz(turn)])
    await scene.host.until(({ state }) => !!state.turn?.floor)
    expect(scene.host.state.turn?.floor?.seat).toBe(ann.seat)
    expect(ofType(await scene.log(), 'buzzed').map(({ seat }) => seat)).toEqual([bob.seat, ann.seat])
  })

  test('are lit together: the lead reaches to the farthest phone of either', async () => {
    const [first, second] = await Promise.all([node(), node()])
    const scene = await enact(first, withRules({ setting: 'screen' }))
    const slow = await delayProxy(second.port, 100, 100)
    onTestFinished(() => slow.close())
    const bob = await at(first, scene, 'Борис')
    const ann = untilTheEnd(await asPlayer(slow.address, scene.pin, 'Аня'))
    await measured(ann, bob)
    await askNext(scene.host)
    await told(ann)
    expect(await scene.host.say({ type: 'openBuzzers', turn: 1 })).toMatchObject({ ok: true })
    await Promise.all([ann.lit(1), bob.lit(1)])
    const [opened] = ofType(await scene.log(), 'buzzersOpened')
    expect((opened?.opensAt ?? 0) - (opened?.at ?? 0)).toBeGreaterThan(100)
    const [anns, bobs] = [ann.lights.at(-1)?.at ?? 0, bob.lights.at(-1)?.at ?? 0]
    expect(Math.abs(anns - bobs)).toBeLessThan(10)
  })

  test('settle once, long before the window ends, and without either waiting for the other in vain', async () => {
    const [first, second] = await Promise.all([node(), node()])
    const scene = await enact(first, withRules({ setting: 'call' }))
    const [ann, bob] = [await at(first, scene, 'Аня'), await at(second, scene, 'Борис')]
    await measured(ann, bob)
    await scene.host.until(({ presence }) => ann.seat in presence && bob.seat in presence)
    const turn = await openNext(scene.host)
    await takeFloor(bob, turn)
    const log = await scene.log()
    const [press, given] = [ofType(log, 'buzzed')[0], ofType(log, 'floorGiven')]
    expect(given).toHaveLength(1)
    expect(given[0]?.at).toBeLessThan(press?.settlesAt ?? 0)
  })

  test('a log that lost its end is taken as it stands, and everyone looks anew', async () => {
    const [first, second] = await Promise.all([node(), node()])
    const scene = await enact(first)
    const bob = await at(second, scene, 'Борис')
    const key = `{room:${scene.pin}}:log`
    await openNext(scene.host)
    await bob.until(({ state }) => state.turn !== null)
    // As a Redis comes back that had not written everything to its disk.
    await redis.client.ltrim(key, 0, 1)
    await redis.client.call('CLIENT', 'KILL', 'TYPE', 'pubsub')
    await bob.until(({ state }) => state.turn === null)
    await scene.host.until(({ state }) => state.turn === null)
    expect(await bob.say({ type: 'rename', seat: bob.seat, name: 'Боря' })).toMatchObject({ ok: true })
    await scene.host.until(({ state }) => seatNamed(state, bob.seat)?.name === 'Боря')
  })

  test('remember together what a group has played: at either it is not asked again', async () => {
    const [first, second] = await Promise.all([node(), node()])
    const group = 'AAAAAAAAAAAAAAAAAAAA-_'
    const { host, log } = await enact(first, { group })
    for (const turn of [1, 2, 3]) await host.say({ type: 'skip', turn: (await askNext(host)) && turn })
    const asked = ofType(await log(), 'questionAsked').map(({ secret }) => secret?.questionId)
    const url = `${second.address}/api/groups/${group}?bank=${host.state.secret.bank}`
    const played = async () => ((await (await fetch(url)).json()) as PlayedByGroup).played
    // The node that asked tells it to the store a moment after it told the host.
    while ((await played()).length < 3) continue
    expect((await played()).toSorted()).toEqual(asked.toSorted())
    const again = await enact(second, { group })
    const plan = again.host.state.secret.plan ?? []
    expect(plan.filter((id) => asked.includes(id))).toEqual([])
  })

  test('count an evening once, though both keep its results', async () => {
    const [first, second] = await Promise.all([node(), node()])
    const scene = await enact(first)
    const ann = await at(second, scene, 'Аня')
    const turn = await openNext(scene.host)
    await takeFloor(ann, turn)
    expect(await scene.host.say({ type: 'giveVerdict', turn, seat: ann.seat, verdict: 'right' })).toMatchObject({
      ok: true,
    })
    await scene.host.say({ type: 'end' })
    await ann.until(({ state }) => state.results !== null)
    const { bank, plan } = scene.host.state.secret
    // A server that has closed has kept all that it would keep.
    await Promise.all([first.close(), second.close()])
    const counters = await redis.client.hgetall(`shelf:use/${bank}`)
    expect(counters).toMatchObject({ [`asked/${plan?.[0]}`]: '1', [`right/${plan?.[0]}`]: '1' })
    expect(Object.keys(counters)).toHaveLength(3)
  })

  test('a PIN whose time was over and that is opened anew is a room of others', async () => {
    const [first, second] = await Promise.all([node(), node()])
    const scene = await enact(first)
    const bob = await at(second, scene, 'Борис')
    await redis.client.del(`{room:${scene.pin}}:log`)
    const opened: RoomEvent = { ...(await roomOpenedOf(second)), at: second.store.now(), by: 'server' }
    expect(await first.store.rooms.append(scene.pin, 0, [opened])).toBe('appended')
    await bob.until(({ socket }) => !socket.connected)
  })
})

/** What another evening begins with. */
async function roomOpenedOf(server: TestServer): Promise<EventOf<'roomOpened'>> {
  const { log } = await enact(server)
  const [opened] = ofType(await log(), 'roomOpened')
  if (!opened) throw new Error('No room was opened')
  return opened
}

test('a scorecard that is deleted at one node is deleted for all: whoever is in its room is out, at the other too', async () => {
  const bank = { KNOPKA_BANKS: await folderWith({ 'backend.md': backend }) }
  const [first, second] = await Promise.all([node(bank), node(bank)])
  const key = await keepPlan(first)
  const room = await call(first, key)
  const { candidate = '' } = room.host.state.secret.links ?? {}
  const vera = untilTheEnd(await asCandidate(second.address, room.pin, candidate))
  const card = await callToTheEnd(room)
  await vera.until(({ state }) => state.phase === 'over')
  const gone = new Promise((resolve) => vera.socket.once('connect_error', ({ message }) => resolve(message)))
  expect((await ask(first, 'DELETE', `scorecards/${card}`, { right: key })).status).toBe(200)
  expect(await gone).toBe('no-room')
  const keys = await redis.client.keys('*')
  expect(keys.filter((name) => name.includes(room.pin) || name === `shelf:card/${card}`)).toEqual([])
  expect((await ask(second, 'GET', `scorecards/${card}`)).status).toBe(404)
})

describe('a study room on two nodes', () => {
  async function apart() {
    const banks = { KNOPKA_BANKS: await folderWith({ 'backend.md': studied }) }
    const [first, second] = await Promise.all([node(banks), node(banks)])
    const room = await sitDown(first)
    const [anns, bobs] = [newKey(), newKey()]
    const at = first.store.now() - 30 * 24 * 3_600_000
    await keep(first, anns, [review('SQL-2', at, 'easy')])
    await keep(second, bobs, [review('SQL-4', at, 'again')])
    const [ann, bob] = [await room.member('Аня', anns), await room.member('Борис', bobs, second)]
    await ann.until(({ presence }) => bob.seat in presence)
    return { first, second, room, ann, bob, anns, bobs }
  }

  test('asks what is forgotten by whoever is at the other one, and keeps at each what all rate', async () => {
    const { first, second, ann, bob, anns, bobs } = await apart()
    const turn = await rated([ann, 'again'])
    expect(ann.state.turn?.secret.questionId).toBe('SQL-4')
    expect(ann.state.turn?.studied?.why).toEqual({ kind: 'forgotten', seats: [bob.seat] })
    expect(await bob.say({ type: 'rate', turn, rating: 'good' })).toMatchObject({ ok: true })
    while ((await reviewsOf(first, bobs)).length < 2) continue
    for (const server of [first, second]) {
      expect((await reviewsOf(server, anns)).map(({ rating }) => rating)).toEqual(['easy', 'again'])
      expect((await reviewsOf(server, bobs)).map(({ rating }) => rating)).toEqual(['again', 'good'])
    }
  })

  test('counts who is at the other one among those who decide who leaves', async () => {
    const { room, second, ann, bob } = await apart()
    const cat = await room.member('Катя', undefined, second)
    const isAllThere = ({ presence }: Guest) => [ann, bob, cat].every(({ seat }) => seat in presence)
    await Promise.all([ann.until(isAllThere), bob.until(isAllThere)])
    const out = { type: 'voteOut', seat: cat.seat, out: true } as const
    expect(await ann.say(out)).toMatchObject({ ok: true })
    await bob.until(({ state }) => state.study?.votesOut[cat.seat] !== undefined)
    expect(cat.farewell).toBeNull()
    expect(await bob.say(out)).toMatchObject({ ok: true })
    await cat.until(({ farewell }) => farewell === 'removed')
    await ann.until(({ state }) => seatNamed(state, cat.seat)?.removed === true)
  })
})
