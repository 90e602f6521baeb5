import fc from 'fast-check'
import type { Exchange, Link } from '@knopka/shared/fair'
import type { Ms } from '@knopka/shared/ids'

const ms = (min: number, max: number) => fc.double({ min, max, noNaN: true })

/** A link and a phone as they are, and what a server saw of them in the minute before `now`. */
export interface Measured {
  now: Ms
  /** The phone's clock minus the server's, at `now`. */
  offsetMs: Ms
  downMs: Ms
  upMs: Ms
  resolutionMs: Ms
  exchanges: Exchange[]
}

interface Trip {
  agoMs: Ms
  downMs: Ms
  upMs: Ms
  mainThreadMs: Ms
}

const trips = (mostJitterMs: Ms) =>
  fc.array(
    fc.record({
      agoMs: ms(1000, 60_000),
      downMs: ms(0, mostJitterMs),
      upMs: ms(0, mostJitterMs),
      mainThreadMs: ms(0, 5),
    }),
    { minLength: 20, maxLength: 80 },
  )

/** Links of any length and unevenness, clocks that are off by any amount and drift as far as quartz does. */
export const measured = (mostJitterMs = 60): fc.Arbitrary<Measured> =>
  fc
    .record({
      offsetMs: ms(-1e9, 1e9),
      drift: ms(-1e-4, 1e-4),
      resolutionMs: fc.constantFrom(0.1, 1),
      downMs: ms(0.2, 200),
      upMs: ms(0.2, 200),
      trips: trips(mostJitterMs),
    })
    .map(({ offsetMs, drift, resolutionMs, downMs, upMs, trips }) => {
      const now = 1e6
      const clockAt = (at: Ms) => Math.floor((at + offsetMs + drift * (at - now)) / resolutionMs) * resolutionMs
      const exchanges = [...trips]
        .sort((a, b) => b.agoMs - a.agoMs)
        .map((trip) => exchange(now - trip.agoMs, downMs + trip.downMs, upMs + trip.upMs, trip, clockAt))
      return { now, offsetMs, downMs, upMs, resolutionMs, exchanges }
    })

function exchange(sentAt: Ms, downMs: Ms, upMs: Ms, { mainThreadMs }: Trip, clockAt: (at: Ms) => Ms): Exchange {
  const readAt = sentAt + downMs + mainThreadMs
  return { sentAt, cameAt: readAt + upMs, phoneClock: clockAt(readAt), rttMs: downMs + upMs }
}

/** What may come out of a measurement. */
export const links: fc.Arbitrary<Link> = fc
  .record({ offsetMs: ms(-1e9, 1e9), downMs: ms(0, 400), upMs: ms(0, 400), jitterMs: ms(0, 200) })
  .map(({ offsetMs, downMs, upMs, jitterMs }) => ({
    offsetMs,
    rttMinMs: downMs + upMs,
    rttMedianMs: downMs + upMs + jitterMs / 2,
    uplinkMs: (downMs + upMs) / 2 + jitterMs / 2,
    downlinkMs: (downMs + upMs) / 2 + jitterMs / 4,
    uplinkMostMs: (downMs + upMs) / 2 + jitterMs,
  }))

export const span = ms
