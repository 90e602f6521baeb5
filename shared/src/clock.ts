import type { Ms } from './ids.ts'

/** One exchange with the server: when the answer came, on our clock; what the server's clock said; the round trip. */
export interface ClockSample {
  here: Ms
  there: Ms
  rttMs: Ms
}

/** Older samples say little about a clock that drifts and a link that changes. */
const samplesKept = 32

/**
 * How far this device's clock is from the server's.
 * @param samples newest last; the last 32 count
 * @returns `offsetMs` (server minus device) and `errorMs` (half of the shortest round trip)
 * @throws {RangeError} when `samples` is empty
 * @see F. Cristian, "Probabilistic clock synchronization", 1989
 */
export function estimateOffset(samples: readonly ClockSample[]): { offsetMs: Ms; errorMs: Ms } {
  if (samples.length === 0) throw new RangeError('An offset needs at least one sample')
  const best = samples.slice(-samplesKept).reduce((best, sample) => (sample.rttMs < best.rttMs ? sample : best))
  return { offsetMs: best.there + best.rttMs / 2 - best.here, errorMs: best.rttMs / 2 }
}
