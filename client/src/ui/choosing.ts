import {
  isRightChoice,
  mayTakePart,
  seatsOf,
  type Mark,
  type RoomState,
  type Seat,
  type Turn,
} from '@knopka/shared/game'
import type { SeatId } from '@knopka/shared/ids'

/** How far a question that everyone answers has got. */
export interface Answers {
  /** How many have chosen or typed, of those who are in the game and may. */
  answered: number
  of: number
  /** Those who have not, in the order of joining. */
  awaited: (Seat & { seat: SeatId })[]
}

export function answersOf(state: RoomState, turn: Turn): Answers {
  const chosen = new Set(turn.secret.whoChose ?? turn.secret.whoTyped)
  const asked = seatsOf(state).filter(({ seat, removed }) => !removed && mayTakePart(turn, seat))
  const awaited = asked.filter(({ seat }) => !chosen.has(seat))
  return { answered: asked.length - awaited.length, of: asked.length, awaited }
}

/** Whose choice is right, if these options are: quickest first. Without `right`, as the question was marked. */
export function rightMarks({ choosing, secret }: Turn, right = choosing?.right ?? []): Mark[] {
  const isRight = ({ options }: Mark) => choosing !== null && isRightChoice(choosing, options, right)
  return (secret.marks ?? []).filter(isRight).sort((a, b) => a.afterMs - b.afterMs)
}
