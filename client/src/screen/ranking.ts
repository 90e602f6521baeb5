import { standingsOf, teamStandingsOf, type RoomState } from '@knopka/shared/game'
import { points } from '../lib/text/form.ts'
import { nameOf } from '../lib/text/names.ts'
import { teamName, teamPoints } from '../ui/teams.ts'

/** A row of the standings: a person, or where there are teams a team. */
export interface Ranked {
  /** A seat, or the number of a team. */
  key: string
  /** Picks the mark. */
  number: number
  name: string
  score: number
  place: number
}

/** Whoever this evening is played between, best first. */
export function rankingOf(state: RoomState): Ranked[] {
  if (!state.rules.teams) {
    return standingsOf(state).map((who) => ({ ...who, key: who.seat, name: nameOf(who) }))
  }
  return teamStandingsOf(state).map((team) => ({ ...team, key: String(team.number), name: teamName(team) }))
}

/** The score that fills a bar; where nobody has one no bar is drawn, so any will do. */
export const bestOf = (ranking: { score: number }[]): number => Math.max(0, ...ranking.map(({ score }) => score)) || 1

/** How the scores of this ranking are written. */
export function figuresOf({ rules }: RoomState): (score: number) => string {
  const { teams } = rules
  return teams ? (score) => teamPoints(score, teams.score === 'per-head') : points
}

/** The least difference between two scores as they are counted up. */
export const stepOf = ({ rules }: RoomState): number => (rules.teams?.score === 'per-head' ? 0.1 : 0.5)
