import { askedOf, endOfRound, finalCell, roundOf, rulesIn } from '../rounds.ts'
import type { QuestionId } from '../../ids.ts'
import type { RoomState } from '../state.ts'
import { withSecret, type Handlers } from './change.ts'

export const ofRounds = {
  roundsPlanned: (state, { kept, rounds, rules, total, secret }) => {
    const next = { ...state, rounds: [...state.rounds.slice(0, kept), ...rounds], total }
    const { plan } = state.secret
    const known = {
      ...(secret?.programme ? { programme: secret.programme } : {}),
      ...(secret?.rest && plan ? { plan: [...plan.slice(0, askedOf(state)), ...secret.rest] } : {}),
    }
    const planned = withSecret(next, known)
    // Before the first question, the first round is another too.
    if (kept > 0) return planned
    return atRound(rules ? { ...planned, rules: rulesIn(state.rules, rules) } : planned, 1)
  },
  roundBegan: (state, { round, rules, total }) => {
    const left = round === state.round ? state : leftEarly(state)
    const begun = { ...left, rules: rulesIn(state.rules, rules), total, phase: 'playing' as const }
    return { ...atRound(begun, round), standingsShown: null, break: null }
  },
  rulesChanged: (state, { rules }) => {
    const { programme } = state.secret
    const changed = programme?.map((round, index) => (index === state.round - 1 ? { ...round, rules } : round))
    return { ...(changed ? withSecret(state, { programme: changed }) : state), rules: rulesIn(state.rules, rules) }
  },
  cellPicked: (state, { cell }) => ({ ...state, picked: cell }),
} satisfies Handlers

/** What it had left goes into reserve. */
function leftEarly(state: RoomState): RoomState {
  const asked = askedOf(state)
  const end = endOfRound(state)
  const { plan } = state.secret
  const left = plan && [...plan.slice(0, asked), ...plan.slice(end), ...plan.slice(asked, end)]
  return withCount(left ? withSecret(state, { plan: left }) : state, asked - end)
}

/** @param more how many questions the present round has more than before */
export const withCount = (state: RoomState, more: number): RoomState => ({
  ...state,
  rounds: state.rounds.map((round, index) =>
    index === state.round - 1 ? { ...round, count: round.count + more } : round,
  ),
})

/** With a board, all of its cells are there to be picked. */
export function atRound(state: RoomState, round: number): RoomState {
  const next = { ...state, round, picked: null }
  const board = roundOf(next)?.board
  const count = board ? finalCell(board) + (board.final ? 1 : 0) : 0
  const { plan } = state.secret
  const cellIds = plan && plan.slice(askedOf(state), askedOf(state) + count)
  const open = { ...next, cells: Array.from({ length: count }, () => null) }
  return cellIds ? withSecret(open, { cellIds }) : open
}

/** What was asked stands in the plan where it was asked; what it was ahead of moves on. */
export function withAsked(state: RoomState, id: QuestionId | undefined, total: number): RoomState {
  const { plan } = state.secret
  const asked = askedOf(state)
  const next = { ...withCount(state, total - state.total), total }
  const place = plan && id !== undefined ? plan.indexOf(id, asked) : -1
  return plan && place >= 0
    ? withSecret(next, { plan: plan.toSpliced(place, 1).toSpliced(asked, 0, plan[place] as QuestionId) })
    : next
}

/** One from the reserve takes its place, while there are any. @param cell of the board, that has none from here on */
export function withoutQuestion(
  state: RoomState,
  id: QuestionId | undefined,
  total: number,
  cell: number | undefined,
): RoomState {
  const fewer = { ...withCount(state, total - state.total), total }
  const next = cell === undefined ? fewer : { ...fewer, cells: fewer.cells.with(cell, 0) }
  const { plan, cellIds } = state.secret
  const place = plan && id !== undefined ? plan.indexOf(id, askedOf(state)) : -1
  if (!plan || place < 0) return next
  const spare = place < state.total ? plan[state.total] : undefined
  if (spare === undefined) return withSecret(next, { plan: plan.toSpliced(place, 1) })
  const filled = plan.toSpliced(state.total, 1).toSpliced(place, 1, spare)
  return withSecret(next, {
    plan: filled,
    ...(cellIds ? { cellIds: cellIds.map((one) => (one === id ? spare : one)) } : {}),
  })
}
