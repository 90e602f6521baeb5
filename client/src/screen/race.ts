import type { RoomState } from '@knopka/shared/game'
import { rankingOf, type Ranked } from './ranking.ts'

/** Where everyone stood before the present question, which is where the race starts from. */
export const rankingBefore = (state: RoomState): Ranked[] =>
  rankingOf({
    ...state,
    turn: state.turn && { ...state.turn, verdicts: [], secret: { ...state.turn.secret, marks: [], typedMarks: [] } },
  })

/** The first `count` of the present order; the race never runs between others than it ends with. */
export function runners(state: RoomState, count: number): { before: Ranked[]; now: Ranked[] } {
  const now = rankingOf(state).slice(0, count)
  const before = rankingBefore(state).filter(({ key }) => now.some((runner) => runner.key === key))
  return { before, now }
}
