import { standingsOf, type RoomState, type Standing } from '@knopka/shared/game'

/** Where everyone stood before the present question, which is where the race starts from. */
export const standingsBefore = (state: RoomState): Standing[] =>
  standingsOf({
    ...state,
    turn: state.turn && { ...state.turn, verdicts: [], secret: { ...state.turn.secret, marks: [] } },
  })

/** The first `count` of the present order; the race never runs between other people than it ends with. */
export function runners(state: RoomState, count: number): { before: Standing[]; now: Standing[] } {
  const now = standingsOf(state).slice(0, count)
  const before = standingsBefore(state).filter(({ seat }) => now.some((runner) => runner.seat === seat))
  return { before, now }
}
