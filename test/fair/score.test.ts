import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  freshTrust,
  scorePress,
  type Claim,
  type Evidence,
  type Link,
  type Trust,
  type Truth,
} from '@knopka/shared/fair'
import { links, span } from './exchanges.ts'

const runs = { numRuns: 1000 }
const opensAt = 1e6
const noEvidence: Evidence = { stallMs: 0, lateLightMs: 0 }
const truths = fc.constantFrom<Truth>('light', 'voice')
const trusts: fc.Arbitrary<Trust> = fc.record({ budgetMs: span(0, 40), stalls: span(0, 1), lateLights: span(0, 1) })
const evidences: fc.Arbitrary<Evidence> = fc.record({ stallMs: span(0, 2000), lateLightMs: span(-500, 2000) })

/** A press that came so long after the light, and claims to have been on its way for so long. */
interface Told {
  cameMs: number
  travelledMs: number
  frameWaitMs: number
}

const told: fc.Arbitrary<Told> = fc.record({
  cameMs: span(-500, 3000),
  travelledMs: span(-500, 3000),
  frameWaitMs: fc.oneof(span(0, 17), span(-100, 1000)),
})

const claimOf = ({ offsetMs }: Link, { cameMs, travelledMs, frameWaitMs }: Told): Claim => ({
  pressedAt: opensAt + cameMs - travelledMs + offsetMs,
  frameWaitMs,
  cameAt: opensAt + cameMs,
})

describe('the order of presses', () => {
  test('is that of their stamps, however long each was on its way, where links bear the stamps out', () => {
    const presses = fc.array(
      fc.record({ link: links, trust: trusts, afterMs: span(101, 2000), ways: fc.tuple(span(0, 1), span(0, 1)) }),
      {
        minLength: 2,
        maxLength: 8,
      },
    )
    fc.assert(
      fc.property(presses, truths, (presses, truth) => {
        const scores = [0, 1].map((way) =>
          presses.map(({ link, trust, afterMs, ways }) => {
            const longestMs = Math.min(400, link.uplinkMs + trust.budgetMs)
            const travelledMs = (ways[way] as number) * longestMs
            const claim = claimOf(link, { cameMs: afterMs + travelledMs, travelledMs, frameWaitMs: 8.3 })
            return scorePress(link, trust, claim, noEvidence, { opensAt, truth }).scoreMs
          }),
        )
        presses.forEach(({ afterMs }, index) => {
          expect(scores[0]?.[index]).toBeCloseTo(afterMs, 3)
          expect(scores[1]?.[index]).toBeCloseTo(afterMs, 3)
        })
      }),
      runs,
    )
  })
})

describe('a press', () => {
  test('is never scored before its link lets it have been made, nor after it came', () => {
    fc.assert(
      fc.property(links, trusts, told, span(0, 2000), truths, (link, trust, press, stallMs, truth) => {
        const claim = claimOf(link, press)
        const { at } = scorePress(link, trust, claim, { stallMs, lateLightMs: 0 }, { opensAt, truth })
        const excuseMs = trust.stalls >= 1 ? Math.max(0, Math.min(250, stallMs - link.rttMinMs / 2 - link.uplinkMs)) : 0
        expect(at).toBeLessThanOrEqual(claim.cameAt)
        expect(at).toBeGreaterThanOrEqual(claim.cameAt - link.uplinkMs - trust.budgetMs - excuseMs - 1e-6)
        expect(at).toBeGreaterThanOrEqual(claim.cameAt - 400)
      }),
      runs,
    )
  })

  test('is held where it can be, however absurd its numbers', () => {
    const absurd = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(0, -1, -1e15, 1e15, Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE),
    )
    fc.assert(
      fc.property(
        links,
        trusts,
        absurd,
        absurd,
        evidences,
        truths,
        (link, trust, pressedAt, frameWaitMs, evidence, truth) => {
          const cameAt = opensAt + 500
          const scored = scorePress(link, trust, { pressedAt, frameWaitMs, cameAt }, evidence, { opensAt, truth })
          const numbers = [scored.at, scored.scoreMs, scored.overruledMs, ...(Object.values(scored.trust) as number[])]
          expect(numbers.some(Number.isNaN)).toBe(false)
          expect(scored.at).toBeLessThanOrEqual(cameAt)
          expect(scored.at).toBeGreaterThanOrEqual(cameAt - 400 - 250)
          expect(scored.scoreMs).toBeLessThanOrEqual(500)
        },
      ),
      runs,
    )
  })

  test('before the light stays before it; after it, nobody is faster than a tenth of a second', () => {
    fc.assert(
      fc.property(links, trusts, told, (link, trust, press) => {
        const { at, scoreMs } = scorePress(link, trust, claimOf(link, press), noEvidence, { opensAt, truth: 'light' })
        if (at < opensAt) expect(scoreMs).toBeLessThan(0)
        else expect(scoreMs).toBe(Math.max(at - opensAt, 100))
      }),
      runs,
    )
  })

  test('by light counts from the frame that showed it: the mean wait is in every score', () => {
    const withinReach = fc.record({ cameMs: span(600, 2000), travelledMs: span(0, 10), frameWaitMs: span(0, 17) })
    fc.assert(
      fc.property(links, withinReach, (link, press) => {
        const light = { opensAt, truth: 'light' } as const
        const shown = { ...link, uplinkMs: 30 }
        const score = (waitMs: number) =>
          scorePress(shown, freshTrust, claimOf(link, { ...press, frameWaitMs: waitMs }), noEvidence, light).scoreMs
        const pressedMs = press.cameMs - press.travelledMs
        expect(score(press.frameWaitMs)).toBeCloseTo(Math.min(press.cameMs, pressedMs - press.frameWaitMs + 8.3), 3)
        expect(score(31)).toBeCloseTo(pressedMs, 3)
      }),
      runs,
    )
  })

  test('by voice counts from the opening on, and frames do not matter', () => {
    fc.assert(
      fc.property(links, trusts, told, evidences, (link, trust, press, evidence) => {
        const light = { opensAt, truth: 'voice' } as const
        const scored = scorePress(link, trust, claimOf(link, press), evidence, light)
        expect(scored.scoreMs).toBe(scored.at - opensAt)
        expect(scorePress(link, trust, claimOf(link, { ...press, frameWaitMs: 0 }), evidence, light)).toEqual(scored)
      }),
      runs,
    )
  })
})

describe('a lie', () => {
  test('never gains more in one round than the budget', () => {
    fc.assert(
      fc.property(
        links,
        trusts,
        span(101, 2000),
        span(0, 3000),
        span(0, 17),
        truths,
        (link, trust, cameMs, lieMs, frameWaitMs, truth) => {
          const travelledMs = link.uplinkMs
          const fair = claimOf(link, { cameMs: cameMs + travelledMs, travelledMs, frameWaitMs: 8.3 })
          const lie = { ...fair, pressedAt: fair.pressedAt - lieMs, frameWaitMs }
          const at = (claim: Claim) => scorePress(link, trust, claim, noEvidence, { opensAt, truth }).at
          expect(at(fair) - at(lie)).toBeLessThanOrEqual(trust.budgetMs + 1e-6)
        },
      ),
      runs,
    )
  })

  test('told again and again gains half a millisecond a round, whatever it claims and when', () => {
    fc.assert(
      fc.property(links, fc.array(span(-100, 500), { minLength: 1, maxLength: 300 }), truths, (link, lies, truth) => {
        const gained = gains(link, lies, truth)
        const total = gained.reduce((sum, ms) => sum + ms, 0)
        expect(total).toBeLessThanOrEqual(freshTrust.budgetMs + 0.5 * lies.length + 1e-3)
      }),
      runs,
    )
  })

  test('of the same size each time comes to nothing', () => {
    fc.assert(
      fc.property(links, span(1, 1000), truths, (link, lieMs, truth) => {
        const gained = gains(link, Array<number>(1000).fill(lieMs), truth)
        const lately = gained.slice(-500)
        expect(lately.reduce((sum, ms) => sum + ms, 0) / lately.length).toBeLessThanOrEqual(0.55)
      }),
      { numRuns: 100 },
    )
  })
})

/** By how much each round's press is scored before what its link makes of it, one trust through all rounds. */
function gains(link: Link, lies: readonly number[], truth: Truth): number[] {
  let trust = freshTrust
  return lies.map((lieMs) => {
    const travelledMs = link.uplinkMs + lieMs
    const claim = claimOf(link, { cameMs: 5000, travelledMs, frameWaitMs: 8.3 })
    const scored = scorePress(link, trust, claim, noEvidence, { opensAt, truth })
    trust = scored.trust
    return claim.cameAt - link.uplinkMs - scored.at
  })
}

describe('trust', () => {
  test('stays within its bounds, whatever is claimed and seen', () => {
    const rounds = fc.array(fc.tuple(told, evidences), { minLength: 1, maxLength: 100 })
    fc.assert(
      fc.property(links, rounds, truths, (link, rounds, truth) => {
        let trust = freshTrust
        for (const [press, evidence] of rounds) {
          trust = scorePress(link, trust, claimOf(link, press), evidence, { opensAt, truth }).trust
          expect(trust.budgetMs).toBeGreaterThanOrEqual(0)
          expect(trust.budgetMs).toBeLessThanOrEqual(40)
          for (const share of [trust.stalls, trust.lateLights]) {
            expect(share).toBeGreaterThanOrEqual(0)
            expect(share).toBeLessThanOrEqual(1)
          }
        }
      }),
      runs,
    )
  })

  const link: Link = { offsetMs: 7, rttMinMs: 40, rttMedianMs: 44, uplinkMs: 24, downlinkMs: 22, uplinkMostMs: 40 }
  const late = claimOf(link, { cameMs: 700, travelledMs: 224, frameWaitMs: 8.3 })
  const byLight = { opensAt, truth: 'light' } as const

  test('excuses a stall that the control pings saw, once, and then not for twenty presses', () => {
    const stall = { stallMs: 300, lateLightMs: 0 }
    const first = scorePress(link, freshTrust, late, stall, byLight)
    expect(first.overruledMs).toBeCloseTo(0)
    // What was excused is not paid from the budget; the rest of the claim took all of it.
    expect(first.trust.budgetMs).toBeCloseTo(0.5)
    let { trust } = first
    const excused = Array.from({ length: 40 }, () => {
      const scored = scorePress(link, trust, late, stall, byLight)
      trust = scored.trust
      return scored.overruledMs < 1
    })
    expect(excused.flatMap((yes, index) => (yes ? [index + 1] : []))).toEqual([20, 40])
  })

  test('excuses no stall that nobody saw', () => {
    expect(scorePress(link, freshTrust, late, noEvidence, byLight).overruledMs).toBeCloseTo(224 - 24 - 20)
  })

  test('makes a late light good, up to 250 ms, and then not for a dozen presses', () => {
    const press = claimOf(link, { cameMs: 1000, travelledMs: 24, frameWaitMs: 31 })
    let trust = freshTrust
    const scores = Array.from({ length: 15 }, () => {
      const scored = scorePress(link, trust, press, { stallMs: 0, lateLightMs: 900 }, byLight)
      trust = scored.trust
      return Math.round(scored.scoreMs)
    })
    expect(scores.flatMap((ms, index) => (ms === 726 ? [index] : []))).toEqual([0, 13])
    expect(new Set(scores)).toEqual(new Set([726, 976]))
  })
})
