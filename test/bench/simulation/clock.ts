import type { Ms } from '@knopka/shared/ids'
import type { Random } from '@knopka/shared/random'
import { between } from './chance.ts'

/** A phone's monotonic clock: begun at some other moment, a little fast or slow, and rounded by the browser. */
export interface PhoneClock {
  offsetMs: Ms
  /** How much too fast it runs, as a share. */
  drift: number
  resolutionMs: Ms
}

export const drawClock = (random: Random): PhoneClock => ({
  offsetMs: between(random, [-1e6, 1e6]),
  drift: between(random, [-1e-4, 1e-4]),
  resolutionMs: random() < 0.7 ? 0.1 : 1,
})

export const exactAt = ({ offsetMs, drift }: PhoneClock, at: Ms): Ms => at * (1 + drift) + offsetMs

/** What the phone reads at a true instant. */
export function readAt(clock: PhoneClock, at: Ms): Ms {
  const exact = exactAt(clock, at)
  // Tenths are divided, not multiplied: 0.1 has no exact binary form, and whole numbers must stay whole.
  return clock.resolutionMs === 1 ? Math.floor(exact) : Math.floor(exact * 10) / 10
}

/** The true instant at which the phone's clock shows `reading`. */
export const whenShows = ({ offsetMs, drift }: PhoneClock, reading: Ms): Ms => (reading - offsetMs) / (1 + drift)
