import type { Random } from '@knopka/shared/random'

/** Where chance comes from, in the shapes that links and people have. All lengths are in milliseconds. */
export const between = (random: Random, [least, most]: readonly [number, number]): number =>
  least + (most - least) * random()

export const exponential = (random: Random, mean: number): number => -mean * Math.log(1 - random())

/** Heavy tail: half as likely again and again, never less than `least`. */
export const pareto = (random: Random, least: number, shape: number, most: number): number =>
  Math.min(most, least * (1 - random()) ** (-1 / shape))

/** @see G. E. P. Box and M. E. Muller, 1958 */
export const normal = (random: Random, mean: number, deviation: number): number =>
  mean + deviation * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** Starts of what happens `perSecond` times a second on average, from `from` on, up to `to`. */
export function starts(random: Random, perSecond: number, from: number, to: number): number[] {
  const found: number[] = []
  if (perSecond === 0) return found
  for (let at = from; ;) {
    at += exponential(random, 1000 / perSecond)
    if (at >= to) return found
    found.push(at)
  }
}
