import type { Choice } from '../bank/question.ts'
import { seededRandom, shuffled } from '../random.ts'
import type { SeatId } from '../ids.ts'
import { mayTakePart, seatsOf } from './ask.ts'
import type { Draft } from './events.ts'
import { pointsForChoice } from './scores.ts'
import { lookUp, type Shards } from './shards.ts'
import type { CloseReason, Choosing, Chosen, Mark, RoomState, Turn } from './state.ts'

/** The order in which they are shown: nobody can tell from the bank's. Yes and no stay as they were written. */
export function shownOrder(choices: readonly Choice[], seed: string): Choice[] {
  return choices.length > 2 ? shuffled(choices, seededRandom(seed)) : [...choices]
}

/** Whether this is the whole answer: every option that belongs to it, and no other. */
export function isRightChoice({ multiple }: Pick<Choosing, 'multiple'>, options: number[], right: number[]): boolean {
  const allRight = options.every((option) => right.includes(option))
  return allRight && (!multiple || options.length === right.length)
}

/** Whether nobody is left to wait for, once this seat has chosen too. */
export function isLastToChoose(state: RoomState, turn: Turn, last: SeatId): boolean {
  const chosen: Shards<Chosen> | undefined = turn.secret.chosen
  // Who has chosen and was removed is counted as well, so to be sure everyone is looked at; but not for each choice.
  if (!turn.tieBreak && (chosen?.size ?? 0) + 1 < (state.secret.inGame ?? 0)) return false
  const hasChosen = (seat: SeatId) => seat === last || (chosen && lookUp(chosen, seat) !== undefined)
  return seatsOf(state).every(({ seat, removed }) => removed || !mayTakePart(turn, seat) || hasChosen(seat))
}

/** What every choice earns, if these options are the right ones. Those of people who were removed meanwhile stay. */
export function marking(state: RoomState, turn: Turn, right: number[]): Draft {
  const { chosen, whoChose = [] } = turn.secret
  const marks = whoChose.flatMap((seat) => {
    const choice = chosen && lookUp(chosen, seat)
    return choice ? markOf(state, turn, seat, choice, right) : []
  })
  const { count = 0 } = turn.choosing ?? {}
  const spread = Array.from(
    { length: count },
    (_, option) => marks.filter((mark) => mark.options.includes(option)).length,
  )
  return { type: 'choicesMarked', turn: turn.turn, right, spread, secret: { marks } }
}

function markOf({ rules }: RoomState, { choosing }: Turn, seat: SeatId, choice: Chosen, right: number[]): Mark {
  const isRight = choosing !== null && isRightChoice(choosing, choice.options, right)
  // Where nothing is right, the question counts for nothing, and a penalty would count.
  const points = right.length > 0 ? pointsForChoice(rules, isRight, choice.afterMs) : 0
  return { seat, ...choice, points }
}

/** The bank says what is right, and everyone learns it. */
export function choicesClosed(state: RoomState, turn: Turn, reason: CloseReason): Draft[] {
  const right = (turn.secret.choices ?? []).flatMap((choice, option) => (choice.right ? [option] : []))
  const hasAny = (turn.secret.chosen?.size ?? 0) > 0
  return [
    { type: 'turnClosed', turn: turn.turn, reason: reason === 'answered' && !hasAny ? 'nobody' : reason },
    marking(state, turn, right),
  ]
}
