import { stageOf, type RoomState, type Turn } from '@knopka/shared/game'
import { breakText } from './break-text.ts'
import { text } from './text.ts'

/** What stands over a question that everyone answers. @param opened while they do */
export function headOf({ phase, pausedAt, break: rest }: RoomState, turn: Turn, opened: string): string {
  if (phase === 'over') return text().state.over
  if (pausedAt !== null) return text().state.paused
  if (rest) return breakText().break
  if (stageOf(turn) === 'open') return opened
  // That nobody answered stands beside it.
  return turn.closed === 'nobody' ? text().state.answered : text().state[turn.closed ?? 'reading']
}
