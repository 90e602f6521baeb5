import type { Ranked } from './ranking.ts'

export interface Pillar {
  standing: Ranked
  /** Which one rises first: 0, then 1, then 2; equal places rise together. */
  step: number
  /** How wide its disc is, in stage pixels. */
  width: number
  /** How much of it is seen below the disc. */
  height: number
  /** The chord that it rises with; the winner's is always the full one. */
  disc: 0 | 1 | 2
}

/** A wall has room for five discs; ties may need them. */
const mostPillars = 5
const wallWidth = 1150
const pillarGap = 40
const widths = [420, 340, 310]
const heights = [420, 310, 214]
/** Which standing stands where, from left to right: the winner in the middle, the second at the left. */
const arrangements = [[], [0], [1, 0], [1, 0, 2], [3, 1, 0, 2], [3, 1, 0, 2, 4]]

/**
 * The first three places, from left to right. Equal scores share a place and a height; where a tie is wider than the
 * wall, the first three who joined stand for it.
 * @param standings best first
 */
export function pillarsOf(standings: Ranked[]): Pillar[] {
  const winners = standings.filter(({ place }) => place <= 3)
  const chosen = winners.length <= mostPillars ? winners : winners.slice(0, 3)
  const scale = scaleOf(chosen)
  const places = [...new Set(chosen.map(({ place }) => place))].sort((a, b) => b - a)
  return (arrangements[chosen.length] ?? []).map((index) => {
    const standing = chosen[index] as Ranked
    const step = places.indexOf(standing.place)
    const width = Math.floor(at(widths, standing.place) * scale)
    return {
      standing,
      step,
      width,
      height: at(heights, standing.place),
      disc: Math.max(0, 3 - places.length + step) as Pillar['disc'],
    }
  })
}

/** Ties at the top want more than the wall has: all discs shrink alike, so that equal ones stay equal. */
function scaleOf(standings: Ranked[]): number {
  const room = wallWidth - pillarGap * (standings.length - 1)
  return Math.min(1, room / standings.reduce((sum, { place }) => sum + at(widths, place), 0))
}

const at = (sizes: number[], place: number) => sizes[place - 1] as number

/** Everyone who has no pillar, best first. */
export function restOf(standings: Ranked[]): Ranked[] {
  const risen = pillarsOf(standings).map(({ standing }) => standing.key)
  return standings.filter(({ key }) => !risen.includes(key))
}

const riseMs = 700

/** When a step begins after the evening's end: 700 ms of rising each, 400 ms between. */
export const riseAfterMs = (step: number): number => step * (riseMs + 400)

/** When the last disc stands. */
export const risenAfterMs = (pillars: Pillar[]): number =>
  riseAfterMs(Math.max(...pillars.map(({ step }) => step))) + riseMs
