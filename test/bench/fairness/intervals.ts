import { seededRandom } from '@knopka/shared/random'

/** The ends of a 95 % interval. */
export type Interval = readonly [least: number, most: number]

const z = 1.96
const resamples = 1000

/**
 * Of a share, in percent.
 * @see E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927
 */
export function wilson(hits: number, all: number): Interval {
  if (all === 0) return [0, 100]
  const share = hits / all
  const middle = share + z ** 2 / (2 * all)
  const half = z * Math.sqrt((share * (1 - share)) / all + z ** 2 / (4 * all ** 2))
  const whole = 1 + z ** 2 / all
  return [(100 * (middle - half)) / whole, Math.min(100, (100 * (middle + half)) / whole)]
}

/**
 * Of any figure over rooms, which are what differs by chance: rounds of one room share their links and people.
 * @param figure of the rooms of these numbers
 * @see B. Efron, "Bootstrap methods: another look at the jackknife", 1979
 */
export function bootstrap(rooms: number, figure: (rooms: readonly number[]) => number): Interval {
  const random = seededRandom('bootstrap')
  // One room is drawn the same each time.
  const draws = rooms > 1 ? resamples : 1
  const draw = () => Array.from({ length: rooms }, () => Math.floor(random() * rooms))
  const figures = Array.from({ length: draws }, () => figure(draw()))
    .filter(Number.isFinite)
    .sort((a, b) => a - b)
  const at = (share: number) => figures[Math.round(share * (figures.length - 1))] ?? NaN
  return [at(0.025), at(0.975)]
}
