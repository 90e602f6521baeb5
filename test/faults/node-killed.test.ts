import type { EventOf, RoomEvent } from '@knopka/shared/game'
import { expect, onTestFinished, test } from 'vitest'
import { withRules } from '../server/scene.ts'
import { delayProxy } from '../support/delay-proxy.ts'
import { Door } from './door.ts'
import { Evening } from './evening.ts'
import { report } from './figures.ts'
import { Log, Node, patienceMs, redisForTest, storeOf } from './house.ts'

/** The host's. */
const first = 0
/**
 * What has just come into the log when a node is killed, and which: after a first press the one at which it came in,
 * while the order is still being settled.
 */
const deaths = [
  { moment: 'buzzed', home: null },
  { moment: 'verdictGiven', home: first },
  { moment: 'buzzed', home: null },
  { moment: 'renamed', home: 1 },
  { moment: 'buzzed', home: null },
] as const
const lastWords = 'said as the node dies'

/** The order is settled so soon after the end of its window, whoever is left to do it. */
const settledWithinMs = 1500
/** One way. Who is so far away keeps the order open until the window ends. */
const farMs = 150

test(
  'a node is killed in a storm, again and again: its people go to the other one, and all that was acknowledged is there once',
  async () => {
    const redis = await redisForTest()
    const store = await storeOf(redis)
    const settings = { REDIS_URL: redis.address }
    const nodes = await Promise.all([Node.start(settings), Node.start(settings)])
    const ports = nodes.map(({ port }) => port)
    const doors: [Door, Door] = [await Door.to(ports), await Door.to(ports.toReversed())]
    const evening = await Evening.open(doors, 22, withRules({ setting: 'call' }))
    const { crowd, pin } = evening
    for (const [home, door] of doors.entries()) {
      const far = await delayProxy(door.port, farMs, farMs)
      onTestFinished(() => far.close())
      const { probes } = await evening.bystander(home, far.address)
      await crowd.people.at(-1)?.until(() => probes.length >= 8)
    }
    const log = await Log.of(store, pin)
    const diedAt: number[] = []

    for (const { moment, home: chosen } of deaths) {
      const struck = log.next(moment, isDecisive).then(async ({ by }) => {
        const home = chosen ?? evening.homeOf(by)
        const areBack = crowd.back(evening.at(home))
        // What the node takes from now on is in the log, and its people do not know.
        doors[home]?.swallow()
        const isTaken = home === first ? log.next('scoreCorrected', isLast) : null
        const corrected = evening.correct(lastWords)
        await isTaken
        await nodes[home]?.kill()
        diedAt.push(store.now())
        await Promise.all([areBack, corrected])
        return home
      })
      const [home] = await Promise.all([struck, evening.round()])
      await nodes[home]?.startAgain()
      const areHome = crowd.back(evening.at(home))
      doors[home]?.hangUp()
      await areHome
    }
    await evening.end()

    const balance = await crowd.balance(store)
    report('a node is killed in a storm', deaths.length, balance)
    expect(balance).toMatchObject({ lost: 0, doubled: 0, complaints: [], replicas: crowd.people.length })
    expect(balance.acknowledged).toBeGreaterThan(deaths.length * 22)
    const windows = windowsIn(await store.rooms.read(pin, 0))
    expect(windows.length).toBeGreaterThanOrEqual(deaths.length)
    windows.forEach(expectSettled)
    expect(windows.filter(({ from, to }) => diedAt.some((at) => at > from && at < to)).length).toBeGreaterThan(0)
  },
  patienceMs,
)

/** Of presses, the one with which the window opens. */
const isDecisive = (event: RoomEvent) => event.type !== 'buzzed' || event.settlesAt !== null

const isLast = ({ secret }: EventOf<'scoreCorrected'>) => secret?.correction?.reason === lastWords

const endsWindow = ({ type }: RoomEvent) => type === 'floorGiven' || type === 'turnClosed'

/** In which a first press waits for others: from when, till when, until when at most, and what ended it. */
interface Window {
  from: number
  to: number
  settlesAt: number
  ends: RoomEvent['type'][]
}

function windowsIn(log: RoomEvent[]): Window[] {
  return log.flatMap((event, index) => {
    if (event.type !== 'buzzed' || event.settlesAt === null) return []
    const judged = log.findIndex(({ type }, at) => at > index && type === 'verdictGiven')
    const ends = log.slice(index, judged).filter(endsWindow)
    const to = ends[0]?.at ?? Infinity
    return [{ from: event.at, to, settlesAt: event.settlesAt, ends: ends.map(({ type }) => type) }]
  })
}

/** With one winner, in time by the store's clock. */
function expectSettled({ to, settlesAt, ends }: Window): void {
  expect(ends).toEqual(['floorGiven'])
  expect(to - settlesAt).toBeLessThan(settledWithinMs)
}
