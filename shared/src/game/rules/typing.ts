import { hasAnswered, seatNamed, turnNumbered, endFor } from '../ask.ts'
import { whyNotType } from '../why.ts'
import { answered, guessIn, judged, judgedByNearness, plainAnswer, seatsWith } from '../answers.ts'
import { refuse } from '../refusals.ts'
import { entriesOf, noShards } from '../shards.ts'
import type { SeatId } from '../../ids.ts'
import type { Turn } from '../state.ts'
import type { Rule, Ruling } from './rule.ts'

/** Whoever typed stays with it, as whoever chose does. */
export const answer: Rule<'answer'> = (state, { by, turn: number, text, at, afterMs }, now) => {
  const { turn } = state
  const seat = seatNamed(state, by)
  if (!seat || seat.removed) return refuse(seat ? 'removed' : 'no-seat')
  if (turn && turn.turn !== number) return refuse('question-closed')
  const why = whyNotType(state, by)
  if (why || !turn?.typing) return refuse(why ?? 'not-started')
  if (hasAnswered(turn, by)) return refuse('already-typed')
  if (turn.typing.kind === 'number' && guessIn(text) === null) return refuse('no-number')
  if (turn.endsAt !== null && at > endFor(state, turn, by, turn.endsAt)) return refuse('time-is-up')
  return answered(state, turn, { type: 'typed', turn: number, secret: { answer: { text, afterMs } } }, by, now)
}

/** All who typed the same, in other letters or with a slip, at once; also anew, and some questions later. */
export const judgeAnswers: Rule<'judgeAnswers'> = (state, { turn: number, answers, verdict }) => {
  const turn = turnNumbered(state, number)
  if (!turn) return refuse('question-closed')
  if (turn.typing?.kind !== 'text') return refuse('not-by-typing')
  if (!turn.closed) return refuse('turn-open')
  const known = new Set(entriesOf(turn.secret.typed ?? noShards).map(([, { text }]) => plainAnswer(text)))
  if (!answers.every((one) => known.has(one))) return refuse('no-such-answer')
  if (verdict === null) return takenBack(turn, seatsWith(turn, answers))
  const event = judged(state, turn, answers, verdict)
  return event ? [event] : refuse('already-judged')
}

/** The host says what is right, and the nearest have it. */
export const judgeGuesses: Rule<'judgeGuesses'> = (state, { turn: number, right }) => {
  const turn = turnNumbered(state, number)
  if (!turn) return refuse('question-closed')
  if (turn.typing?.kind !== 'number') return refuse('not-by-typing')
  if (!turn.closed) return refuse('turn-open')
  if (right === null) return takenBack(turn, turn.secret.whoTyped ?? [])
  return turn.typing.right === right ? [] : [judgedByNearness(state, turn, right)]
}

/** Whose answers are not judged stay so. */
function takenBack({ turn, typing, secret }: Turn, seats: SeatId[]): Ruling {
  const marked = new Set(secret.typedMarks?.map(({ seat }) => seat))
  const unjudged = seats.filter((seat) => marked.has(seat))
  if (unjudged.length === 0 && typing?.right === null) return refuse('no-verdict')
  return [{ type: 'answersUnjudged', turn, secret: { unjudged } }]
}
