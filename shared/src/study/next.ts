import { seededRandom, shuffled } from '../random.ts'
import type { Ms, QuestionId, SeatId } from '../ids.ts'
import {
  dayMs,
  dueAt,
  isDue,
  isDueTogether,
  meanRecall,
  recallOf,
  targetRetention,
  type Card,
  type Cards,
} from './cards.ts'

/** Somebody who is there, and what they know. */
export interface Present {
  seat: SeatId
  cards: Cards
}

/** Why a question is asked: who forgets it, the weakest first, or that nobody there has studied it. */
export type Reason = { kind: 'forgotten'; seats: SeatId[] } | { kind: 'new' }

/** What a session could ask, and whom. */
export interface Choice {
  present: readonly Present[]
  /** All that may be asked, in the bank's order. */
  pool: readonly QuestionId[]
  /** In this session; none of it comes again. */
  asked: ReadonlySet<QuestionId>
  now: Ms
  retention?: number
}

export interface Choosing extends Choice {
  /** How many of a hundred questions shall be new. */
  newPercent: number
  seed: string
}

/**
 * Who meets on some days only meets most questions later than they are due. A day is half of what lies between two
 * sessions of three a week: what falls due within it is asked now rather than late.
 */
const aheadMs = dayMs

/** The next question for those who are present; `null` when nothing is due and nothing new is left. */
export function nextQuestion(choosing: Choosing): { question: QuestionId; why: Reason } | null {
  const { present, pool, seed, now, retention = targetRetention } = choosing
  const { due, unseen } = open({ ...choosing, pool: shuffled(pool, seededRandom(seed)) })
  const [first] = unseen
  if (first !== undefined && isTurnOfNew(choosing, due.length)) return { question: first, why: { kind: 'new' } }
  const question = weakestOf(due)
  if (question === undefined) return null
  return { question, why: { kind: 'forgotten', seats: whoForgets(question, present, now + aheadMs, retention) } }
}

/**
 * New ones are spread evenly, and wait as long as much is due: each comes back within days, so that a team that asked
 * for more of them than its sessions hold would soon forget most of what it has studied.
 */
function isTurnOfNew({ asked, newPercent }: Choosing, due: number): boolean {
  if (due === 0) return true
  const share = newPercent / 100
  const isNext = Math.floor((asked.size + 1) * share) > Math.floor(asked.size * share)
  return isNext && due * 2 <= asked.size
}

/** What is left to ask now, and when something else falls due: `null` when nothing will. */
export function whatIsLeft(choice: Choice): { due: number; new: number; nextDueAt: Ms | null } {
  const { due, unseen } = open(choice)
  return { due: due.length, new: unseen.length, nextDueAt: nextDueAt(choice) }
}

interface Due {
  question: QuestionId
  recall: number
}

function open({ present, pool, asked, now, retention }: Choice): { due: Due[]; unseen: QuestionId[] } {
  const due: Due[] = []
  const unseen: QuestionId[] = []
  for (const question of pool) {
    if (asked.has(question)) continue
    const cards = cardsFor(question, present)
    if (cards.length === 0) unseen.push(question)
    else if (isDueTogether(cards, now + aheadMs, retention)) {
      due.push({ question, recall: meanRecall(cards, now + aheadMs) })
    }
  }
  return { due, unseen }
}

function cardsFor(question: QuestionId, present: readonly Present[]): Card[] {
  const found: Card[] = []
  for (const { cards } of present) {
    const card = cards.get(question)
    if (card) found.push(card)
  }
  return found
}

function weakestOf(due: Due[]): QuestionId | undefined {
  let [weakest] = due
  for (const one of due) if (weakest && one.recall < weakest.recall) weakest = one
  return weakest?.question
}

/** Never nobody: the weakest is named whatever the rounding of a mean makes of it. */
function whoForgets(question: QuestionId, present: readonly Present[], then: Ms, retention: number): SeatId[] {
  const [weakest, ...others] = present
    .flatMap(({ seat, cards }) => (cards.has(question) ? [{ seat, card: cards.get(question) as Card }] : []))
    .sort((a, b) => recallOf(a.card, then) - recallOf(b.card, then))
  if (!weakest) return []
  return [weakest, ...others.filter(({ card }) => isDue(card, then, retention))].map(({ seat }) => seat)
}

/** Of all that is not due yet, what was asked already included. */
function nextDueAt({ present, pool, now, retention = targetRetention }: Choice): Ms | null {
  let next: Ms | null = null
  for (const question of pool) {
    const cards = cardsFor(question, present)
    if (cards.length === 0 || isDueTogether(cards, now + aheadMs, retention)) continue
    if (next !== null && !isDueTogether(cards, next + aheadMs, retention)) continue
    next = firstDue(cards, now, next ?? Infinity, retention)
  }
  return next
}

/** Halves the time between what is too early and what is late enough. */
function firstDue(cards: Card[], now: Ms, latest: Ms, retention: number): Ms {
  let early = now
  let late = Math.min(latest, Math.max(...cards.map((card) => dueAt(card, retention))) - aheadMs)
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2)
    if (isDueTogether(cards, middle + aheadMs, retention)) late = middle
    else early = middle
  }
  return late
}
