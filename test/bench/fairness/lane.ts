import { bundled } from '../load/bundle.ts'
import { ask } from '../load/children.ts'
import { startOurs, type Manner } from '../load/servers.ts'
import type { Round } from '../simulation/scorer.ts'
import { Errors } from './alarms.ts'
import type { Cell } from './cells.ts'
import type { Job, RoomPlan } from './plan.ts'
import type { Played } from './worker.ts'

/** Rooms of one cell that are played together: on a server of their own, by one process. */
export interface Turn {
  cell: Cell
  rooms: RoomPlan[]
  /** Of the first of them, in its cell. */
  first: number
}

/** A cell that was played. */
export interface Result {
  cell: Cell
  /** In the order of the cell's rooms. */
  rooms: Round[][]
  errors: Errors
}

const roundMostMs = 15_000
const beginsMs = 60_000

/** So many rooms at a time that each link is still measured several times a second. */
export function turnsOf(cell: Cell, links: number): Turn[] {
  const atOnce = Math.max(1, Math.floor(links / cell.players))
  const count = Math.ceil(cell.rooms.length / atOnce)
  const size = Math.ceil(cell.rooms.length / count)
  return Array.from({ length: count }, (_, index) => {
    return { cell, rooms: cell.rooms.slice(index * size, (index + 1) * size), first: index * size }
  })
}

export interface Wish {
  lanes: number
  links: number
  /** A round of this cell is over. */
  played: (cell: Cell) => void
  /** All rounds of it. */
  done: (result: Result) => void
}

/** Plays cells in their order, so many turns at once. */
export async function playCells(cells: readonly Cell[], { lanes, links, played, done }: Wish): Promise<void> {
  const results = new Map(cells.map((cell) => [cell, { cell, rooms: [], errors: new Errors() }]))
  const turns = cells.flatMap((cell) => turnsOf(cell, links))
  const left = new Map(cells.map((cell) => [cell, turnsOf(cell, links).length]))
  const lane = async () => {
    for (let turn = turns.shift(); turn; turn = turns.shift()) {
      const { cell, first } = turn
      const { rooms, errors } = await playTurn(turn, () => played(cell))
      const result = results.get(cell) as Result
      rooms.forEach((rounds, index) => (result.rooms[first + index] = rounds))
      result.errors.join(errors)
      left.set(cell, (left.get(cell) ?? 0) - 1)
      if (left.get(cell) === 0) done(result)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

async function playTurn({ cell, rooms }: Turn, played: () => void): Promise<Played> {
  const settings: Record<string, string> = cell.kernelRtt ? { KNOPKA_KERNEL_RTT: 'header' } : {}
  const manner: Manner = { setting: 'room', flags: [], collects: false, settings }
  const running = await startOurs({ store: cell.store, processes: cell.nodes }, manner)
  try {
    const job: Job = { ports: running.place.ports, rooms, tellsKernelRtt: cell.kernelRtt }
    const deadlineMs = beginsMs + Math.max(...rooms.map(({ rounds }) => rounds)) * roundMostMs
    return await ask<Played>(bundled('fairness/worker.ts'), job, deadlineMs, played)
  } finally {
    await running.end()
  }
}
