import type { Press } from '@knopka/shared/game'

/** Presses of one opening of the buzzers, as lines on a small film; places in percent of its width. */
interface Strip {
  first: number
  /** Ascending. */
  others: number[]
  /** Someone pressed later than the film is long; their line stands at its end. */
  goesOn: boolean
}

const longestMs = 600
const firstAt = 9
const lastAt = 95

/** Equal scales on every film of the page, so that two rows can be compared. */
const placeOf = (gapMs: number): number => {
  const share = Math.min(1, Math.max(0, gapMs / longestMs))
  return Math.round((firstAt + share * (lastAt - firstAt)) * 10) / 10
}

/**
 * A film for each time the buzzers were open: times are counted from the opening, so those of two can't share one.
 * @param presses in the order of the rules, which is by opening
 */
export function stripsOf(presses: Press[]): Strip[] {
  return openingsOf(presses).map((opening) => {
    const gaps = gapsOf(opening)
    const others = gaps.slice(1).map(placeOf)
    return { first: placeOf(0), others, goesOn: gaps.some((gap) => gap > longestMs) }
  })
}

/** @returns presses parted by opening; none is empty */
export function openingsOf(presses: Press[]): Press[][] {
  const openings = [...new Set(presses.map(({ opening }) => opening))]
  return openings.map((opening) => presses.filter((press) => press.opening === opening))
}

/** How much later than the first each of one opening was, in ms. */
export function gapsOf(opening: Press[]): number[] {
  const start = opening[0]?.scoreMs ?? 0
  return opening.map(({ scoreMs }) => Math.max(0, scoreMs - start))
}
