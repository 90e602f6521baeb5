import type { Ms, SeatId } from '../ids.ts'
import { hasAnswered, mayTakePart, seatsOf } from './ask.ts'
import { choicesMarkedAsTheBankSays } from './choices.ts'
import type { Draft } from './events.ts'
import { evolve } from './evolve.ts'
import { pointsForTyped } from './scores.ts'
import { entriesOf, lookUp } from './shards.ts'
import type { CloseReason, RoomState, Turn, Typed, TypedMark, Verdict } from './state.ts'

/** What stays of an answer for comparing it: letters and figures, small, «ё» as «е». Never empty. */
export function plainAnswer(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}+#]+/gu, ' ')
    .trim()
  return plain === '' ? text.trim().toLowerCase() : plain
}

/** «1 300,5» and «1300.5» alike. @returns `null` where it is no number */
export function guessIn(text: string): number | null {
  const plain = text
    .replace(/[\s\u2009\u202f]/g, '')
    .replace('−', '-')
    .replace(',', '.')
  return /^-?\d{1,12}(\.\d{1,6})?$/.test(plain) ? Number(plain) : null
}

/** Answers that are alike, as the host judges them. */
export interface AnswerGroup {
  /** As it was typed most often. */
  text: string
  /** All of it, as {@link plainAnswer} reads them. */
  answers: string[]
  seats: SeatId[]
  /** `null`: not judged yet, or not all alike. */
  verdict: Verdict | null
}

/** So short an answer differs by a letter on purpose. */
const shortestWithSlip = 5
const longestWithOneSlip = 9

/** Whether one is the other with a slip of the thumb: one sign, or two in a long one. Figures are never slips. */
function isSlipOf(one: string, other: string): boolean {
  const shorter = Math.min(one.length, other.length)
  const most = shorter > longestWithOneSlip ? 2 : 1
  if (shorter < shortestWithSlip || Math.abs(one.length - other.length) > most) return false
  return figuresOf(one) === figuresOf(other) && distance(one, other) <= most
}

const figuresOf = (answer: string): string => answer.replace(/\P{N}/gu, '')

/** How many signs must be changed, added, left out or swapped with their neighbour (Damerau, optimal string alignment). */
function distance(one: string, other: string): number {
  let [before, last] = [[] as number[], Array.from({ length: other.length + 1 }, (_, index) => index)]
  for (let row = 1; row <= one.length; row++) {
    const next = [row]
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1]
      const least = Math.min(
        (last[column] as number) + 1,
        (next[column - 1] as number) + 1,
        (last[column - 1] as number) + (same ? 0 : 1),
      )
      const isSwap = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      next.push(isSwap ? Math.min(least, (before[column - 2] as number) + 1) : least)
    }
    ;[before, last] = [last, next]
  }
  return last[other.length] as number
}

/** What was typed, alike put together: the most frequent first. For whoever may read it. */
export function answerGroups({ secret }: Turn): AnswerGroup[] {
  const verdicts = new Map(secret.typedMarks?.map(({ seat, verdict }) => [seat, verdict]))
  const typed = secret.typed ? entriesOf(secret.typed) : []
  return groupsOf(typed.map(([seat, { text }]) => ({ seat, text, verdict: verdicts.get(seat) ?? null })))
}

/** The same, of answers that were kept. */
export function groupsOf(typed: GivenAnswer[]): AnswerGroup[] {
  const alike = grouped(typed, ({ text }) => plainAnswer(text))
  const often = (answer: string) => alike.get(answer)?.length ?? 0
  const groups: string[][] = []
  for (const answer of [...alike.keys()].sort((a, b) => often(b) - often(a) || (a < b ? -1 : 1))) {
    const home = groups.find(([head]) => head !== undefined && isSlipOf(head, answer))
    if (home) home.push(answer)
    else groups.push([answer])
  }
  return groups.map((answers) => groupOf(answers, alike))
}

interface GivenAnswer {
  seat: SeatId
  text: string
  verdict: Verdict | null
}

function groupOf(answers: string[], alike: Map<string, GivenAnswer[]>): AnswerGroup {
  const given = answers.flatMap((answer) => alike.get(answer) ?? [])
  const [verdict = null, ...others] = new Set(given.map(({ verdict }) => verdict))
  return {
    text: mostFrequent((alike.get(answers[0] ?? '') ?? []).map(({ text }) => text)),
    answers,
    seats: given.map(({ seat }) => seat),
    verdict: others.length > 0 ? null : verdict,
  }
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}

function mostFrequent(texts: string[]): string {
  const counted = [...grouped(texts, (text) => text)].sort(
    ([a, { length }], [b, { length: other }]) => other - length || (a < b ? -1 : 1),
  )
  return counted[0]?.[0] ?? ''
}

/** Whether nobody is left to wait for, once this seat has answered too. */
function isLastToAnswer(state: RoomState, turn: Turn, last: SeatId): boolean {
  const { chosen, typed } = turn.secret
  // Who has answered and was removed is counted as well, so to be sure everyone is looked at; but not for each answer.
  if (!turn.only && ((chosen ?? typed)?.size ?? 0) + 1 < (state.secret.inGame ?? 0)) return false
  return seatsOf(state).every(
    ({ seat, removed }) => removed || !mayTakePart(turn, seat) || seat === last || hasAnswered(turn, seat),
  )
}

/** What someone's own answer brings about: with the last one the question is closed. */
export function answered(state: RoomState, turn: Turn, own: Draft, by: SeatId, now: Ms): Draft[] {
  if (!isLastToAnswer(state, turn, by)) return [own]
  const next = evolve(state, { ...own, at: now, by })
  return [own, ...answersClosed(next, next.turn ?? turn, 'answered')]
}

/** Nobody may answer any more. What was chosen is marked as the bank says; what was typed, the host judges. */
export function answersClosed(state: RoomState, turn: Turn, reason: CloseReason): Draft[] {
  const hasAny = ((turn.secret.chosen ?? turn.secret.typed)?.size ?? 0) > 0
  const closed: Draft = {
    type: 'turnClosed',
    turn: turn.turn,
    reason: reason === 'answered' && !hasAny ? 'nobody' : reason,
  }
  return turn.choosing ? [closed, choicesMarkedAsTheBankSays(state, turn)] : [closed]
}

/** @returns `null` where all of them have this verdict already */
export function judged(state: RoomState, turn: Turn, answers: string[], verdict: Verdict): Draft | null {
  const seats = seatsWith(turn, answers)
  const before = new Map(turn.secret.typedMarks?.map((mark) => [mark.seat, mark.verdict]))
  if (seats.every((seat) => before.get(seat) === verdict)) return null
  const typedMarks = seats.map((seat) => markOf(state, turn, seat, verdict))
  return { type: 'answersJudged', turn: turn.turn, right: null, secret: { answers, typedMarks } }
}

/** The nearest to it are right, all who are equally near; everyone else is wrong. */
export function judgedByNearness(state: RoomState, turn: Turn, right: number): Draft {
  const offBy = new Map(
    typedBy(turn, () => true).map((seat) => {
      const typed = turn.secret.typed && lookUp(turn.secret.typed, seat)
      return [seat, Math.abs((guessIn(typed?.text ?? '') ?? Infinity) - right)]
    }),
  )
  const least = Math.min(...offBy.values())
  const typedMarks = [...offBy].map(([seat, off]) => markOf(state, turn, seat, off === least ? 'right' : 'wrong'))
  return { type: 'answersJudged', turn: turn.turn, right, secret: { answers: [], typedMarks } }
}

/** Who typed one of these, as {@link plainAnswer} reads them. */
export function seatsWith(turn: Turn, answers: string[]): SeatId[] {
  const meant = new Set(answers)
  return typedBy(turn, ({ text }) => meant.has(plainAnswer(text)))
}

/** In the order in which they came in. */
const typedBy = ({ secret }: Turn, isMeant: (typed: Typed) => boolean): SeatId[] =>
  (secret.whoTyped ?? []).filter((seat) => {
    const typed = secret.typed && lookUp(secret.typed, seat)
    return typed !== undefined && isMeant(typed)
  })

function markOf(state: RoomState, turn: Turn, seat: SeatId, verdict: Verdict): Omit<TypedMark, 'at'> {
  const text = verdict === 'right' && turn.secret.typed && lookUp(turn.secret.typed, seat)?.text
  return { seat, verdict, points: pointsForTyped(state, turn, seat, verdict), ...(text ? { text } : {}) }
}
