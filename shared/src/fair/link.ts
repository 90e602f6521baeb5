import type { Ms } from '../ids.ts'

/** One exchange with a phone, on two clocks: the server's, and the phone's own monotonic one. */
export interface Exchange {
  sentAt: Ms
  cameAt: Ms
  /** The phone's clock as it read the probe. */
  phoneClock: Ms
  /** The shortest round trip that this exchange proves: of the answer, or of the control ping beneath it. */
  rttMs: Ms
}

/** What one link does to time, as measured. Frozen while the buzzers are open, so that light and press are read alike. */
export interface Link {
  /** The phone's clock minus the server's. */
  offsetMs: Ms
  rttMinMs: Ms
  rttMedianMs: Ms
  /** How long a press is expected to travel. */
  uplinkMs: Ms
  /** How long three of four messages to the phone take at most. */
  downlinkMs: Ms
  /** How long 99 of 100 messages from the phone take at most. */
  uplinkMostMs: Ms
}

/** Quartz drifts up to 100 parts in a million: a reading says less about now the older it is. */
const driftPerMs = 1e-4
/** The share of the jitter that lies on the way up. */
const uplinkShare = 0.6
/** What a phone's busy main thread adds on average. */
const mainThreadMs = 1.5
/** The share of lights that are to come in time. */
const lightInTimeShare = 0.75
/** The slowest of twenty say nothing about the rest. */
const usualShare = 0.95
const recentMs = 2500
const recentLeast = 4
/** A link in trouble is believed to be this much slower than usual, and no more. */
const troubleMostMs = 150
/** From here on, what the kernel measured and what the phone shows are two different links. */
const inflatedFromMs = 20
const inflatedRestMs = 5
/**
 * How much longer than the kernel's shortest round trip any other is believed to take, where the kernel was asked: to
 * let a few answers through and hold back the rest is as easy as to hold back all. More of it leaves a liar more,
 * less of it takes from mobile links what their jitter is due.
 */
const jitterMostMs = 30

/**
 * @param exchanges of the last minute, oldest first; at least one
 * @param kernelRttMs the shortest round trip that the kernel measured, where it is known: no script can stretch it
 */
export function linkOf(exchanges: readonly Exchange[], now: Ms, kernelRttMs: Ms | null = null): Link {
  const excessMs = inflation(exchanges, kernelRttMs)
  const trips = exchanges.map(({ rttMs }) => rttMs - excessMs)
  const byLength = inOrder(trips)
  const believed = trips.map((trip) => Math.min(trip, (kernelRttMs ?? Infinity) + jitterMostMs))
  const believedByLength = inOrder(believed)
  const rttMinMs = at(byLength, 0)
  const offsetMs = offsetOf(exchanges, now, rttMinMs)
  return {
    offsetMs,
    rttMinMs,
    rttMedianMs: at(byLength, 0.5),
    uplinkMs: expectedUplink(believedByLength, lately(exchanges, believed, now)),
    downlinkMs: Math.min(
      quantile(
        exchanges.map(({ sentAt, phoneClock }) => phoneClock - offsetMs - sentAt),
        lightInTimeShare,
      ),
      downlinkProven(believedByLength),
    ),
    uplinkMostMs: quantile(
      exchanges.map(({ cameAt, phoneClock }) => cameAt - (phoneClock - offsetMs)),
      0.99,
    ),
  }
}

/** How much longer every round trip is shown than the link makes it: to be taken off whatever is read from it. */
export function inflation(exchanges: readonly Exchange[], kernelRttMs: Ms | null): Ms {
  if (kernelRttMs === null || exchanges.length === 0) return 0
  const shown = Math.min(...exchanges.map(({ rttMs }) => rttMs))
  return shown - kernelRttMs > inflatedFromMs ? shown - kernelRttMs - inflatedRestMs : 0
}

/** The quickest way down that was seen says most; half of the quickest round trip is taken off it. */
function offsetOf(exchanges: readonly Exchange[], now: Ms, rttMinMs: Ms): Ms {
  const seen = exchanges.map(({ sentAt, phoneClock }) => phoneClock - sentAt + driftPerMs * (now - sentAt))
  return Math.min(...seen) + resolutionOf(exchanges) / 2 - rttMinMs / 2
}

/** Browsers round their clocks, to a tenth of a millisecond or to a whole one. */
function resolutionOf(exchanges: readonly Exchange[]): Ms {
  return exchanges.every(({ phoneClock }) => Number.isInteger(phoneClock)) ? 1 : 0.1
}

/**
 * The longest way down that the round trips bear out. A phone's own readings could stretch it at will, and a phone
 * that is thought to be far is sent its light before everyone else.
 */
function downlinkProven(byLength: Float64Array): Ms {
  return at(byLength, lightInTimeShare) - at(byLength, 0) / 2 + mainThreadMs
}

function expectedUplink(byLength: Float64Array, latelyMs: Ms | null): Ms {
  const rttMinMs = at(byLength, 0)
  const usual = mean(byLength.subarray(0, Math.max(1, Math.ceil(byLength.length * usualShare))))
  const slow = Math.max(usual, Math.min(latelyMs ?? usual, usual + troubleMostMs))
  return rttMinMs / 2 + uplinkShare * (slow - rttMinMs) + mainThreadMs
}

/** How long round trips take at the moment; null where too few say so. */
function lately(exchanges: readonly Exchange[], trips: readonly Ms[], now: Ms): Ms | null {
  const recent = trips.filter((_, index) => now - (exchanges[index] as Exchange).cameAt <= recentMs)
  return recent.length >= recentLeast ? quantile(recent, 0.5) : null
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Numbers of one kind sort several times as fast as a list that may hold anything, and every opening sorts a dozen. */
const inOrder = (values: readonly number[]): Float64Array => new Float64Array(values).sort()

const at = (sorted: Float64Array, share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0

/** @param share 0 to 1; between two values the nearer one */
export const quantile = (values: readonly number[], share: number): number => at(inOrder(values), share)
