import { setTimeout as pass } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Guest } from '../support/guest.ts'
import { Door } from './door.ts'
import { Evening } from './evening.ts'
import { report } from './figures.ts'
import { Node, patienceMs, redisForTest, storeOf } from './house.ts'

const cutMs = 1000
const storms = 3

/** Home of those whose node hears; the host is one of them. */
const hearing = 0
/** Home of those whose node is cut off from what others append. */
const deaf = 1

test(
  'a node hears nothing of the other one for a second: its people see all of it afterwards, and nothing twice',
  async () => {
    const redis = await redisForTest()
    const store = await storeOf(redis)
    // Connections that listen are cut; those that ask and append go on.
    const ear = await Door.to([redis.port], 'ssubscribe')
    const nodes = await Promise.all(
      [redis.port, ear.port].map((port) => Node.start({ REDIS_URL: `redis://127.0.0.1:${port}` })),
    )
    const doors = await Promise.all(nodes.map(({ port }) => Door.to([port])))
    const evening = await Evening.open(doors as [Door, Door], 20)
    const { crowd } = evening
    // Nobody at the deaf node says a word, before or after: they learn of it by themselves or never.
    const speaking = evening.players.filter((player) => evening.homeOf(player.seat) === hearing)
    await crowd.balance(store)
    const before = evening.at(deaf).map(({ version }) => version)
    ear.cut()
    await Promise.all([pass(cutMs), askAndPress(evening, speaking)])
    expect(evening.at(deaf).map(({ version }) => version)).toEqual(before)
    ear.mend()
    const calm = await crowd.balance(store)
    expect(calm).toMatchObject({ lost: 0, doubled: 0, complaints: [], replicas: crowd.people.length })
    await evening.judge(1)

    for (let storm = 0; storm < storms; storm++) {
      ear.cut()
      await Promise.all([pass(cutMs).then(() => ear.mend()), evening.round()])
    }
    await evening.end()

    const balance = await crowd.balance(store)
    report('a subscription is cut for a second', 1 + storms, balance)
    expect(balance).toMatchObject({ lost: 0, doubled: 0, complaints: [], replicas: crowd.people.length })
    expect(crowd.people.map(({ gaps }) => gaps)).toEqual(crowd.people.map(() => 0))
    expect(ear.cuts).toBeGreaterThan(storms)
  },
  patienceMs,
)

async function askAndPress(evening: Evening, speaking: Guest[]): Promise<void> {
  const turn = await evening.ask()
  await Promise.all(speaking.flatMap((player) => [evening.crowd.press(player, turn), evening.rename(player)]))
}
