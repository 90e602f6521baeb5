import type { CardSection } from '@knopka/shared/game'

/** The mean of fewer answers says more of the question than of the candidate. */
export const leastRated = 2

/** Where the candidate did best and worst; more than one section where means are equal. */
export interface Extremes {
  highest: CardSection[]
  lowest: CardSection[]
}

/**
 * The sections with the highest and the lowest mean, of those in which enough was rated.
 * @returns `too-few` where less than two sections can be compared, `even` where all of them have the same mean
 */
export function extremesOf(sections: readonly CardSection[]): Extremes | 'too-few' | 'even' {
  const known = sections.filter(({ rated }) => rated >= leastRated)
  if (known.length < 2) return 'too-few'
  const means = known.map(({ level }) => level ?? 0)
  const [highest, lowest] = [Math.max(...means), Math.min(...means)]
  if (highest === lowest) return 'even'
  const withMean = (mean: number) => known.filter(({ level }) => level === mean)
  return { highest: withMean(highest), lowest: withMean(lowest) }
}
