import { playByArrival } from './arrival.ts'
import type { Habit } from './cheats.ts'
import type { Setting } from './decision.ts'
import type { Mix } from './links.ts'
import { playEvening, type Evening } from './room.ts'
import { scoreOf, type Round, type Score, type SeatOf } from './scorer.ts'

/** One figure's worth of rooms. */
export interface Cell {
  mix: Mix
  seats: number
  setting: Setting
  /** 1 if left out. */
  nodes?: number
  /** One seat of each room plays so. */
  cheat?: Habit
  /** The cheat's seat; each one in turn if left out. */
  cheatSits?: number
  knowsKernel?: boolean
  /** 40 if left out: an evening. */
  roundsPerRoom?: number
}

export const roundsPlayed = 20_000

/** The same seed gives the same links, clocks and people, whatever they do and whoever decides. */
export const playCell = (cell: Cell, seed: string): Round[] => evenings(cell, seed).flatMap(playEvening)

export const playCellByArrival = (cell: Cell, seed: string): Round[] => evenings(cell, seed).flatMap(playByArrival)

export const scoreCell = (cell: Cell, seed: string): Score => scoreOf(playCell(cell, seed))

/** Whose seat cheats in the n-th round of a cell, or would. */
export function cheatSeatOf(cell: Cell): SeatOf {
  return (index) => cheatSeat(cell, Math.floor(index / roundsOf(cell)))
}

function evenings(cell: Cell, seed: string): Evening[] {
  const { mix, seats, setting, cheat, nodes = 1, knowsKernel = false } = cell
  const rounds = roundsOf(cell)
  return Array.from({ length: roundsPlayed / rounds }, (_, room) => ({
    seed: `${seed} ${room}`,
    mix,
    seats,
    setting,
    nodes,
    rounds,
    knowsKernel,
    ...(cheat && { cheat: { habit: cheat, seat: cheatSeat(cell, room) } }),
  }))
}

const roundsOf = ({ roundsPerRoom = 40 }: Pick<Cell, 'roundsPerRoom'>): number => roundsPerRoom
const cheatSeat = ({ seats, cheatSits }: Cell, room: number): number => cheatSits ?? room % seats
