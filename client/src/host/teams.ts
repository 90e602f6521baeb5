import { seatNamed, seatsOf, teamNumbered, type RoomState, type Seat } from '@knopka/shared/game'
import type { SeatId } from '@knopka/shared/ids'
import { teamName } from '../ui/teams.ts'

/** Someone as hosts know them: by the real name, and with the team where there are any. */
export interface Person {
  /** Whose mark to show: the team's, where there are teams; `null`: none yet. */
  mark: number | null
  name: string
  team: string | null
}

/** @param then which team it was for, if that team still is; else the one that they are in now */
export function personAt(state: RoomState, seat: SeatId, then?: number): Person {
  const who = seatNamed(state, seat)
  const team = teamNumbered(state, then) ?? teamNumbered(state, who?.team)
  const mark = state.rules.teams ? (team?.number ?? null) : (who?.number ?? null)
  return { mark, name: who?.name ?? '', team: team ? teamName(team) : null }
}

/** `Аня (Дед Лок)` */
export const inWords = ({ name, team }: Person): string => (team ? `${name} (${team})` : name)

export type Member = Seat & { seat: SeatId }

/** Everyone who ever joined, by the number of their team; `null` for none. */
export function membersOf(state: RoomState): Map<number | null, Member[]> {
  const members = new Map<number | null, Member[]>()
  for (const who of seatsOf(state)) {
    const others = members.get(who.team)
    if (others) others.push(who)
    else members.set(who.team, [who])
  }
  return members
}
