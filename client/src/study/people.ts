import type { Presence } from '@knopka/shared/contracts'
import { seatNamed, seatsOf, type RoomState, type Seat } from '@knopka/shared/game'
import type { SeatId } from '@knopka/shared/ids'

export interface Person extends Seat {
  seat: SeatId
  isHere: boolean
}

/** Everyone who has a seat here, in the order of coming. @param own is here, whoever else hears of it */
export const peopleOf = (state: RoomState, presence: Presence, own: SeatId | null): Person[] =>
  seatsOf(state)
    .filter(({ removed }) => !removed)
    .map((who) => ({ ...who, isHere: who.seat === own || presence[who.seat] !== undefined }))
    .sort((a, b) => a.number - b.number)

/** By their names, those whom the room knows. */
export const namesOf = (state: RoomState, seats: readonly SeatId[]): string[] =>
  seats.flatMap((seat) => seatNamed(state, seat)?.name ?? [])
