import { expect, test } from 'vitest'
import { Door } from './door.ts'
import { Evening } from './evening.ts'
import { report } from './figures.ts'
import { Node, patienceMs, redisForTest, storeOf } from './house.ts'

const players = 200
/** One in four, at most, may find the other node too busy at the first knock. */
const mostRefusals = players / 4

test(
  'two hundred people come back at once to a node that does not know their room: all are in their seats, with their points',
  async () => {
    const redis = await redisForTest()
    const store = await storeOf(redis)
    const settings = { REDIS_URL: redis.address }
    const [dying, other] = await Promise.all([Node.start(settings), Node.start(settings)])
    const door = await Door.to([dying.port, other.port])
    const evening = await Evening.open([door], players)
    const { crowd, host } = evening
    for (const [index, { seat }] of evening.players.entries()) {
      if (index % 10 > 0) continue
      await evening.tell(host, { type: 'correctScore', seat, points: index + 1, reason: 'so far' })
    }
    await evening.round()
    await crowd.balance(store)
    const before = evening.players.map(({ seat, mine }) => [seat, mine?.score])

    const areBack = crowd.back()
    await dying.kill()
    await areBack
    expect(evening.players.map(({ seat, mine }) => [seat, mine?.score])).toEqual(before)
    expect(new Set(before.map(([, score]) => score)).size).toBeGreaterThan(players / 10)
    expect(crowd.refusals).toBeLessThanOrEqual(mostRefusals)

    await evening.round()
    await evening.end()
    const balance = await crowd.balance(store)
    report('two hundred people come back at once', 1, balance)
    expect(balance).toMatchObject({ lost: 0, doubled: 0, complaints: [], replicas: crowd.people.length })
  },
  patienceMs,
)
