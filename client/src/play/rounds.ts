import { roundOf, type RoomState } from '@knopka/shared/game'

/** Whether the present round was announced, and nothing of it asked yet. */
export const isAnnounced = ({ phase, turn, round }: RoomState): boolean => phase === 'playing' && turn?.round !== round

/** The how-manieth question of its round is on; 0 where none was asked yet. */
export function placeInRound(state: RoomState): { number: number; of: number } {
  const { rounds, round, turn } = state
  const before = rounds.slice(0, round - 1).reduce((sum, { count }) => sum + count, 0)
  return { number: turn?.round === round ? turn.turn - before : 0, of: roundOf(state)?.count ?? 0 }
}
