import type { Choice } from '../bank/question.ts'
import { seededRandom, shuffled } from '../random.ts'
import type { SeatId } from '../ids.ts'
import type { Draft } from './events.ts'
import { pointsForChoice, rulesFor } from './scores.ts'
import { lookUp } from './shards.ts'
import type { Choosing, Chosen, Mark, RoomState, Turn } from './state.ts'

/** The order in which they are shown: nobody can tell from the bank's. Yes and no stay as they were written. */
export function shownOrder(choices: readonly Choice[], seed: string): Choice[] {
  return choices.length > 2 ? shuffled(choices, seededRandom(seed)) : [...choices]
}

/** Whether this is the whole answer: every option that belongs to it, and no other. */
export function isRightChoice({ multiple }: Pick<Choosing, 'multiple'>, options: number[], right: number[]): boolean {
  const allRight = options.every((option) => right.includes(option))
  return allRight && (!multiple || options.length === right.length)
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

function markOf(state: RoomState, turn: Turn, seat: SeatId, choice: Chosen, right: number[]): Mark {
  const isRight = turn.choosing !== null && isRightChoice(turn.choosing, choice.options, right)
  // Whoever has more time than others is no slower by using it.
  const percent = state.secret.extraTime?.[seat] ?? 0
  // Where nothing is right, the question counts for nothing, and a penalty would count.
  const points =
    right.length > 0 ? pointsForChoice(rulesFor(state, turn), isRight, choice.afterMs * (100 / (100 + percent))) : 0
  return { seat, ...choice, points }
}

/** Unless the host says otherwise. */
export function choicesMarkedAsTheBankSays(state: RoomState, turn: Turn): Draft {
  const right = (turn.secret.choices ?? []).flatMap((choice, option) => (choice.right ? [option] : []))
  return marking(state, turn, right)
}
