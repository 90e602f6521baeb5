import { seededRandom, shuffled } from '../random.ts'
import type { Ms, QuestionId, SeatId } from '../ids.ts'
import { dueAt, recallOf, targetRetention, type Card, type Cards } from './cards.ts'

/** Somebody who is there, and what they know. */
export interface Present {
  seat: SeatId
  cards: Cards
}

/** Why a question is asked. */
export type Reason = { kind: 'forgotten'; seats: SeatId[] } | { kind: 'new' }

export interface Choosing {
  present: readonly Present[]
  /** All that may be asked, in the bank's order. */
  pool: readonly QuestionId[]
  /** In this session; none of it comes again. */
  asked: ReadonlySet<QuestionId>
  /** How many of a hundred questions shall be new. */
  newPercent: number
  seed: string
  now: Ms
  retention?: number
}

/** The next question for those who are present; `null` when nothing is due and nothing new is left. */
export function nextQuestion(choosing: Choosing): { question: QuestionId; why: Reason } | null {
  const { present, asked, newPercent, now, retention = targetRetention } = choosing
  const { due, fresh } = open(choosing)
  const [first] = due.keys()
  const isNewTurn = Math.floor(((asked.size + 1) * newPercent) / 100) > Math.floor((asked.size * newPercent) / 100)
  const [unseen] = fresh
  if (unseen !== undefined && (isNewTurn || first === undefined)) return { question: unseen, why: { kind: 'new' } }
  if (first === undefined) return null
  const question = [...due].reduce((a, b) => (b[1] < a[1] ? b : a))[0]
  return { question, why: { kind: 'forgotten', seats: whoForgets(question, present, now, retention) } }
}

/** What is left to ask now, and when the next of the pool falls due; `null` when none of it was ever studied. */
export function whatIsLeft(choosing: Omit<Choosing, 'newPercent' | 'seed'>): {
  due: number
  new: number
  nextDueAt: Ms | null
} {
  const { due, fresh } = open({ ...choosing, seed: '' })
  return { due: due.size, new: fresh.length, nextDueAt: nextDueAt(choosing) }
}

/** In an order that the seed gives: what is due, with the mean recall of those who have studied it, and what is new. */
function open({ present, pool, asked, seed, now, retention = targetRetention }: Omit<Choosing, 'newPercent'>) {
  const due = new Map<QuestionId, number>()
  const fresh: QuestionId[] = []
  for (const question of shuffled(pool, seededRandom(seed))) {
    if (asked.has(question)) continue
    const cards = cardsFor(question, present)
    const recall = meanRecall(cards, now)
    if (cards.length === 0) fresh.push(question)
    else if (recall <= retention) due.set(question, recall)
  }
  return { due, fresh }
}

function cardsFor(question: QuestionId, present: readonly Present[]): Card[] {
  return present.flatMap(({ cards }) => cards.get(question) ?? [])
}

const meanRecall = (cards: Card[], now: Ms): number =>
  cards.reduce((sum, card) => sum + recallOf(card, now), 0) / cards.length

/** The weakest first; never nobody, since a mean is no less than its least part. */
function whoForgets(question: QuestionId, present: readonly Present[], now: Ms, retention: number): SeatId[] {
  const recalls = present.flatMap(({ seat, cards }) => {
    const card = cards.get(question)
    return card ? [{ seat, recall: recallOf(card, now) }] : []
  })
  const weakest = Math.min(...recalls.map(({ recall }) => recall))
  return recalls
    .filter(({ recall }) => recall <= Math.max(retention, weakest))
    .sort((a, b) => a.recall - b.recall)
    .map(({ seat }) => seat)
}

function nextDueAt({
  present,
  pool,
  now,
  retention = targetRetention,
}: Omit<Choosing, 'newPercent' | 'seed'>): Ms | null {
  let next = Infinity
  for (const question of pool) {
    const cards = cardsFor(question, present)
    if (cards.length === 0 || meanRecall(cards, now) <= retention) continue
    next = Math.min(next, Math.max(...cards.map((card) => dueAt(card, retention))))
  }
  return next === Infinity ? null : next
}
