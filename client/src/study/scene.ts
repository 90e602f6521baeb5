import { isSessionOver, type RoomState } from '@knopka/shared/game'
import type { Ms } from '@knopka/shared/ids'

/** What stands in the middle of a study room. */
export type Scene =
  /** Nothing was asked yet. */
  | 'lobby'
  | 'asked'
  | 'shown'
  /** A session is over, and no other has begun. */
  | 'summary'

/** @param now the store's clock */
export function sceneOf(state: RoomState, now: Ms): Scene {
  const { turn, study } = state
  if (!study?.session || !turn) return 'lobby'
  if (isSessionOver(state, now)) return 'summary'
  return turn.revealed ? 'shown' : 'asked'
}
