import { countRight, numberOf, winRate, type Score } from '../simulation/scorer.ts'
import type { CellId } from './cells.ts'
import { bootstrap, wilson, type Interval } from './intervals.ts'
import type { Result } from './lane.ts'
import { everyRoom, gainOf, roundsOf, seatsOf } from './rows.ts'

type Unit = '%' | 'points' | 'ms'

interface Measured {
  figure: number
  /** 95 %; `null` for a maximum, which has none. */
  interval: Interval | null
}

/** One figure of the table and what it is to reach. */
export interface Goal {
  what: string
  unit: Unit
  goal: number
  /** Whether the figure is to be at least the goal; else it is at most that. */
  isLeast: boolean
  /** What it is measured in; the first alone where the order of arrival is measured likewise. */
  cells: CellId[]
  measure: (...results: Result[]) => Measured
  /** The same seeds by the order of arrival. */
  arrival: CellId | null
}

const atMost = { isLeast: false, arrival: null }

/** How often the true first won, of all rounds with such a gap. The interval is Wilson's. */
export const right = (
  what: string,
  cell: CellId,
  [leastMs, mostMs]: readonly [number, number],
  goal: number,
  arrival: CellId | null = null,
): Goal => ({
  what: `right, ${what}`,
  unit: '%',
  goal,
  isLeast: true,
  cells: [cell],
  arrival,
  measure: ({ rooms }) => {
    const { hits, all } = countRight(rooms.flat(), leastMs, mostMs)
    return { figure: (100 * hits) / all, interval: wilson(hits, all) }
  },
})

/** One number of the score, over rooms drawn again and again. */
export const ofScore = (
  what: string,
  cell: CellId,
  key: keyof Score,
  unit: Unit,
  goal: number,
  arrival: CellId | null = null,
): Goal => ({
  ...atMost,
  ...{ what, unit, goal, cells: [cell], arrival },
  measure: (result) => {
    const of = (drawn: readonly number[]) => numberOf(key, roundsOf(result, drawn))
    return { figure: of(everyRoom(result)), interval: bootstrap(result.rooms.length, of) }
  },
})

export const most = (what: string, cell: CellId, key: keyof Score, goal: number): Goal => ({
  ...atMost,
  ...{ what, unit: 'ms', goal, cells: [cell] },
  measure: ({ rooms }) => ({ figure: numberOf(key, rooms.flat()), interval: null }),
})

/** Points of win rate beyond what the same seat wins honestly; rooms are drawn together with their honest twins. */
export const gain = (what: string, cell: CellId, honest: CellId, goal: number): Goal => ({
  ...atMost,
  ...{ what: `gain: ${what}`, unit: 'points', goal, cells: [cell, honest] },
  measure: (cheating, honest) => {
    const of = (drawn: readonly number[]) => gainOf(cheating, honest, drawn)
    return { figure: of(everyRoom(cheating)), interval: bootstrap(cheating.rooms.length, of) }
  },
})

/** How often the cheat won. The interval is Wilson's. */
export const wins = (what: string, cell: CellId, goal: number): Goal => ({
  ...atMost,
  ...{ what, unit: '%', goal, cells: [cell] },
  measure: (result) => {
    const seats = everyRoom(result).flatMap((room) => seatsOf(result, room))
    const share = winRate(result.rooms.flat(), (index) => seats[index] ?? -1)
    return { figure: share, interval: wilson((share / 100) * seats.length, seats.length) }
  },
})

/** How much larger a number of the score is in the first cell, over rooms drawn together with their twins. */
export const difference = (
  what: string,
  cells: [CellId, CellId],
  { key, sign, unit }: { key: keyof Score; sign: 1 | -1; unit: Unit },
  goal: number,
): Goal => ({
  ...atMost,
  ...{ what, unit, goal, cells },
  measure: (one, other) => {
    const of = (drawn: readonly number[]) =>
      sign * (numberOf(key, roundsOf(one, drawn)) - numberOf(key, roundsOf(other, drawn)))
    return { figure: of(everyRoom(one)), interval: bootstrap(one.rooms.length, of) }
  },
})
