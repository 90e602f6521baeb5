import { createHmac } from 'node:crypto'
import type { Buzz, Choose } from '@knopka/shared/contracts'
import {
  freshTrust,
  presets,
  scoreAfter,
  scorePress,
  type Evidence,
  type Link,
  type Scored,
  type Truth,
} from '@knopka/shared/fair'
import { lookUp, type RoomState, type ScoredPress, type TimedChoice } from '@knopka/shared/game'
import type { Ms, SeatId } from '@knopka/shared/ids'
import { openingKey, type LinkMeter } from './meter.ts'

/** How far an arrival may be off as a press, where the link was never measured. */
const unmeasuredMs = 250
/** Of a choice nobody needs to know the link to the millisecond. */
const noEvidence: Evidence = { stallMs: 0, lateLightMs: 0 }
/** The part of a round trip by which its two ways typically differ: nobody can measure it, and a voice does not wait. */
const asymmetry = 0.1

/** A press as this server scores it: by the phone's own time, as far as the measured link bears it out. */
export function scoredPress(
  meter: LinkMeter,
  { pressedAt, frameWaitMs }: Buzz,
  cameAt: Ms,
  state: RoomState,
  seat: SeatId,
): ScoredPress {
  const { turn, secret, rules } = state
  const { truth, byArrival } = presets[rules.setting]
  const key = turn ? openingKey(turn.turn, turn.openings) : ''
  const opensAt = turn?.opensAt ?? Infinity
  const trust = (secret.trust && lookUp(secret.trust, seat)) ?? freshTrust
  const tieRank = createHmac('sha256', turn?.secret.tieSecret ?? '')
    .update(seat)
    .digest('base64url')
  const link = meter.linkFor(key, cameAt)
  if (!link || byArrival) return { ...asItCame(cameAt, opensAt, truth), trust, tieRank }
  const scored = scorePress(link, trust, { pressedAt, frameWaitMs, cameAt }, meter.evidence(key, cameAt), {
    opensAt,
    truth,
  })
  const { at, scoreMs } = meter.isFrozen(key) ? scored : notBeforeLight(scored, cameAt, opensAt, truth)
  return {
    at,
    scoreMs: tenths(scoreMs),
    certaintyMs: certaintyOf(link, truth),
    cameMs: tenths(cameAt - opensAt),
    overruledMs: tenths(scored.overruledMs),
    trust: scored.trust,
    tieRank,
  }
}

/** A choice as this server times it: from when the options can have been there, since they come with the log. */
export function timedChoice(
  meter: LinkMeter,
  { pressedAt }: Pick<Choose, 'pressedAt'>,
  cameAt: Ms,
  { turn, rules }: RoomState,
): TimedChoice {
  const opensAt = turn?.opensAt ?? Infinity
  const link = presets[rules.setting].byArrival ? null : meter.link(cameAt)
  if (!link) return { at: cameAt, afterMs: Math.max(0, tenths(cameAt - opensAt)) }
  const claim = { pressedAt, frameWaitMs: 0, cameAt }
  const { at } = scorePress(link, freshTrust, claim, noEvidence, { opensAt, truth: 'voice' })
  return { at, afterMs: Math.max(0, tenths(at - opensAt - link.downlinkMs)) }
}

function asItCame(at: Ms, opensAt: Ms, truth: Truth) {
  const scoreMs = tenths(scoreAfter(at - opensAt, truth))
  return { at, scoreMs, certaintyMs: unmeasuredMs, cameMs: tenths(at - opensAt), overruledMs: 0 }
}

/**
 * A phone whose link was not known yet at the opening learnt of it by the log alone. What was measured since was not
 * what its light was timed by, so its error does not cancel, and must not make a false start of an honest press.
 */
function notBeforeLight(scored: Scored, cameAt: Ms, opensAt: Ms, truth: Truth): Pick<Scored, 'at' | 'scoreMs'> {
  if (cameAt < opensAt) return scored
  const at = Math.max(scored.at, opensAt)
  return { at, scoreMs: scoreAfter(at - opensAt, truth) }
}

/** By how much a press over this link may be read wrongly. */
export function certaintyOf({ rttMedianMs, rttMinMs }: Link, truth: Truth): Ms {
  return tenths(1 + (rttMedianMs - rttMinMs) / 2 + (truth === 'voice' ? asymmetry * rttMinMs : 0))
}

/** The log is JSON, which has no infinity: before any opening a press is just far too early. */
const tenths = (ms: Ms): Ms => (Number.isFinite(ms) ? Math.round(ms * 10) / 10 : -1)
