import { setTimeout as pass } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { RoomEvent } from '@knopka/shared/game'
import type { Store } from '@knopka/server/store'
import { openRedisStore } from '@knopka/server/store/redis'
import { expect, onTestFinished, test } from 'vitest'
import { serve, withRules } from '../server/scene.ts'
import type { Guest } from '../support/guest.ts'
import type { RedisServer } from '../support/redis.ts'
import { Door } from './door.ts'
import { Evening } from './evening.ts'
import { report } from './figures.ts'
import { Node, patienceMs, redisForTest, roomTtlMs, storeOf } from './house.ts'

const seconds = 3
const clocks = withRules({ pressSeconds: seconds, answerSeconds: seconds, setting: 'call' })
/** How far the clock of the store, as a node reads it over the network, may be from the store's own. */
const toleranceMs = 100
/** A busy machine rings its timers late; the clocks that are wrong here are wrong by less than that, and early too. */
const lateMs = 1500

test(
  'the wall clock of a node is half a second ahead and steps to and fro: the store’s clock decides alone',
  async () => {
    const redis = await redisForTest()
    const store = await storeOf(redis)
    const clock = fileURLToPath(new URL('wrong-wall-clock.mjs', import.meta.url))
    const settings = { REDIS_URL: redis.address }
    const nodes = await Promise.all([
      Node.start({ ...settings, NODE_OPTIONS: `--import=${clock}` }),
      Node.start(settings),
    ])
    const doors = (await Promise.all(nodes.map(({ port }) => Door.to([port])))) as [Door, Door]
    const evening = await Evening.open(doors, 20, clocks)
    const times = await Times.of(store, evening)
    await clocksRunOut(evening)
    await evening.round()
    await evening.end()

    const balance = await evening.crowd.balance(store)
    report('the wall clock of a node is wrong and steps', 1, balance)
    expect(balance).toMatchObject({ lost: 0, doubled: 0, complaints: [], replicas: evening.crowd.people.length })
    expect(times.complaints()).toEqual([])
  },
  patienceMs,
)

test(
  'the monotonic clocks of two nodes are wrong and jump in the middle: soon after, all times are right again',
  async () => {
    const redis = await redisForTest()
    const store = await storeOf(redis)
    const clocksOfNodes = [new WrongClock(500), new WrongClock(-500)]
    const stores = await Promise.all(clocksOfNodes.map((clock) => storeBy(redis, clock)))
    const secret = { KNOPKA_SECRET: 'the same secret for all nodes' }
    const nodes = await Promise.all(stores.map((store) => serve(secret, { store })))
    const doors = (await Promise.all(nodes.map(({ port }) => Door.to([port])))) as [Door, Door]
    const evening = await Evening.open(doors, 20, clocks)

    const before = await Times.of(store, evening)
    await clocksRunOut(evening)
    expect(before.complaints()).toEqual([])
    for (const [index, clock] of clocksOfNodes.entries()) clock.aheadMs += index === 0 ? 1000 : -1000
    await evening.round()
    await Promise.all(stores.map((node) => agree(node, store)))
    const after = await Times.of(store, evening)
    await clocksRunOut(evening)
    await evening.end()

    const balance = await evening.crowd.balance(store)
    report('the monotonic clocks of nodes are wrong and jump', 2, balance)
    expect(balance).toMatchObject({ lost: 0, doubled: 0, complaints: [], replicas: evening.crowd.people.length })
    expect(after.complaints()).toEqual([])
  },
  patienceMs,
)

class WrongClock {
  aheadMs: number

  constructor(aheadMs: number) {
    this.aheadMs = aheadMs
  }

  now(): number {
    return performance.now() + this.aheadMs
  }
}

async function storeBy({ address }: RedisServer, clock: WrongClock): Promise<Store> {
  const store = await openRedisStore({ urls: [address], roomTtlMs, monotonic: () => clock.now() })
  onTestFinished(() => store.close())
  return store
}

/** Resolves when the node has compared its clock once more. */
async function agree(node: Store, right: Store): Promise<void> {
  while (Math.abs(node.now() - right.now()) > toleranceMs / 2) await pass(50)
}

/** First nobody presses; then someone presses at each node, and says nothing. */
async function clocksRunOut(evening: Evening): Promise<void> {
  const { host, crowd } = evening
  await evening.ask()
  await host.until(({ state }) => state.turn?.closed === 'time-out')
  const turn = await evening.ask()
  await Promise.all([0, 1].map((home) => crowd.press(playerAt(evening, home), turn)))
  await host.until(({ state }) => state.turn?.floor?.timedOut === true)
  await evening.tell(host, { type: 'skip', turn })
}

const playerAt = (evening: Evening, home: number): Guest =>
  evening.at(home).find((guest) => evening.players.includes(guest)) as Guest

/** When events were asked for and heard of, by a clock that is right, beside when they say that they happened. */
class Times {
  #said = new Map<string, number>()
  #heard: { event: RoomEvent; at: number }[] = []

  static async of(store: Store, { pin, crowd }: Evening): Promise<Times> {
    const times = new Times()
    crowd.onSay = (commandId) => times.#said.set(commandId, store.now())
    const hear = (events: RoomEvent[]) => events.forEach((event) => times.#heard.push({ event, at: store.now() }))
    onTestFinished(await store.rooms.follow(pin, ({ events }) => hear(events)))
    return times
  }

  complaints(): string[] {
    return [...this.#heard.flatMap(({ event, at }) => this.#astray(event, at)), ...this.#deadlines()]
  }

  #astray({ type, at, secret }: RoomEvent, heardAt: number): string[] {
    const saidAt = this.#said.get(secret?.commandId ?? '') ?? -Infinity
    if (saidAt - at > toleranceMs) return [`${type} is dated ${saidAt - at} ms before anybody asked for it`]
    return at - heardAt > toleranceMs ? [`${type} is dated ${at - heardAt} ms after it was heard of`] : []
  }

  /** By the right clock too, nothing ran out before its time, or long after it. */
  #deadlines(): string[] {
    let dueAt: number | null = null
    return this.#heard.flatMap(({ event, at }) => {
      const due = dueAt
      if (event.type === 'buzzersOpened' || event.type === 'floorGiven') dueAt = event.endsAt
      if (event.type === 'buzzed' && event.settlesAt !== null) dueAt = event.settlesAt
      if (due === null) return []
      const isRunOut = event.type === 'answerTimedOut' || (event.type === 'turnClosed' && event.reason === 'time-out')
      const isSettled = event.type === 'floorGiven'
      if (isRunOut && due - at > toleranceMs) return [`${event.type} came ${due - at} ms early`]
      return (isRunOut || isSettled) && event.at - due > lateMs ? [`${event.type} came ${event.at - due} ms late`] : []
    })
  }
}
