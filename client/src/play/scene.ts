import {
  stageOf,
  whyNotBuzz,
  whyNotPick,
  whyNotStake,
  whyNotVote,
  type Mine,
  type RoomState,
} from '@knopka/shared/game'
import { hasFreeCells } from './board.ts'
import { isAnnounced } from './rounds.ts'
import { mayChangeTeam, mustPick } from './team.ts'

/** What stands in the middle of a phone. */
export type Scene =
  | 'teams'
  | 'jury'
  /** A round is announced: what it is, and what to do. */
  | 'round'
  /** The board, for whoever picks. */
  | 'board'
  | 'stake'
  | 'typing'
  | 'choosing'
  | 'button'

/** @param changesTeam asked for by the one who holds the phone */
export function sceneOf(state: RoomState, mine: Mine, changesTeam: boolean): Scene {
  const { turn } = state
  if (mustPick(state, mine) || (changesTeam && mayChangeTeam(state))) return 'teams'
  if (whyNotVote(state, mine.seat) === null) return 'jury'
  if (state.break || state.phase !== 'playing' || state.pausedAt !== null) return 'button'
  if (hasFreeCells(state) && whyNotPick(state, mine.seat, mine) === null) return 'board'
  if (isAnnounced(state)) return 'round'
  if (!turn) return 'button'
  if (mustStake(state, mine)) return 'stake'
  if (whyNotBuzz(state, mine.seat, mine) !== 'by-choice') return 'button'
  return turn.typing ? 'typing' : 'choosing'
}

/** In a final a stake may be another one until the question opens; of a double, one is enough. */
function mustStake(state: RoomState, { seat }: Mine): boolean {
  const { turn } = state
  if (!turn?.worth || stageOf(turn) !== 'reading' || whyNotStake(state, seat)) return false
  return turn.worth.kind === 'final' || turn.worth.stake === null
}
