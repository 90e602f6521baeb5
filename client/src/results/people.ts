import type { Results, Standing, TeamStanding } from '@knopka/shared/game'
import type { SeatId } from '@knopka/shared/ids'

export interface Person {
  number: number
  name: string
  hidden: boolean
  /** In the end; of whoever was removed, the one that they pressed for. */
  team: number | null
}

/** Everyone that the page may name. Who was removed is in no standings, but their presses stand. */
export function peopleIn({ standings, questions }: Pick<Results, 'standings' | 'questions'>): Map<SeatId, Person> {
  const named = [...questions.flatMap(({ presses }) => presses), ...standings]
  return new Map(
    named.map(({ seat, number, name, hidden, team = null }) => [seat, { number, name, hidden, team }] as const),
  )
}

/** A team with those who were in it at the end, best first; their places are among all people. */
export interface TeamOfPeople extends TeamStanding {
  people: Standing[]
}

/** Best first. */
export const teamsIn = ({ teams, standings }: Pick<Results, 'teams' | 'standings'>): TeamOfPeople[] =>
  teams.map((team) => ({ ...team, people: standings.filter((who) => who.team === team.number) }))

/** Whether points were divided by heads; of an evening that is over only the points tell. */
export const isPerHead = ({ teams }: Pick<Results, 'teams'>): boolean =>
  teams.some(({ score }) => !Number.isInteger(score * 2))
