import { type Results, type TeamStanding } from '@knopka/shared/game'
import type { SeatId } from '@knopka/shared/ids'

export type NameOf = (seat: SeatId) => string

/** Who was removed is in no standings: only their presses name them. */
export function namesIn({ standings, questions }: Results): NameOf {
  const named = [...questions.flatMap(({ presses }) => presses), ...standings]
  const names = new Map(named.map(({ seat, name }) => [seat, name]))
  return (seat) => names.get(seat) ?? '(removed)'
}

/** The letter of a team's mark depends on the language of whoever looks; its number does not. */
export const teamName = ({ number, name }: Pick<TeamStanding, 'number' | 'name'>): string => name ?? `Team ${number}`

/** By their numbers. */
export function teamsNamedIn({ teams }: Results): (team: number | null | undefined) => string | undefined {
  const names = new Map(teams.map((team) => [team.number, teamName(team)]))
  return (number) => names.get(number ?? 0)
}

/** Nothing for whoever was in no team, or was removed. */
export function teamNamesIn(results: Results): (seat: SeatId) => string | undefined {
  const teamNamed = teamsNamedIn(results)
  const own = new Map(results.standings.map(({ seat, team }) => [seat, teamNamed(team)]))
  return (seat) => own.get(seat)
}
