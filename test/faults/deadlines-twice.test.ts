import { expect, test } from 'vitest'
import { openNext, takeFloor, withRules } from '../server/scene.ts'
import type { Store } from '@knopka/server/store'
import { Door } from './door.ts'
import { Evening } from './evening.ts'
import { report } from './figures.ts'
import { Node, patienceMs, redisForTest, storeOf } from './house.ts'

/** An address may open twenty in a minute. */
const rooms = 18
const clocks = withRules({ pressSeconds: 3, answerSeconds: 3, afterWrong: 'reopen' })

test(
  'two nodes decide the same deadline, in many rooms: each runs out once',
  async () => {
    const redis = await redisForTest()
    const store = await storeOf(redis)
    const settings = { REDIS_URL: redis.address }
    const nodes = await Promise.all([Node.start(settings), Node.start(settings)])
    const doors = (await Promise.all(nodes.map(({ port }) => Door.to([port])))) as [Door, Door]
    const evenings = await Promise.all(Array.from({ length: rooms }, () => Evening.open(doors, 2, clocks)))
    await Promise.all(evenings.map(runOut))

    const balances = await Promise.all(evenings.map(({ crowd }) => crowd.balance(store)))
    const counts = await Promise.all(evenings.map(({ pin }) => deadlinesOf(store, pin)))
    report('two nodes decide the same deadline', 3 * rooms, ...balances)
    expect(counts).toEqual(evenings.map(() => ({ turnClosed: [1, 3], answerTimedOut: [2] })))
    for (const balance of balances) expect(balance).toMatchObject({ lost: 0, doubled: 0, complaints: [], replicas: 5 })
  },
  patienceMs,
)

/** Nobody presses; then someone presses and says nothing; then nobody presses again. */
async function runOut({ host, players }: Evening): Promise<void> {
  const closed = () => host.until(({ state }) => state.turn?.closed === 'time-out')
  await openNext(host)
  await closed()
  const turn = await openNext(host)
  const [ann] = players
  if (!ann) throw new Error('Nobody plays')
  await takeFloor(ann, turn)
  await host.until(({ state }) => state.turn?.floor?.timedOut === true)
  const right = await host.say({ type: 'giveVerdict', turn, seat: ann.seat, verdict: 'right' })
  expect(right).toMatchObject({ ok: true })
  await openNext(host)
  await closed()
}

/** The turns in which a clock ran out, as often as the log says so. */
async function deadlinesOf({ rooms }: Store, pin: string) {
  const log = await rooms.read(pin, 0)
  return {
    turnClosed: log.flatMap((event) =>
      event.type === 'turnClosed' && event.reason === 'time-out' ? [event.turn] : [],
    ),
    answerTimedOut: log.flatMap((event) => (event.type === 'answerTimedOut' ? [event.turn] : [])),
  }
}
