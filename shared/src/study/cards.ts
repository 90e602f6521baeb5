import { computeDecayFactor, default_w, fsrs } from 'ts-fsrs'
import type { Ms, QuestionId } from '../ids.ts'
import { ratedIn, ratings, type Rated, type Rating, type Review } from './review.ts'

/** What one person's memory holds of one question; derived from their reviews. */
export interface Card {
  question: QuestionId
  /** In days: after so many, nine of ten such questions are still known. */
  stability: number
  /** From 1 to 10. */
  difficulty: number
  /** How often it was rated. */
  reviews: number
  /** How often it was forgotten after it had been rated once. */
  lapses: number
  lastAt: Ms
  lastRating: Rating
}

export type Cards = ReadonlyMap<QuestionId, Card>

/** A question comes back when it is known with this likelihood. */
export const targetRetention = 0.9

export const dayMs = 24 * 60 * 60 * 1000

/** FSRS-6 with its default parameters. Its learning steps of minutes are not ours: a session asks nothing twice. */
const memory = fsrs({ enable_fuzz: false, learning_steps: [], relearning_steps: [] })
const { decay, factor } = computeDecayFactor(default_w)

/** Folds what somebody rated. The days between two ratings are counted as FSRS counts them, by the calendar of UTC. */
export function cardsOf(reviews: Review[]): Map<QuestionId, Card> {
  const cards = new Map<QuestionId, Card>()
  for (const review of ratedIn(reviews)) cards.set(review.question, reviewed(cards.get(review.question), review))
  return cards
}

function reviewed(card: Card | undefined, { question, at, rating }: Rated): Card {
  const days = card ? dayOf(at) - dayOf(card.lastAt) : 0
  const { stability, difficulty } = memory.next_state(card ?? null, days, ratings.indexOf(rating) + 1)
  const lapses = card ? card.lapses + Number(rating === 'again') : 0
  return { question, stability, difficulty, reviews: (card?.reviews ?? 0) + 1, lapses, lastAt: at, lastRating: rating }
}

const dayOf = (at: Ms) => Math.floor(at / dayMs)

/** How likely it is that the answer is still known, from 0 to 1. */
export function recallOf({ stability, lastAt }: Card, now: Ms): number {
  const days = Math.max(0, now - lastAt) / dayMs
  return (1 + (factor * days) / stability) ** decay
}

/** The first instant at which its recall is no more than the retention. */
export function dueAt({ stability, lastAt }: Card, retention = targetRetention): Ms {
  const days = (stability * (retention ** (1 / decay) - 1)) / factor
  return Math.ceil(lastAt + days * dayMs)
}

export const isDue = (card: Card, now: Ms, retention = targetRetention): boolean => now >= dueAt(card, retention)

/** How well those who have studied a question know it together. */
export const meanRecall = (cards: readonly Card[], now: Ms): number =>
  cards.reduce((sum, card) => sum + recallOf(card, now), 0) / cards.length

/** Whether a question is due for people together; never when none of them has studied it. */
export function isDueTogether(cards: readonly Card[], now: Ms, retention = targetRetention): boolean {
  const [first, ...others] = cards
  if (!first || others.length > 0) return first !== undefined && meanRecall(cards, now) <= retention
  return isDue(first, now, retention)
}
