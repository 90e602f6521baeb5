import {
  queueOf,
  teamNumbered,
  whyNotBuzz,
  type ButtonFace,
  type Mine,
  type Press,
  type RoomState,
  type Turn,
} from '@knopka/shared/game'

/** Whether this phone shows the teams, because its player is in none and is the one to pick. */
export const mustPick = ({ rules, phase }: RoomState, { team }: Mine): boolean =>
  phase !== 'over' && rules.teams?.formedBy === 'players' && team === null

export const mayChangeTeam = ({ rules, phase }: RoomState): boolean =>
  phase === 'lobby' && rules.teams?.formedBy === 'players'

/** Who presses for the team of this player; `null`: whoever likes, by the rules. */
export function leaderOf(state: RoomState, { seat, team: number }: Mine): 'own' | 'mate' | 'nobody' | null {
  const team = teamNumbered(state, number)
  if (!team || state.rules.teams?.presses !== 'captain') return null
  if (team.captain === null) return 'nobody'
  return team.captain === seat ? 'own' : 'mate'
}

/** Whether this press was made for the one who holds this phone. */
export const isOurs = ({ seat, team }: Press, mine: Mine): boolean => seat === mine.seat || isOfMate({ team }, mine)

export const isOfMate = ({ team }: { team?: number | undefined }, mine: Mine): boolean =>
  team !== undefined && team === mine.team

/**
 * What the button looks like in a team: who cannot press sees who answers; and a press behind that of a team-mate
 * would never come to an answer.
 */
export function faceInTeam(face: ButtonFace, state: RoomState, mine: Mine): ButtonFace {
  const { turn } = state
  if (!turn?.floor) return face
  if (face === 'locked') return whyNotBuzz(state, mine.seat, mine) === 'not-captain' ? 'other' : face
  return face === 'join-queue' && teamWaits(turn, mine) ? 'other' : face
}

const teamWaits = (turn: Turn, mine: Mine): boolean => queueOf(turn).some((press) => isOfMate(press, mine))
