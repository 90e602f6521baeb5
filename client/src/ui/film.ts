import type { Ms } from '@knopka/shared/ids'
import type { Press } from '@knopka/shared/game'

/** A press as a line on the film: everything in ms after the first press. */
interface Lane {
  press: Press
  gapMs: Ms
  /** Half of the hatched band, cut where the axis ends. */
  errorMs: Ms
  /** It lies beyond the end of the axis and is drawn behind a break. */
  beyond: boolean
}

interface Film {
  lanes: Lane[]
  /** Presses that have no lane of their own. */
  more: number
  fromMs: Ms
  toMs: Ms
  /** Where the axis has a figure. */
  figures: Ms[]
  /** The first two lie closer together than the measurement can tell apart, whichever of them was quicker. */
  photoFinish: { gapMs: Ms; errorMs: Ms } | null
}

const leadMs = 100
const tailMs = 160
const longestMs = 600

/** @param presses in order, first to last */
export function filmOf(presses: Press[], mostLanes: number): Film {
  const first = presses[0]?.scoreMs ?? 0
  const shown = presses.slice(0, mostLanes)
  const gaps = shown.map(({ scoreMs }) => Math.max(0, scoreMs - first))
  const last = Math.max(0, ...gaps.filter((gap) => gap + tailMs <= longestMs))
  const toMs = Math.min(longestMs, roundUp(last + tailMs, 50))
  const lanes = shown.map((press, index): Lane => {
    const gapMs = gaps[index] as number
    const beyond = gapMs > toMs - tailMs + 1 && gapMs > last
    return { press, gapMs, errorMs: Math.min(press.certaintyMs, leadMs), beyond }
  })
  return {
    lanes,
    more: presses.length - shown.length,
    fromMs: -leadMs,
    toMs,
    figures: steps(-leadMs, toMs, 50),
    photoFinish: photoFinish(presses),
  }
}

/** Two bands that overlap: the order stands, but nobody could swear to it. */
function photoFinish([first, second]: Press[]): Film['photoFinish'] {
  if (!first || !second) return null
  // Whoever came after the decision, or lost a draw, may be ahead of the first.
  const gapMs = Math.abs(second.scoreMs - first.scoreMs)
  const errorMs = first.certaintyMs + second.certaintyMs
  return gapMs < errorMs ? { gapMs, errorMs } : null
}

/** The slit-scan trail to the left of a press: closer and closer lines, ms before it and how dark. */
export function trail(): { beforeMs: Ms; opacity: number }[] {
  const lines: { beforeMs: Ms; opacity: number }[] = []
  let step = 3.5
  for (let beforeMs = 5; beforeMs < 130; beforeMs += step) {
    lines.push({ beforeMs, opacity: Math.max(0.1, 0.7 - beforeMs / 190) })
    step *= 1.14
  }
  return lines
}

const roundUp = (value: number, to: number) => Math.ceil(value / to) * to
const steps = (from: number, to: number, by: number) =>
  Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, index) => from + index * by)
