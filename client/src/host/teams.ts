import {
  seatNamed,
  seatsOf,
  teamNumbered,
  type Correction,
  type RoomState,
  type Seat,
  type Turn,
} from '@knopka/shared/game'
import type { SeatId } from '@knopka/shared/ids'
import { teamName } from '../ui/teams.ts'
import { typingText } from './typing-text.ts'

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

/** Whose points were corrected: those of a person, or of a whole team. */
export function whoseIs(state: RoomState, { seat, team: number }: Pick<Correction, 'seat' | 'team'>): Person {
  if (seat !== undefined) return personAt(state, seat)
  const team = teamNumbered(state, number)
  return { mark: team?.number ?? null, name: team ? teamName(team) : '', team: null }
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

/** Who was right, in a few words: the one with the floor or, where everyone answered, the first and how many more. */
export function wonBy(state: RoomState, turn: Turn | undefined): { mark: number | null; words: string } | null {
  const judged = turn?.verdicts.findLast(({ verdict }) => verdict === 'right')
  const typed = (turn?.secret.typedMarks ?? []).filter(({ verdict }) => verdict === 'right')
  const chosen = (turn?.secret.marks ?? []).filter(({ points }) => points > 0)
  const [first, ...others] = judged ? [judged] : [...typed, ...chosen]
  if (!first) return null
  const { mark, name, team } = personAt(state, first.seat, judged?.team)
  const who = team ?? name
  return { mark, words: others.length > 0 ? `${who} ${typingText().others(others.length)}` : who }
}
