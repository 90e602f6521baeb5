import type { Ms } from '../ids.ts'
import type { Link } from './link.ts'
import type { Truth } from './light.ts'

/** How far a seat is believed beyond what was measured. It fills slowly and drains with every claim. */
export interface Trust {
  /** By how much a press may claim to have travelled longer than expected. */
  budgetMs: Ms
  /** Stalls of the link that will still be excused; one whole one excuses one. */
  stalls: number
  /** Lights that came late and will still be made good. */
  lateLights: number
}

export const freshTrust: Trust = { budgetMs: 20, stalls: 1, lateLights: 1 }

const budgetMostMs = 40
const budgetBackMs = 0.5
const stallsBack = 0.05
const lateLightsBack = 0.08
const excuseMostMs = 250
const excuseLeastMs = 10
const lateLeastMs = 15
/** The greatest delay on one way that is ever made good. */
const compensatedMostMs = 400
/** A 60 Hz screen shows the light half a frame late on average. */
const meanFrameWaitMs = 8.3
const frameMostMs = 17
const absurdFrameMs = 30
/** Nobody reacts to a light faster than this. */
export const reactionLeastMs = 100

/** A press as its phone tells it, and when it came. */
export interface Claim {
  /** The phone's clock at the press. */
  pressedAt: Ms
  /** How long after the light was due the frame came that showed it. */
  frameWaitMs: Ms
  cameAt: Ms
}

/** What this server saw of the link round the press, which no script on the phone can make up. */
export interface Evidence {
  /** The longest round trip of a control ping in the last moments, or the age of one that waits for its answer. */
  stallMs: Ms
  /** How late the light came: what the phone says, bounded by the control ping behind it. */
  lateLightMs: Ms
}

export interface Scored {
  /** When the press counts as made, on the server's clock. */
  at: Ms
  /** The same, after the light. Negative: before it. */
  scoreMs: Ms
  /** By how much the phone's own time was overruled. */
  overruledMs: Ms
  trust: Trust
}

/**
 * When a press counts as made. The phone's own time is taken as far as the measured link, and what is left of the
 * seat's budget, allow: who always claims too much drains it and gains nothing.
 * @see the fault detector of E. S. Page, "Continuous inspection schemes", 1954 (CUSUM)
 */
export function scorePress(
  link: Link,
  trust: Trust,
  claim: Claim,
  evidence: Evidence,
  light: { opensAt: Ms; truth: Truth },
): Scored {
  const { cameAt } = claim
  const claimedAt = Math.min(claim.pressedAt - link.offsetMs - beyondMeanFrame(claim.frameWaitMs, light.truth), cameAt)
  const claimedMs = cameAt - claimedAt
  const excusedMs = excused(link, trust, claimedMs, evidence.stallMs)
  const travelledMs = Math.min(claimedMs, link.uplinkMs + trust.budgetMs + excusedMs, compensatedMostMs)
  const creditMs = light.truth === 'light' ? lateLightCredit(trust, evidence.lateLightMs) : 0
  const at = cameAt - travelledMs - creditMs
  return {
    at,
    scoreMs: scoreAfter(at - light.opensAt, light.truth),
    overruledMs: claimedMs - travelledMs,
    trust: {
      budgetMs: clamp(trust.budgetMs - (travelledMs - excusedMs - link.uplinkMs) + budgetBackMs, 0, budgetMostMs),
      stalls: Math.min(1, trust.stalls - (excusedMs > 0 ? 1 : 0) + stallsBack),
      lateLights: Math.min(1, trust.lateLights - (creditMs > 0 ? 1 : 0) + lateLightsBack),
    },
  }
}

/** What is before the light stays before it; a reaction faster than any human's earns no more than the fastest. */
export const scoreAfter = (sinceLightMs: Ms, truth: Truth): Ms =>
  truth === 'light' && sinceLightMs >= 0 ? Math.max(sinceLightMs, reactionLeastMs) : sinceLightMs

/**
 * What is left of a trust by a press that does not count. It pays for what it claimed and earns nothing: else whoever
 * presses for nothing would be believed anew each time.
 */
export const spentBy = (trust: Trust, after: Trust): Trust => ({
  budgetMs: Math.min(trust.budgetMs, after.budgetMs),
  stalls: Math.min(trust.stalls, after.stalls),
  lateLights: Math.min(trust.lateLights, after.lateLights),
})

/** The mean wait is in everyone's claim; what goes beyond it is claimed, and paid from the budget like the rest. */
function beyondMeanFrame(frameWaitMs: Ms, truth: Truth): Ms {
  if (truth === 'voice' || frameWaitMs > absurdFrameMs) return 0
  return clamp(frameWaitMs, 0, frameMostMs) - meanFrameWaitMs
}

function excused({ uplinkMs, rttMinMs }: Link, { budgetMs, stalls }: Trust, claimedMs: Ms, stallMs: Ms): Ms {
  const missingMs = claimedMs - uplinkMs - budgetMs
  const provenMs = Math.min(excuseMostMs, stallMs - rttMinMs / 2 - uplinkMs)
  if (missingMs <= excuseLeastMs || provenMs <= excuseLeastMs || stalls < 1) return 0
  return Math.min(missingMs, provenMs)
}

function lateLightCredit({ lateLights }: Trust, lateMs: Ms): Ms {
  const credit = Math.min(lateMs, excuseMostMs)
  return credit > lateLeastMs && lateLights >= 1 ? credit : 0
}

const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value))
