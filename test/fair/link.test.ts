import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { linkOf, quantile, type Exchange } from '@knopka/shared/fair'
import { measured, span } from './exchanges.ts'

const runs = { numRuns: 1000 }
/** A hundred parts in a million, twice: the clock may drift one way, and is allowed for the other. */
const driftMs = 2e-4 * 60_000

const stretched = (exchanges: Exchange[], ms: number) =>
  exchanges.map((one) => ({ ...one, rttMs: one.rttMs + ms, cameAt: one.cameAt + ms }))

describe('a phone’s clock', () => {
  test('is known to half of the quickest round trip, whatever it shows and however it drifts', () => {
    fc.assert(
      fc.property(measured(), ({ exchanges, now, offsetMs, resolutionMs }) => {
        const link = linkOf(exchanges, now)
        const off = Math.abs(link.offsetMs - offsetMs)
        expect(off).toBeLessThanOrEqual(link.rttMinMs / 2 + resolutionMs + driftMs + 5)
      }),
      runs,
    )
  })

  test('is off by half of what lies between the two ways, where nothing else disturbs', () => {
    fc.assert(
      fc.property(measured(0.5), ({ exchanges, now, offsetMs, downMs, upMs, resolutionMs }) => {
        const off = linkOf(exchanges, now).offsetMs - offsetMs - (downMs - upMs) / 2
        expect(off).toBeGreaterThanOrEqual(-resolutionMs - 1)
        expect(off).toBeLessThanOrEqual(resolutionMs + driftMs + 5 + 1)
      }),
      runs,
    )
  })

  test('that is moved moves what is known of it, and nothing else', () => {
    fc.assert(
      fc.property(measured(), fc.integer({ min: -1e6, max: 1e6 }), ({ exchanges, now }, movedMs) => {
        const moved = exchanges.map((one) => ({ ...one, phoneClock: one.phoneClock + movedMs }))
        const [before, after] = [linkOf(exchanges, now), linkOf(moved, now)]
        expect(after.offsetMs - before.offsetMs).toBeCloseTo(movedMs, 3)
        for (const key of ['rttMinMs', 'rttMedianMs', 'uplinkMs', 'downlinkMs', 'uplinkMostMs'] as const) {
          expect(after[key]).toBeCloseTo(before[key], 3)
        }
      }),
      runs,
    )
  })
})

describe('a link', () => {
  test('is never not a number, whatever a phone says of its clock', () => {
    const said = fc.double({ noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(measured(), fc.array(said, { minLength: 80, maxLength: 80 }), ({ exchanges, now }, clocks) => {
        const lying = exchanges.map((one, index) => ({ ...one, phoneClock: clocks[index] as number }))
        expect(Object.values(linkOf(lying, now)).some(Number.isNaN)).toBe(false)
      }),
      runs,
    )
  })

  test('is known from one exchange on', () => {
    const exchange = { sentAt: 1000, cameAt: 1040, phoneClock: 520.3, rttMs: 40 }
    const link = linkOf([exchange], 2000)
    expect(link).toMatchObject({ rttMinMs: 40, rttMedianMs: 40, uplinkMs: 21.5 })
    expect(link.offsetMs).toBeCloseTo(520.3 - 1000 + 0.1 + 0.05 - 20)
  })

  const trip = (rttMs: number, agoMs: number): Exchange => {
    const cameAt = 100_000 - agoMs
    return { sentAt: cameAt - rttMs, cameAt, phoneClock: cameAt - rttMs / 2 + 0.3, rttMs }
  }

  test('is expected to take half of its quickest trip, six tenths of its usual jitter, and a moment', () => {
    const trips = Array.from({ length: 20 }, (_, index) => trip(index % 2 ? 60 : 40, 10_000 - index))
    const usualMs = (10 * 40 + 9 * 60) / 19
    expect(linkOf(trips, 100_000).uplinkMs).toBeCloseTo(20 + 0.6 * (usualMs - 40) + 1.5)
  })

  test('in trouble is expected to take longer at once, by 150 ms of jitter at most', () => {
    const calm = Array.from({ length: 76 }, (_, index) => trip(40, 50_000 - index))
    const troubled = (rttMs: number, count: number) =>
      linkOf([...calm, ...Array.from({ length: count }, (_, index) => trip(rttMs, 2000 - index))], 100_000).uplinkMs
    expect(troubled(140, 3)).toBeCloseTo(20 + 1.5)
    expect(troubled(140, 4)).toBeCloseTo(20 + 0.6 * 100 + 1.5)
    expect(troubled(900, 4)).toBeCloseTo(20 + 0.6 * 150 + 1.5)
  })

  test('never looks nearer by what a phone says: no clock shortens the expected way up', () => {
    fc.assert(
      fc.property(measured(), span(-1e6, 1e6), ({ exchanges, now }, lieMs) => {
        const lying = exchanges.map((one, index) => (index % 3 ? one : { ...one, phoneClock: one.phoneClock + lieMs }))
        expect(linkOf(lying, now).uplinkMs).toBe(linkOf(exchanges, now).uplinkMs)
      }),
      runs,
    )
  })

  test('has no longer way down than its round trips bear out, whatever its phone says', () => {
    fc.assert(
      fc.property(measured(), span(-1e6, 1e6), fc.nat(79), ({ exchanges, now }, lieMs, liars) => {
        const lying = exchanges.map((one, index) =>
          index <= liars ? { ...one, phoneClock: one.phoneClock + lieMs } : one,
        )
        const { downlinkMs, rttMinMs } = linkOf(lying, now)
        const threeInFour = quantile(
          exchanges.map(({ rttMs }) => rttMs),
          0.75,
        )
        expect(downlinkMs).toBeLessThanOrEqual(threeInFour - rttMinMs / 2 + 1.5)
      }),
      runs,
    )
  })
})

describe('what the kernel measured', () => {
  test('takes off what a phone adds to every round trip, but for 5 ms', () => {
    fc.assert(
      fc.property(measured(), span(30, 400), ({ exchanges, now, downMs, upMs }, addedMs) => {
        const shown = Math.min(...exchanges.map(({ rttMs }) => rttMs)) + addedMs
        const kernelRttMs = Math.min(downMs + upMs, shown - 21)
        const link = linkOf(stretched(exchanges, addedMs), now, kernelRttMs)
        expect(link.rttMinMs).toBeCloseTo(kernelRttMs + 5)
        // What came in later counts as recent for longer: both are read at the same age.
        const spared = linkOf(exchanges, now - addedMs)
        expect(link.uplinkMs).toBeLessThanOrEqual(spared.uplinkMs + 2.5 + 0.001)
      }),
      runs,
    )
  })

  test('and what a phone adds to most round trips, but for 30 ms: a prompt answer now and then hides no delay', () => {
    const trips = (addedMs: number) =>
      Array.from({ length: 80 }, (_, index): Exchange => {
        const rttMs = index % 20 ? 40 + addedMs : 40
        const sentAt = 85_000 + index * 180
        return { sentAt, cameAt: sentAt + rttMs, phoneClock: sentAt + 20, rttMs }
      })
    const seen = (addedMs: number) => linkOf(trips(addedMs), 99_500, 40)
    const { uplinkMs, downlinkMs, rttMinMs } = seen(200)
    expect(rttMinMs).toBe(40)
    expect(uplinkMs).toBeLessThanOrEqual(20 + 0.6 * 30 + 1.5)
    expect(downlinkMs).toBeLessThanOrEqual(20 + 30 + 1.5)
    expect(uplinkMs).toBe(seen(30).uplinkMs)
    expect(seen(29).uplinkMs).toBeLessThan(uplinkMs)
  })

  test('changes nothing where it is close to what the phone shows', () => {
    fc.assert(
      fc.property(measured(5), span(0, 20), ({ exchanges, now }, belowMs) => {
        const honest = linkOf(exchanges, now)
        expect(linkOf(exchanges, now, honest.rttMinMs - belowMs + 1e-6)).toEqual(honest)
      }),
      runs,
    )
  })
})

test('a quantile is one of the values, and its share of them is no greater', () => {
  fc.assert(
    fc.property(fc.array(span(-1e6, 1e6), { minLength: 1 }), span(0, 1), (values, share) => {
      const value = quantile(values, share)
      expect(values).toContain(value)
      const below = values.filter((other) => other < value).length
      expect(below).toBeLessThanOrEqual(Math.round(share * (values.length - 1)))
    }),
    runs,
  )
})
