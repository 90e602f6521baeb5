import { Busy, pause } from '../busy.ts'
import { median, percentile } from '../figures.ts'
import type { Place } from '../game.ts'
import { Hall, type Arrival } from '../hall.ts'
import { cpuMs } from '../proc.ts'
import { embedded, redis, type Figure, type Measured, type Scenario } from '../scenario.ts'

/** Presses before the first that counts: a server that has just started is another one. */
const warmUps = 2
/** Presses come from all over the room. */
const apart = 37
const perDeliveries = 10_000

export const pressFigures = {
  last: { what: 'press to the last phone', metric: 'p50', unit: 'ms' },
  worst: { what: 'press to the last phone', metric: 'p99', unit: 'ms' },
  winner: { what: 'press to its winner', metric: 'p50', unit: 'ms' },
  host: { what: 'press to the host', metric: 'p50', unit: 'ms' },
  cpu: { what: 'server, per 10,000 deliveries', metric: 'cpu', unit: 'ms' },
} satisfies Record<string, Figure>

/** S1: one room, press after press, until the last phone knows of it. */
export const press: Scenario = {
  id: 'S1',
  counts: 'players',
  setups: [embedded, redis],
  sizes: (quick) => (quick ? [500] : [100, 500, 1000, 2000]),
  rounds: (quick) => (quick ? 3 : 10),
  figures: pressFigures,
  grows: { from: 100, to: 2000, figures: ['winner', 'host'] },
  measure: (place, n, quick) => pressAfterPress(place, n, quick ? 4 : 12),
}

export async function pressAfterPress(place: Place, n: number, presses: number): Promise<Measured> {
  const hall = await Hall.open(place, n)
  const busy = new Busy()
  for (let warmUp = 0; warmUp < warmUps; warmUp++) await pressOnce(place, hall, warmUp, new Busy())
  const seen: Press[] = []
  while (seen.length < presses) seen.push(await pressOnce(place, hall, warmUps + seen.length, busy))
  const sum = (key: keyof Press) => seen.reduce((sum, press) => sum + press[key], 0)
  const all = (key: keyof Press) => seen.map((press) => press[key])
  const figures = {
    last: median(all('last')),
    worst: percentile(all('last'), 0.99),
    winner: median(all('watched')),
    host: median(all('host')),
    cpu: (sum('cpu') / sum('delivered')) * perDeliveries,
  }
  return { figures, sizes: hall.sizes, busy: busy.share }
}

interface Press extends Arrival {
  cpu: number
  delivered: number
}

/** The processor's time counts until it is decided who was first: it is the press that makes all that work. */
async function pressOnce({ pids }: Place, hall: Hall, index: number, busy: Busy): Promise<Press> {
  await hall.ready()
  await pause(100, 300)
  const [delivered, cpu] = [hall.delivered, cpuMs(pids)]
  const arrival = await hall.press(index * apart, busy.watch())
  const spent = { cpu: cpuMs(pids) - cpu, delivered: hall.delivered - delivered }
  await hall.close()
  return { ...arrival, ...spent }
}
