import { presets } from '../../fair/presets.ts'
import { freshTrust, reactionLeastMs, spentBy } from '../../fair/score.ts'
import { hasPressed, seatNamed, stageOf } from '../ask.ts'
import { whyNotBuzz } from '../why.ts'
import { settled } from '../clocks.ts'
import type { CommandOf } from '../commands.ts'
import type { Draft } from '../events.ts'
import { evolve } from '../evolve.ts'
import { refuse } from '../refusals.ts'
import { lookUp } from '../shards.ts'
import type { RoomState, Rules, Seat, Turn } from '../state.ts'
import type { Rule } from './rule.ts'

/** What a press before the opening costs; each press while it lasts starts it anew. */
export const falseStartMs = 250
/** In a strict room it costs at least so much of the opening. */
const strictLockMs = 500

export const buzz: Rule<'buzz'> = (state, command, now) => {
  const { by, turn: number } = command
  const { turn } = state
  const seat = seatNamed(state, by)
  if (!seat || seat.removed) return refuse(seat ? 'removed' : 'no-seat')
  if (turn && turn.turn !== number) return refuse('question-closed')
  const why = whyNotBuzz(state, by)
  if (why || !turn) return refuse(why ?? 'not-started')
  if (hasPressed(turn, by)) return []
  if (isEarly(state.rules, turn, command)) return [falseStarted(state, turn, command)]
  return pressed(state, turn, buzzed(state, turn, seat, command, now), now)
}

/** Where nobody is waited for, the order is found with the first press. */
function pressed(state: RoomState, turn: Turn, press: Draft & { type: 'buzzed' }, now: number): Draft[] {
  const isAwaited = presets[state.rules.setting].windowMs > 0
  if (isAwaited || press.settlesAt === null) return [press]
  const next = evolve(state, { ...press, at: now, by: press.seat })
  return [press, ...settled(next, next.turn ?? turn, now)]
}

function isEarly({ strict }: Rules, turn: Turn, { by, at, scoreMs }: CommandOf<'buzz'>): boolean {
  if (stageOf(turn) === 'reading' || scoreMs < 0 || (turn.secret.early?.[by] ?? 0) > at) return true
  // By the instant itself: scores do not go below what a reaction takes.
  return strict === true && at < (turn.opensAt ?? 0) + reactionLeastMs
}

function falseStarted({ rules, secret }: RoomState, turn: Turn, { by: seat, at, trust }: CommandOf<'buzz'>): Draft {
  const before = (secret.trust && lookUp(secret.trust, seat)) ?? freshTrust
  const leastUntil = rules.strict && stageOf(turn) === 'open' ? (turn.opensAt ?? 0) + strictLockMs : 0
  const early = { seat, until: Math.max(at + falseStartMs, leastUntil) }
  return { type: 'falseStarted', turn: turn.turn, secret: { early, trust: { seat, ...spentBy(before, trust) } } }
}

/** The first to come in is not yet the first: others are waited for, but not for long. */
function buzzed(
  state: RoomState,
  turn: Turn,
  { number, name, hidden, team }: Seat,
  press: CommandOf<'buzz'>,
  now: number,
): Draft & { type: 'buzzed' } {
  const { by: seat, scoreMs, certaintyMs, cameMs, overruledMs, trust, tieRank } = press
  const last = turn.presses.at(-1)
  const isFirst = stageOf(turn) === 'open' && turn.settlesAt === null
  return {
    type: 'buzzed',
    turn: turn.turn,
    seat,
    number,
    name,
    hidden,
    ...(team ? { team } : {}),
    arrival: last?.opening === turn.openings ? last.arrival + 1 : 0,
    scoreMs,
    certaintyMs,
    cameMs,
    overruledMs,
    settlesAt: isFirst ? now + presets[state.rules.setting].windowMs : null,
    secret: { trust: { seat, ...trust }, tieRank },
  }
}

/** A server has seen that no earlier press can come in any more. Any may say it, also twice. */
export const settle: Rule<'settle'> = (state, { turn: number, opening }, now) => {
  const { turn } = state
  if (!turn || turn.turn !== number || turn.openings !== opening || turn.settlesAt === null) return []
  return state.pausedAt === null ? settled(state, turn, now) : []
}
