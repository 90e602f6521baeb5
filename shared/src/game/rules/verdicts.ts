import type { Ms, SeatId } from '../../ids.ts'
import { nextInQueue, seatNamed, someoneIsLeft, stageOf, teamNumbered, turnNumbered, verdictOf } from '../ask.ts'
import { whyNotJudge } from '../why.ts'
import { evolve } from '../evolve.ts'
import type { Lighting } from '../commands.ts'
import type { Draft } from '../events.ts'
import { floor, opening } from '../clocks.ts'
import { refuse } from '../refusals.ts'
import { placeToAnswer, pointsFor, rulesFor } from '../scores.ts'
import type { Correction, RoomState, Turn, Verdict } from '../state.ts'
import type { Rule, Ruling } from './rule.ts'

/** Judges who answers now, or mends a verdict of this question or of any before it. */
export const giveVerdict: Rule<'giveVerdict'> = (state, { turn: number, seat, verdict, ...lighting }, now) => {
  const turn = turnNumbered(state, number)
  if (!turn) return refuse('question-closed')
  if (!turn.presses.some((press) => press.seat === seat)) return refuse('never-pressed')
  if (turn === state.turn && turn.floor?.seat === seat) return judge(state, seat, verdict, lighting, now)
  return mend(state, turn, seat, verdict, lighting, now)
}

function judge(state: RoomState, seat: SeatId, verdict: Verdict, lighting: Lighting, now: Ms): Ruling {
  const why = whyNotJudge(state)
  if (why || !state.turn) return refuse(why ?? 'nobody-answers')
  return withConsequence(state, [given(state, state.turn, seat, verdict)], verdict, lighting, now)
}

function mend(state: RoomState, turn: Turn, seat: SeatId, verdict: Verdict, lighting: Lighting, now: Ms): Ruling {
  const before = verdictOf(turn, seat)
  if (before?.verdict === verdict) return refuse('already-judged')
  if (!before && stageOf(turn) !== 'closed') return refuse(turn.floor ? 'someone-answers' : 'nobody-answers')
  const undone: Draft[] = before ? [{ type: 'verdictUndone', turn: turn.turn, seat }] : []
  const drafts = [...undone, given(after(state, undone), turn, seat, verdict, before ? before.late : true)]
  if (!before || !decidesTheTurn(state, turn, seat)) return drafts
  if (state.pausedAt !== null) return refuse('paused')
  return withConsequence(state, drafts, verdict, lighting, now)
}

/** Takes a verdict back. The newest of the present question gives the floor back too; an older one only its points. */
export const undoVerdict: Rule<'undoVerdict'> = (state, { turn: number, seat }, now) => {
  const turn = turnNumbered(state, number)
  if (!turn || !verdictOf(turn, seat)) return refuse('no-verdict')
  const undone: Draft = { type: 'verdictUndone', turn: number, seat }
  if (!decidesTheTurn(state, turn, seat)) return [undone]
  if (state.pausedAt !== null) return refuse('paused')
  const press = turn.presses.findLast((press) => press.seat === seat)
  return press ? [undone, floor(state, turn, press, now)] : [undone]
}

const decidesTheTurn = (state: RoomState, turn: Turn, seat: SeatId): boolean =>
  state.phase === 'playing' &&
  turn === state.turn &&
  turn.round === state.round &&
  turn.verdicts.at(-1)?.seat === seat &&
  !turn.verdicts.at(-1)?.late

function given(state: RoomState, turn: Turn, seat: SeatId, verdict: Verdict, late = false): Draft {
  const team = turn.presses.findLast((press) => press.seat === seat)?.team
  return {
    type: 'verdictGiven',
    turn: turn.turn,
    seat,
    ...(team ? { team } : {}),
    verdict,
    ...(late ? { late } : {}),
    points: pointsFor(rulesFor(state, turn), verdict, placeToAnswer(turn, seat), turn.worth),
  }
}

/** What a verdict brings about: the question is over, or someone else may answer. */
function withConsequence(state: RoomState, drafts: Draft[], verdict: Verdict, lighting: Lighting, now: Ms): Draft[] {
  const next = after(state, drafts)
  const turn = next.turn as Turn
  if (verdict !== 'wrong') return [...drafts, { type: 'turnClosed', turn: turn.turn, reason: 'answered' }]
  const closed: Draft = { type: 'turnClosed', turn: turn.turn, reason: 'nobody' }
  if (state.rules.afterWrong === 'close') return [...drafts, closed]
  const waiting = state.rules.afterWrong === 'next-in-queue' ? nextInQueue(next, turn) : undefined
  if (waiting) return [...drafts, floor(state, turn, waiting, now)]
  if (someoneIsLeft(next, turn)) return [...drafts, opening(state, turn, now, lighting)]
  return [...drafts, closed]
}

const after = (state: RoomState, drafts: Draft[]): RoomState =>
  drafts.reduce((state, draft) => evolve(state, { ...draft, at: 0, by: '' }), state)

/** For whom the usual time is too short; nobody else is told. */
export const giveExtraTime: Rule<'giveExtraTime'> = (state, { seat, percent }) => {
  if (!seatNamed(state, seat)) return refuse('no-seat')
  if ((state.secret.extraTime?.[seat] ?? 0) === percent) return []
  return [{ type: 'extraTimeGiven', secret: { allowance: { seat, percent } } }]
}

/** By hand, with a reason that the log keeps; a team may be given a start before anyone is in it. */
export const correctScore: Rule<'correctScore'> = (state, { seat = '', team, points, reason }) => {
  if (team === undefined) return seatNamed(state, seat) ? corrected({ seat, points, reason }) : refuse('no-seat')
  if (!teamNumbered(state, team)) return refuse(state.rules.teams ? 'no-such-team' : 'no-teams')
  return corrected({ team, points, reason })
}

const corrected = (correction: Omit<Correction, 'at'>): Draft[] =>
  correction.points === 0 ? [] : [{ type: 'scoreCorrected', secret: { correction } }]
