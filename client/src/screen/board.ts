import {
  finalCell,
  pickerOf,
  roundOf,
  seatNamed,
  turnNumbered,
  valueOf,
  type Board,
  type RoomState,
} from '@knopka/shared/game'
import { contenderOf, type Contender } from '../ui/teams.ts'

/** One question of the board, as the hall sees it. */
export interface Cell {
  cell: number
  value: number
  /** Whether it can still be picked. */
  free: boolean
  picked: boolean
  /** Who took it. */
  winner: Contender | null
}

interface Column {
  title: string
  cells: Cell[]
}

/** Everything that stands on the board; `null` where the round has none. */
export function boardOf(state: RoomState): Column[] | null {
  const board = roundOf(state)?.board
  if (!board) return null
  const starts = startsOf(board)
  return board.columns.map(({ title, cells }, column) => ({
    title,
    cells: Array.from({ length: cells }, (_, row) => cellOf(state, board, (starts[column] ?? 0) + row)),
  }))
}

const longWord = 11
const vowel = '[аеёиоуыэюяaeiouy]'

/** With places where a long word may be broken: a column is narrow, and browsers know no Russian syllables. */
export const breakable = (title: string): string =>
  title.replace(new RegExp(`\\p{L}{${longWord},}`, 'gu'), (word) =>
    word.replace(new RegExp(`(?<=^.{2,}${vowel})(?=[^аеёиоуыэюяaeiouyьъй]${vowel}.)`, 'gui'), '\u00ad'),
  )

/** The number of each column's first cell. */
const startsOf = ({ columns }: Board): number[] =>
  columns.map((_, column) => columns.slice(0, column).reduce((sum, { cells }) => sum + cells, 0))

const cellOf = (state: RoomState, board: Board, cell: number): Cell => ({
  cell,
  value: valueOf(board, cell),
  free: state.cells[cell] === null,
  picked: state.picked === cell,
  winner: winnerOf(state, state.cells[cell] ?? null),
})

function winnerOf(state: RoomState, number: number | null): Contender | null {
  const turn = number === null ? undefined : turnNumbered(state, number)
  const right = turn?.verdicts.findLast(({ verdict }) => verdict === 'right')
  const who = right && seatNamed(state, right.seat)
  return right && who ? contenderOf(state.teams, { ...who, team: right.team ?? who.team }) : null
}

/** Who says what comes next, as far as it is anybody's to say. */
export function pickerOnWall(state: RoomState): Contender | null {
  const picker = pickerOf(state)
  const who = picker && seatNamed(state, picker.seat)
  return who ? contenderOf(state.teams, { ...who, team: picker.team }) : null
}

/** Whether the round's last question, which is for all, is still to come. */
export function finalIsAhead(state: RoomState): boolean {
  const board = roundOf(state)?.board
  return board?.final === true && state.cells[finalCell(board)] === null
}

/** Whether anything is left to pick. */
export const hasFreeCells = ({ cells }: RoomState): boolean => cells.includes(null)

/** Where on the wall a question grows from, in parts of its width and height. */
export interface Origin {
  x: number
  y: number
  width: number
  height: number
}

/** What the head of the board, and its titles, take of the wall. */
const aboveCells = 0.25

/** @returns `null` for what has no place among the cells, as a final has none */
export function originOf(board: Board, cell: number): Origin | null {
  const column = startsOf(board).findLastIndex((start) => start <= cell)
  const row = cell - (startsOf(board)[column] ?? 0)
  if (column < 0 || row >= (board.columns[column]?.cells ?? 0)) return null
  const rows = Math.max(...board.columns.map(({ cells }) => cells))
  const [width, height] = [1 / board.columns.length, (1 - aboveCells) / rows]
  // As CSS reads it: the point that stays where it is while the whole wall shrinks around it.
  return {
    x: column / Math.max(1, board.columns.length - 1),
    y: (aboveCells + row * height) / (1 - height),
    width,
    height,
  }
}
