import {
  finalCell,
  roundOf,
  stageOf,
  whyNotBuzz,
  type Board,
  type ButtonFace,
  type Mine,
  type RoomState,
  type Turn,
} from '@knopka/shared/game'

interface Cell {
  cell: number
  value: number
}

/** A section of the board, with its cells from the cheapest. */
export interface Column {
  title: string
  cells: Cell[]
}

export function columnsOf({ columns, step }: Board): Column[] {
  let first = 0
  return columns.map(({ title, cells }) => {
    const from = first
    first += cells
    return { title, cells: Array.from({ length: cells }, (_, row) => ({ cell: from + row, value: (row + 1) * step })) }
  })
}

/** The section in which a cell stands; none for the final. */
export const columnOf = (board: Board, cell: number): Column | undefined =>
  columnsOf(board).find(({ cells }) => cells.some((one) => one.cell === cell))

/** Whether a cell is left that people pick; the final is the host's to ask. */
export function hasFreeCells(state: RoomState): boolean {
  const board = roundOf(state)?.board
  return board ? state.cells.slice(0, finalCell(board)).includes(null) : false
}

/** Whether nothing but its final is left of a board. */
export function isFinalNext(state: RoomState): boolean {
  const board = roundOf(state)?.board
  return board ? board.final && !hasFreeCells(state) && state.cells[finalCell(board)] === null : false
}

/** Who did not play somebody's own question was locked while it was on; once it is over, it is closed for all. */
export function faceOnBoard(face: ButtonFace, state: RoomState, mine: Mine): ButtonFace {
  const { turn } = state
  const isOver = face === 'locked' && turn !== null && stageOf(turn) === 'closed'
  return isOver && whyNotBuzz(state, mine.seat, mine) === 'not-your-question' ? 'closed' : face
}

/** What one may stake with one touch, least first; the last is all. */
export function readyStakes(highest: number, step: number): number[] {
  const half = Math.round(highest / 2 / step) * step
  return [...new Set([Math.min(step, highest), half, highest])].filter((stake) => stake > 0).sort((a, b) => a - b)
}

/** What a stake begins with, before it is said. */
export const firstStake = ({ worth }: Turn, highest: number, step: number): number =>
  Math.min(highest, worth?.kind === 'double' ? worth.value : step)
