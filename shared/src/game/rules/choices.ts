import { answered, answersClosed } from '../answers.ts'
import { endFor, hasChosen, seatNamed, turnNumbered } from '../ask.ts'
import { whyNotChoose, whyNotCloseAnswers } from '../why.ts'
import { marking } from '../choices.ts'
import { refuse } from '../refusals.ts'
import type { Choosing } from '../state.ts'
import type { Rule } from './rule.ts'

/** Whoever chose stays with it: else one could wait and see how the others fare. */
export const choose: Rule<'choose'> = (state, { by, turn: number, options, at, afterMs }, now) => {
  const { turn } = state
  const seat = seatNamed(state, by)
  if (!seat || seat.removed) return refuse(seat ? 'removed' : 'no-seat')
  if (turn && turn.turn !== number) return refuse('question-closed')
  const why = whyNotChoose(state, by)
  if (why || !turn?.choosing) return refuse(why ?? 'not-started')
  if (hasChosen(turn, by)) return refuse('already-chosen')
  if (!isPossible(turn.choosing, options)) return refuse('no-such-choice')
  if (turn.endsAt !== null && at > endFor(state, turn, by, turn.endsAt)) return refuse('time-is-up')
  return answered(state, turn, { type: 'chosen', turn: number, secret: { choice: { options, afterMs } } }, by, now)
}

function isPossible({ count, multiple }: Choosing, options: number[]): boolean {
  const known = new Set(options.filter((option) => option < count))
  return known.size === options.length && (multiple ? known.size > 0 : known.size === 1)
}

export const closeAnswers: Rule<'closeAnswers'> = (state, { turn }) => {
  if (state.turn?.turn !== turn) return refuse('question-closed')
  const why = whyNotCloseAnswers(state)
  return why ? refuse(why) : answersClosed(state, state.turn, 'answered')
}

/** The bank may have been wrong: what is right is for the host to say, also some questions later. */
export const markChoices: Rule<'markChoices'> = (state, { turn: number, right }) => {
  const turn = turnNumbered(state, number)
  if (!turn) return refuse('question-closed')
  if (!turn.choosing) return refuse('not-by-choice')
  if (!turn.choosing.right) return refuse('turn-open')
  const options = [...new Set(right)].sort((a, b) => a - b)
  if (options.some((option) => option >= (turn.choosing?.count ?? 0))) return refuse('no-such-choice')
  return options.join() === turn.choosing.right.join() ? [] : [marking(state, turn, options)]
}
