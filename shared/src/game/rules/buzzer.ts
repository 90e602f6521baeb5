import type { Ms } from '../../ids.ts'
import { hasPressed, stageOf, whyNotBuzz } from '../ask.ts'
import { floor } from '../clocks.ts'
import { refuse } from '../refusals.ts'
import type { Turn } from '../state.ts'
import type { Rule } from './rule.ts'

/** What a press before the opening costs; each press while it lasts starts it anew. */
export const falseStartMs = 250

export const buzz: Rule<'buzz'> = (state, { by, turn: number, scoreMs, certaintyMs }, now) => {
  const { turn } = state
  const seat = state.secret.roster?.[by]
  if (!seat || seat.removed) return refuse(seat ? 'removed' : 'no-seat')
  if (turn && turn.turn !== number) return refuse('question-closed')
  const why = whyNotBuzz(state, by)
  if (why || !turn) return refuse(why ?? 'not-started')
  if (hasPressed(turn, by)) return []
  if (isEarly(turn, by, scoreMs, now)) {
    return [{ type: 'falseStarted', turn: number, secret: { early: { seat: by, until: now + falseStartMs } } }]
  }
  const { name, hidden } = seat
  const buzzed = {
    type: 'buzzed',
    turn: number,
    seat: by,
    number: seat.number,
    name,
    hidden,
    scoreMs,
    certaintyMs,
  } as const
  return stageOf(turn) === 'open' ? [buzzed, floor(state, number, by, now)] : [buzzed]
}

function isEarly(turn: Turn, seat: string, scoreMs: Ms, now: Ms): boolean {
  return stageOf(turn) === 'reading' || scoreMs < 0 || (turn.secret.early?.[seat] ?? 0) > now
}
