import { seatsOf, type RoomState, type Seat } from '@knopka/shared/game'
import type { SeatId } from '@knopka/shared/ids'

export interface Guest extends Seat {
  seat: SeatId
}

/** The names in the lobby. */
interface Wall {
  /** In the order of joining, or the newest, each in a place that it keeps. */
  guests: Guest[]
  /** How many have no place on the wall. */
  more: number
}

/** Six columns, six rows. */
const mostNames = 36
/** With more than that the wall is three rows of the newest, and the last place says how many more there are. */
const crowdNames = 17

/** Everyone in the room, first who joined first. */
export const guestsOf = (state: RoomState): Guest[] => seatsOf(state).filter(({ removed }) => !removed)

export function wallOf(guests: Guest[]): Wall {
  if (guests.length <= mostNames) return { guests, more: 0 }
  // A newcomer takes the place of the oldest name; nothing else on the wall moves.
  const places: Guest[] = []
  guests.forEach((guest, index) => (places[index % crowdNames] = guest))
  return { guests: places, more: guests.length - crowdNames }
}
