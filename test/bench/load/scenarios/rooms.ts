import { setTimeout } from 'node:timers/promises'
import { Busy, pause } from '../busy.ts'
import { median } from '../figures.ts'
import type { Place } from '../game.ts'
import { Hall } from '../hall.ts'
import { cpuMs } from '../proc.ts'
import { embedded, redis, twoOnRedis, type Measured, type Scenario } from '../scenario.ts'

const players = 10
const everyMs = 2000
const openedAtOnce = 20

/** S2: many rooms at once, in each a question, a press and an end every two seconds. */
export const rooms: Scenario = {
  id: 'S2',
  counts: 'rooms of ten',
  setups: [embedded, redis, twoOnRedis],
  sizes: (quick) => (quick ? [50] : [50, 200, 500]),
  rounds: (quick) => (quick ? 3 : 10),
  figures: {
    last: { what: 'press to the last phone of its room', metric: 'p50', unit: 'ms' },
    cpu: { what: 'server, per 10,000 deliveries', metric: 'cpu', unit: 'ms' },
  },
  measure: (place, n, quick) => playAll(place, n, quick ? 3 : 5),
}

async function playAll(place: Place, n: number, questions: number): Promise<Measured> {
  const halls = await openAll(place, n)
  // Rooms do not wait for each other: each begins somewhere within the two seconds.
  const playAllOf = (count: number) => Promise.all(halls.map((hall, index) => play(hall, count, (index / n) * everyMs)))
  await playAllOf(1)
  const busy = new Busy()
  const relax = busy.watch()
  const [delivered, cpu] = [deliveredIn(halls), cpuMs(place.pids)]
  const last = (await playAllOf(questions)).flat()
  const spent = (cpuMs(place.pids) - cpu) / (deliveredIn(halls) - delivered)
  relax()
  const figures = { last: median(last), cpu: spent * 10_000 }
  const sizes = halls[0]?.sizes ?? { commitBytes: 0, welcomeBytes: 0 }
  return { figures, sizes, busy: busy.share }
}

async function openAll(place: Place, n: number): Promise<Hall[]> {
  const halls: Hall[] = []
  let next = 0
  const open = async () => {
    while (next < n) {
      const index = next++
      halls[index] = await Hall.open(place, players, index)
    }
  }
  await Promise.all(Array.from({ length: openedAtOnce }, open))
  return halls
}

/** @returns how long each press took to the last phone, in ms */
async function play(hall: Hall, questions: number, beginsMs: number): Promise<number[]> {
  const took: number[] = []
  await setTimeout(beginsMs)
  for (let question = 0; question < questions; question++) {
    const over = setTimeout(everyMs)
    await hall.ready()
    await pause(200, 400)
    took.push((await hall.press(question)).last)
    await hall.close()
    await over
  }
  return took
}

const deliveredIn = (halls: Hall[]): number => halls.reduce((sum, { delivered }) => sum + delivered, 0)
