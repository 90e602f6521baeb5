import type { Ms } from '@knopka/shared/ids'
import { cheatGain, scoreOf, type Round, type Score } from '../simulation/scorer.ts'
import { cheatSeat, type Kind } from './cells.ts'
import type { Result } from './lane.ts'

/** Every metric of one cell: shares in percent, gains in points, times in ms. */
export interface Row extends Kind, Score {
  cell: string
  /** Points of win rate that the cheat's seat takes beyond what it takes honestly; `null` where nobody cheats. */
  cheatGain: number | null
  /** How far timers of phones and of delays were off, of 99 in 100. */
  timerP99: Ms
}

/** A timer that is further off has made links of its own. */
export const timerMostMs = 2

export function rowOf(result: Result, results: ReadonlyMap<string, Result>): Row {
  const { id, rooms: _, reference, ...kind } = result.cell
  const honest = reference === null ? undefined : results.get(reference)
  const gain = kind.cheat && honest ? gainOf(result, honest, everyRoom(result)) : null
  return {
    cell: id,
    ...kind,
    ...scoreOf(result.rooms.flat()),
    cheatGain: gain,
    timerP99: timerP99Of(result),
  }
}

export const timerP99Of = ({ errors }: Pick<Result, 'errors'>): Ms => errors.percentile(0.99)

export const everyRoom = ({ rooms }: Result): number[] => rooms.map((_, room) => room)

export const roundsOf = ({ rooms }: Result, drawn: readonly number[]): Round[] =>
  drawn.flatMap((room) => rooms[room] ?? [])

/** @param drawn rooms, perhaps some of them more than once */
export function gainOf(cheating: Result, honest: Result, drawn: readonly number[]): number {
  const seats = drawn.flatMap((room) => seatsOf(cheating, room))
  // Where fewer rounds were played with the cheat, the same ones count without it.
  const same = drawn.flatMap((room) => (honest.rooms[room] ?? []).slice(0, cheating.rooms[room]?.length))
  return cheatGain(roundsOf(cheating, drawn), same, (index) => seats[index] ?? -1)
}

/** The cheat's seat in every round of a room. */
export function seatsOf({ cell, rooms }: Result, room: number): number[] {
  const plan = cell.rooms[room]
  return (rooms[room] ?? []).map(() => (plan ? cheatSeat(plan) : -1))
}

/** Whether timers made links of their own in this cell. */
export const isLate = ({ timerP99 }: Pick<Row, 'timerP99'>): boolean => timerP99 >= timerMostMs
