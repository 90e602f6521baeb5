import { redis, twoOnRedis, type Scenario } from '../scenario.ts'
import { pressAfterPress, pressFigures } from './press.ts'

/** S6: one room, half of its phones on each of two processes, beside the same room on one. */
export const nodes: Scenario = {
  id: 'S6',
  counts: 'players',
  setups: [redis, twoOnRedis],
  sizes: () => [1000],
  rounds: (quick) => (quick ? 3 : 10),
  figures: { last: pressFigures.last, cpu: pressFigures.cpu },
  compares: true,
  measure: (place, n, quick) => pressAfterPress(place, n, quick ? 4 : 12),
}
