import type { Ms } from '@knopka/shared/ids'

/** A strip of paper that falls once over the whole wall. */
export interface Strip {
  /** Where it begins, as a share of the wall's width. */
  from: number
  /** How far it drifts to the side, as a share of the wall's width. */
  drift: number
  delayMs: Ms
  fallMs: Ms
  /** Whole turns and parts of them; negative: to the left. */
  turns: number
  /** In stage pixels. */
  length: number
  paper: 'film' | 'ink'
}

const strips = 90
/** All have begun to fall by then. */
const throwMs = 1600

/** @param chance draws from 0 up to 1 */
export function stripsOf(chance: () => number): Strip[] {
  const between = (least: number, most: number) => least + (most - least) * chance()
  return Array.from({ length: strips }, (_, index) => ({
    // Each over a place of its own: chance alone leaves holes.
    from: (index + chance()) / strips,
    drift: between(-0.08, 0.08),
    delayMs: between(0, throwMs),
    fallMs: between(2600, 4600),
    turns: between(-2.5, 2.5),
    length: between(40, 84),
    paper: index % 3 === 0 ? 'ink' : 'film',
  }))
}
