import type { Choice, Question } from '../../bank/question.ts'
import { seatsOf, type Why } from '../ask.ts'
import { finalCell, nextQuestionId, roundOf, valueOf, whoPicks } from '../rounds.ts'
import { whyNotAsk, whyNotBreakTie, whyNotPractise } from '../why.ts'
import { shownOrder } from '../choices.ts'
import type { CommandOf } from '../commands.ts'
import type { Draft } from '../events.ts'
import { refuse } from '../refusals.ts'
import { tiedForFirst } from '../scores.ts'
import { seededRandom, shuffled } from '../../random.ts'
import type { QuestionId, SeatId } from '../../ids.ts'
import type { Board, Member, RoomState, Worth } from '../state.ts'
import type { Rule } from './rule.ts'

type Asking = CommandOf<'ask'>

export const ask: Rule<'ask'> = (state, command) => {
  const { turn, questionId, question } = command
  // Two hosts who click at once mean the same question; the second click finds it asked.
  if (state.turn?.turn === turn && state.turn.secret.questionId === questionId) return []
  const tied = command.tieBreak ? tiedForFirst(state) : null
  const why = whyNot(state, command, tied)
  if (why) return refuse(why)
  if (turn !== (state.turn?.turn ?? 0) + 1 || questionId !== meant(state, command)) return refuse('question-closed')
  return [question ? asked(state, command, question, tied) : dropped(state, questionId)]
}

const isBeside = ({ tieBreak, practice }: Asking): boolean => tieBreak || practice === true

function whyNot(state: RoomState, command: Asking, tied: SeatId[] | null): Why {
  if (tied) return whyNotBreakTie(state, tied.length)
  return command.practice ? whyNotPractise(state) : whyNotAsk(state, command.cell)
}

function meant(state: RoomState, command: Asking): QuestionId | undefined {
  const { cell } = command
  if (!isBeside(command) && cell !== undefined) return state.secret.cellIds?.[cell]
  return nextQuestionId(state, isBeside(command))
}

/** The bank has lost it: one from the reserve takes its place, or the evening has one question less. */
function dropped({ total, cells, secret }: RoomState, questionId: QuestionId): Draft {
  const left = (secret.plan?.length ?? 1) - 1
  const cell = secret.cellIds?.findIndex((id, cell) => id === questionId && cells[cell] === null) ?? -1
  const isEmpty = left < total && cell >= 0
  return { type: 'questionDropped', total: Math.min(total, left), ...(isEmpty ? { cell } : {}), secret: { questionId } }
}

function asked(state: RoomState, command: Asking, question: Question, tied: SeatId[] | null): Draft {
  const { turn, questionId, practice } = command
  const { text, kind, path, note } = question
  const worth = tied || practice ? undefined : worthOf(state, command.cell)
  const typing = typingOf(state, worth)
  // A choice earns a point, and a cell is worth what it says.
  const choices = !typing && !worth && state.rules.choices ? shownChoices(state, question) : null
  return {
    type: 'questionAsked',
    turn,
    kind,
    path,
    total: totalWith(state, isBeside(command)),
    text: state.rules.textOnPhones && !isSealed(worth) ? text : null,
    only: tied ?? (worth?.kind === 'double' && worth.picker !== null ? withTeam(state, worth.picker) : null),
    ...(worth ? { worth } : {}),
    ...(practice ? { practice } : {}),
    ...(choices ? { choosing: { count: choices.length, multiple: isMultiple(choices) } } : {}),
    ...(typing ? { typing } : {}),
    secret: {
      questionId,
      ...textPart(state, text, worth),
      ...(note ? { note } : {}),
      ...(choices ? { choices } : {}),
    },
  }
}

/** One beside the plan makes the evening longer, unless nothing is in reserve and it is taken out of the plan. */
function totalWith({ total, secret }: RoomState, isBeside: boolean): number {
  return isBeside ? Math.min(total + 1, secret.plan?.length ?? 0) : total
}

/** Stakes are said before anyone knows the question. */
const isSealed = (worth: Draw | undefined): boolean => worth !== undefined && worth.kind !== 'plain'

function textPart({ rules }: RoomState, text: string, worth: Draw | undefined) {
  if (isSealed(worth)) return { sealed: text }
  return rules.textOnPhones ? {} : { text }
}

type Draw = Omit<Worth, 'stake'>

function worthOf(state: RoomState, cell: number | undefined): Draw | undefined {
  const board = roundOf(state)?.board
  if (!board || cell === undefined) return undefined
  const picker = whoPicks(state)
  const kind =
    cell === finalCell(board) ? 'final' : picker !== null && isDouble(state, board, cell) ? 'double' : 'plain'
  return { cell, value: valueOf(board, cell), kind, picker }
}

/** Fixed by the seed before anyone picks. The first row is too cheap for it. */
function isDouble({ secret, round }: RoomState, board: Board, cell: number): boolean {
  const deeper = Array.from({ length: finalCell(board) }, (_, cell) => cell).filter(
    (cell) => valueOf(board, cell) > board.step,
  )
  const order = shuffled(deeper, seededRandom(`${secret.seed ?? ''} doubles ${round}`))
  return order.slice(0, board.doubles).includes(cell)
}

/** Whoever plays for themselves plays it alone, else the whole team. */
function withTeam(state: RoomState, { seat, team }: Member): SeatId[] {
  if (team === null) return [seat]
  return seatsOf(state)
    .filter((other) => other.team === team && !other.removed)
    .map(({ seat }) => seat)
}

function typingOf({ rules }: RoomState, worth: Draw | undefined) {
  if (worth?.kind === 'final') return 'text'
  return worth?.kind === 'double' ? null : (rules.typing?.kind ?? null)
}

function shownChoices({ secret }: RoomState, { id, choices }: Question): Choice[] | null {
  return choices ? shownOrder(choices, `${secret.seed ?? ''} ${id}`) : null
}

const isMultiple = (choices: Choice[]): boolean => choices.filter(({ right }) => right).length > 1
