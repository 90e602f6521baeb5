import {
  finalCell,
  nextQuestionId,
  roundOf,
  stageOf,
  tiedForFirst,
  valueOf,
  whyNotAsk,
  whyNotBeginRound,
  whyNotBreakTie,
  whyNotPractise,
  type Board,
  type RoomState,
  type Why,
} from '@knopka/shared/game'
import type { Saying } from '../lib/outbox.ts'
import type { Action } from './action.ts'
import { roundsText } from './rounds-text.ts'
import { text } from './text.ts'

/** The round that the expected key begins; `null` where it asks a question. A board is shown before it is played. */
export function roundDue(state: RoomState): number | null {
  if (state.phase === 'lobby' && roundOf(state)?.board) return state.round
  return whyNotAsk(state) === 'round-over' ? state.round + 1 : null
}

/** Whether the present round was announced and nothing of it asked yet. */
export const isAnnounced = ({ phase, turn, round }: RoomState): boolean => phase === 'playing' && turn?.round !== round

/** Whether whoever looks at the board has nothing else to wait for. */
export const isBoardOpen = (state: RoomState): boolean =>
  state.phase === 'playing' &&
  Boolean(roundOf(state)?.board) &&
  state.cells.includes(null) &&
  (!state.turn || stageOf(state.turn) === 'closed')

/** The cell that the expected key asks: the one that was picked or, at the end of a board, its final. */
function cellDue({ cells, picked }: RoomState, board: Board): number | undefined {
  if (picked !== null && cells[picked] === null) return picked
  return isFinalLeft(cells, board) ? finalCell(board) : undefined
}

/** Whether all of the board but its final was played. */
export const isFinalLeft = (cells: RoomState['cells'], board: Board): boolean =>
  board.final && cells[finalCell(board)] === null && cells.indexOf(null) === finalCell(board)

const nextTurn = ({ turn }: RoomState): number => (turn?.turn ?? 0) + 1

export function sayingOfCell(state: RoomState, cell: number): Saying | null {
  const questionId = state.secret.cellIds?.[cell]
  return questionId ? { type: 'ask', turn: nextTurn(state), questionId, tieBreak: false, cell } : null
}

export function nextAction(state: RoomState): Action {
  return { name: 'next', codes: ['ArrowRight'], cap: '→', ...whatComes(state) }
}

function whatComes(state: RoomState): Pick<Action, 'consequence' | 'why' | 'saying'> {
  const round = roundDue(state)
  if (round !== null) return beginning(state, round)
  const board = roundOf(state)?.board
  if (board) return picking(state, board)
  const questionId = nextQuestionId(state)
  return {
    consequence: text().consequence.question(nextTurn(state)),
    why: whyNotAsk(state),
    saying: questionId ? { type: 'ask', turn: nextTurn(state), questionId, tieBreak: false } : null,
  }
}

export function beginning(state: RoomState, round: number): Pick<Action, 'consequence' | 'why' | 'saying'> {
  return {
    consequence: state.rounds[round - 1]?.title ?? '',
    why: whyNotBeginRound(state, round),
    saying: { type: 'beginRound', round },
  }
}

function picking(state: RoomState, board: Board): Pick<Action, 'consequence' | 'why' | 'saying'> {
  const cell = cellDue(state, board)
  return {
    consequence: cell === undefined ? '' : cellInWords(board, cell),
    why: whyNotAsk(state, cell),
    saying: cell === undefined ? null : sayingOfCell(state, cell),
  }
}

/** `300, Сети` */
export function cellInWords(board: Board, cell: number): string {
  if (cell === finalCell(board)) return roundsText().final
  let first = 0
  for (const { title, cells } of board.columns) {
    if (cell < first + cells) return `${valueOf(board, cell)}, ${title}`
    first += cells
  }
  return ''
}

/** While cells are left, the final has a key of its own: an evening may run out of time. */
export function finalAction(state: RoomState): { final?: Action } {
  const board = roundOf(state)?.board
  if (!board?.final || state.cells[finalCell(board)] !== null || isFinalLeft(state.cells, board)) return {}
  if (state.phase !== 'playing') return {}
  const cell = finalCell(board)
  const about = { consequence: '', why: whyNotAsk(state, cell), saying: sayingOfCell(state, cell) }
  return { final: { name: 'final', codes: ['KeyF'], cap: 'F', ...about } }
}

export function practiceAction(state: RoomState): Action {
  const questionId = nextQuestionId(state, true)
  return {
    name: 'practice',
    codes: ['KeyP'],
    cap: 'P',
    consequence: text().consequence.noPoints,
    why: whyNotPractise(state),
    saying: questionId ? { type: 'ask', turn: nextTurn(state), questionId, tieBreak: false, practice: true } : null,
  }
}

/** `why` tells whether there is anything to decide, and whether the plan has a question for it. */
export function tieBreakOf(state: RoomState): { why: Why; saying: Saying | null } {
  const questionId = nextQuestionId(state, true)
  return {
    why: whyNotBreakTie(state, tiedForFirst(state).length),
    saying: questionId ? { type: 'ask', turn: nextTurn(state), questionId, tieBreak: true } : null,
  }
}
