import { awaitsLight, isForAll, isOwedFloor, nextDeadline, stageOf, turnNumbered } from '../ask.ts'
import {
  areStandingsUp,
  whyNotOpen,
  whyNotPause,
  whyNotReveal,
  whyNotShowStandings,
  whyNotSkip,
  whyNotTakeBreak,
} from '../why.ts'
import { answersClosed } from '../answers.ts'
import type { Draft } from '../events.ts'
import { entriesOf } from '../shards.ts'
import { opening, settled } from '../clocks.ts'
import { showAll } from '../show-all.ts'
import { refuse } from '../refusals.ts'
import type { Ms } from '../../ids.ts'
import type { Split, Turn } from '../state.ts'
import type { Rule } from './rule.ts'

function splitOf({ secret }: Turn): Split {
  const split: Split = { right: 0, partly: 0, wrong: 0 }
  for (const [, verdict] of secret.votes ? entriesOf(secret.votes) : []) split[verdict]++
  return split
}

export const openBuzzers: Rule<'openBuzzers'> = (state, { turn, ...lighting }, now) => {
  if (state.turn?.turn !== turn) return refuse('question-closed')
  const why = whyNotOpen(state)
  return why ? refuse(why) : [opening(state, state.turn, now, lighting)]
}

export const skip: Rule<'skip'> = (state, { turn }) => {
  if (state.turn?.turn !== turn) return refuse('question-closed')
  const why = whyNotSkip(state)
  return why ? refuse(why) : [{ type: 'turnClosed', turn, reason: 'skipped' }]
}

export const reveal: Rule<'reveal'> = (state, { turn: number }) => {
  if (state.mode === 'study') return showAll(state, number)
  const turn = turnNumbered(state, number)
  if (!turn || turn !== state.turn) return refuse('question-closed')
  if (turn.revealed) return []
  const why = whyNotReveal(state)
  return why ? refuse(why) : [{ type: 'answerRevealed', turn: number, note: turn.secret.note ?? null }]
}

export const pause: Rule<'pause'> = (state) => {
  const why = whyNotPause(state)
  if (why === 'paused') return []
  return why ? refuse(why) : [{ type: 'paused' }]
}

/** Every clock goes on from where it stood; a light that the pause took back has its whole way before it once more. */
export const resume: Rule<'resume'> = (state, { leadMs }, now) => {
  const { pausedAt, turn } = state
  if (pausedAt === null) return []
  const wasAwaited = awaitsLight({ ...state, pausedAt: null }, pausedAt)
  const leastMs = wasAwaited ? now + leadMs - (turn?.opensAt ?? now) : 0
  return [{ type: 'resumed', shiftMs: Math.max(leastMs, now - pausedAt, 0) }]
}

const minute = 60_000

export const takeBreak: Rule<'takeBreak'> = (state, { minutes }, now) => {
  const why = whyNotTakeBreak(state)
  if (why) return refuse(why)
  return [{ type: 'breakBegan', endsAt: minutes === null ? null : now + minutes * minute }]
}

/** So does the next question. */
export const endBreak: Rule<'endBreak'> = ({ break: current }) => (current ? [{ type: 'breakEnded' }] : [])

export const showStandings: Rule<'showStandings'> = (state, { shown }) => {
  if (areStandingsUp(state) === shown) return []
  const why = shown ? whyNotShowStandings(state) : null
  return why ? refuse(why) : [{ type: 'standingsShown', shown }]
}

/** The clock speaks. Any server may say it, also twice: what is decided already is not decided again. */
export const expire: Rule<'expire'> = (state, _command, now) => {
  const deadline = nextDeadline(state)
  const { turn } = state
  if (!turn || deadline === null || now < deadline) return []
  if (turn.floor) return expireFloor(turn, turn.floor, now)
  if (turn.settlesAt !== null || isOwedFloor(state, turn)) return settled(state, turn, now)
  if (isForAll(turn)) return answersClosed(state, turn, 'time-out')
  return [{ type: 'turnClosed', turn: turn.turn, reason: 'time-out' }]
}

/** The time to answer, or the hall's time to vote. */
function expireFloor(turn: Turn, { seat, endsAt, timedOut, jury }: NonNullable<Turn['floor']>, now: Ms): Draft[] {
  if (!timedOut && endsAt !== null && now >= endsAt) return [{ type: 'answerTimedOut', turn: turn.turn, seat }]
  return jury && !jury.split ? [{ type: 'juryClosed', turn: turn.turn, split: splitOf(turn) }] : []
}

export const end: Rule<'end'> = ({ phase, turn, secret }) => {
  if (phase === 'over') return []
  const open = turn && stageOf(turn) !== 'closed'
  return [
    ...(open ? [{ type: 'turnClosed' as const, turn: turn.turn, reason: 'skipped' as const }] : []),
    { type: 'gameEnded', results: secret.resultsId ?? '' },
  ]
}
