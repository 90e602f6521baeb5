import { presets } from '../../fair/presets.ts'
import { freshTrust, spentBy } from '../../fair/score.ts'
import { hasPressed, seatNamed, stageOf, whyNotBuzz } from '../ask.ts'
import { settled } from '../clocks.ts'
import type { CommandOf } from '../commands.ts'
import type { Draft } from '../events.ts'
import { evolve } from '../evolve.ts'
import { refuse } from '../refusals.ts'
import { lookUp } from '../shards.ts'
import type { RoomState, Seat, Turn } from '../state.ts'
import type { Rule } from './rule.ts'

/** What a press before the opening costs; each press while it lasts starts it anew. */
export const falseStartMs = 250

export const buzz: Rule<'buzz'> = (state, command, now) => {
  const { by, turn: number } = command
  const { turn } = state
  const seat = seatNamed(state, by)
  if (!seat || seat.removed) return refuse(seat ? 'removed' : 'no-seat')
  if (turn && turn.turn !== number) return refuse('question-closed')
  const why = whyNotBuzz(state, by)
  if (why || !turn) return refuse(why ?? 'not-started')
  if (hasPressed(turn, by)) return []
  if (isEarly(turn, command)) return [falseStarted(state, turn, command)]
  return pressed(state, turn, buzzed(state, turn, seat, command, now), now)
}

/** Where nobody is waited for, the order is found with the first press. */
function pressed(state: RoomState, turn: Turn, press: Draft & { type: 'buzzed' }, now: number): Draft[] {
  const isAwaited = presets[state.rules.setting].windowMs > 0
  if (isAwaited || press.settlesAt === null) return [press]
  const next = evolve(state, { ...press, at: now, by: press.seat })
  return [press, ...settled(next, next.turn ?? turn, now)]
}

function isEarly(turn: Turn, { by, at, scoreMs }: CommandOf<'buzz'>): boolean {
  return stageOf(turn) === 'reading' || scoreMs < 0 || (turn.secret.early?.[by] ?? 0) > at
}

function falseStarted({ secret }: RoomState, { turn }: Turn, { by: seat, at, trust }: CommandOf<'buzz'>): Draft {
  const before = (secret.trust && lookUp(secret.trust, seat)) ?? freshTrust
  const early = { seat, until: at + falseStartMs }
  return { type: 'falseStarted', turn, secret: { early, trust: { seat, ...spentBy(before, trust) } } }
}

/** The first to come in is not yet the first: others are waited for, but not for long. */
function buzzed(
  state: RoomState,
  turn: Turn,
  { number, name, hidden }: Seat,
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
