import { seatsOf, type RoomState, type Seat, type Team } from '@knopka/shared/game'
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

/** How teams stand in the lobby; it follows from how many there are, so nothing moves as people come. */
export interface TeamGrid {
  columns: number
  rows: number
  /** How many names have a place below a team, and in how many columns. */
  names: number
  nameColumns: number
}

/** What a row of teams has room for, by how many rows there are: lines of names below the team's own. */
const linesOfNames: Record<number, number> = { 1: 5, 2: 2, 3: 1 }

/** Two to thirty teams, in at most six columns. */
export function teamGridOf(teams: number): TeamGrid {
  const rows = teams <= 6 ? 1 : Math.max(2, Math.ceil(teams / 6))
  const columns = Math.ceil(teams / rows)
  const nameColumns = Math.max(1, Math.floor(6 / columns))
  return { columns, rows, names: (linesOfNames[rows] ?? 0) * nameColumns, nameColumns }
}

interface TeamOnWall extends Team {
  size: number
  /** The newest, in the order of joining; the rest are in `size`. */
  guests: Guest[]
}

/** @param most how many names a team has room for */
export function teamsOnWall({ teams }: RoomState, guests: Guest[], most: number): TeamOnWall[] {
  return teams.map((team) => {
    const members = guests.filter((guest) => guest.team === team.number)
    return { ...team, size: members.length, guests: most > 0 ? members.slice(-most) : [] }
  })
}
