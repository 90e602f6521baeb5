import { once } from 'node:events'
import type { Store } from '@knopka/server/store'
import { expect, test } from 'vitest'
import { openNext, withRules } from '../server/scene.ts'
import type { RedisServer } from '../support/redis.ts'
import { Door } from './door.ts'
import { Evening } from './evening.ts'
import { report } from './figures.ts'
import { Log, Node, patienceMs, redisForTest, storeOf } from './house.ts'

const players = 20
/** What has just come into the log when Redis goes, and whether it stays away until someone was refused for it. */
const outages = [
  { moment: 'buzzed', isLong: false },
  { moment: 'verdictGiven', isLong: true },
  { moment: 'renamed', isLong: false },
] as const

/** Two nodes on a Redis that has on its disk what it says it has. */
async function twoNodes() {
  const redis = await redisForTest({ appendOnly: 'always' })
  const store = await storeOf(redis)
  const settings = { REDIS_URL: redis.address }
  const nodes: [Node, Node] = await Promise.all([Node.start(settings), Node.start(settings)])
  const doors = await Promise.all(nodes.map(({ port }) => Door.to([port])))
  return { redis, store, nodes, doors: doors as [Door, Door] }
}

interface Fault {
  begin: (redis: RedisServer) => Promise<void> | void
  end: (redis: RedisServer) => Promise<void> | void
}

const killed: Fault = { begin: (redis) => redis.kill(), end: (redis) => redis.startAgain() }
const paused: Fault = { begin: (redis) => redis.pause(), end: (redis) => redis.resume() }

test(
  'Redis is killed in a storm and comes back with what is on its disk: all that was acknowledged is there once',
  () => survive('Redis is killed in a storm', killed),
  patienceMs,
)

test(
  'Redis stands still in a storm, for five seconds too: all that was acknowledged is there once',
  () => survive('Redis stands still in a storm', paused),
  patienceMs,
)

async function survive(name: string, fault: Fault): Promise<void> {
  const { redis, store, doors } = await twoNodes()
  const evening = await Evening.open(doors, players, withRules({ answerSeconds: 600 }))
  const { crowd, pin } = evening
  const log = await Log.of(store, pin)
  for (const { moment, isLong } of outages) {
    const struck = log.next(moment).then(async () => {
      await fault.begin(redis)
      const corrected = evening.correct()
      await (isLong ? crowd.isRefused() : isMissed(store))
      await fault.end(redis)
      await corrected
    })
    await Promise.all([struck, evening.round()])
  }
  await evening.round()
  await evening.end()

  const balance = await crowd.balance(store)
  report(name, outages.length, balance)
  expect(balance).toMatchObject({ lost: 0, doubled: 0, complaints: [], replicas: crowd.people.length })
  expect(balance.acknowledged).toBeGreaterThan(outages.length * players)
  expect(crowd.faults).toBeGreaterThan(0)
}

/** Resolves when the store is known not to answer. */
const isMissed = (store: Store): Promise<void> =>
  store.check().then(
    () => isMissed(store),
    () => {},
  )

test(
  'a clock that runs out while Redis is away is kept when it is back, though nobody says a word',
  async () => {
    const { redis, store, nodes, doors } = await twoNodes()
    const evening = await Evening.open(doors, 2, withRules({ pressSeconds: 3 }))
    await openNext(evening.host)
    const haveTried = nodes.map((node) => logged(node, 'a deadline was not kept'))
    await redis.kill()
    await Promise.all(haveTried)
    await redis.startAgain()
    await evening.host.until(({ state }) => state.turn?.closed === 'time-out')
    const balance = await evening.crowd.balance(store)
    report('a clock runs out while Redis is away', 1, balance)
    expect(balance).toMatchObject({ lost: 0, doubled: 0, complaints: [] })
    const log = await store.rooms.read(evening.pin, 0)
    expect(log.filter(({ type }) => type === 'turnClosed')).toHaveLength(1)
  },
  patienceMs,
)

/** Resolves when this node has logged such a thing. */
async function logged({ process }: Node, words: string): Promise<void> {
  while (!process.stdout.includes(words)) await once(process.child.stdout as NodeJS.ReadableStream, 'data')
}
