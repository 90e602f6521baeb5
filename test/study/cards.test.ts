import { createEmptyCard, forgetting_curve, default_w, fsrs, type Card as WholeCard, type Grade } from 'ts-fsrs'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '@knopka/shared/random'
import {
  cardsOf,
  dayMs,
  dueAt,
  isDue,
  isDueTogether,
  mergeReviews,
  ratings,
  recallOf,
  targetRetention,
  type Card,
  type Rating,
  type Review,
} from '@knopka/shared/study'
import fc from 'fast-check'
import { after, rated, reviewSets } from '../support/reviews.ts'

const cardOf = (...reviews: Review[]): Card => {
  const [card, ...others] = cardsOf(reviews).values()
  if (!card || others.length > 0) throw new Error('Reviews of one question make one card')
  return card
}

const gradeOf = (rating: Rating) => (ratings.indexOf(rating) + 1) as Grade

/** Minutes, days or months: as people come back. */
function gapIn(random: () => number): number {
  const [kind, share] = [random(), random()]
  if (kind < 0.15) return share * 20 * 60_000
  if (kind < 0.25) return share * dayMs
  return share ** 3 * 200 * dayMs
}

/** 10,000 reviews of 500 questions, each with the whole card that ts-fsrs makes of it. */
function* simulated(retention: number) {
  const random = seededRandom('ten thousand reviews')
  const whole = fsrs({ enable_fuzz: false, request_retention: retention, learning_steps: [], relearning_steps: [] })
  for (let question = 0; question < 500; question++) {
    let at = after(0) + random() * 30 * dayMs
    let card: WholeCard = createEmptyCard(new Date(at))
    const reviews: Review[] = []
    for (let turn = 0; turn < 20; turn++) {
      const rating = ratings[Math.floor(random() * 4)] as Rating
      reviews.push({ ...rated(`q${question}`, rating), at })
      const given = whole.repeat(card, new Date(at))
      yield { reviews: [...reviews], rating, given, at }
      card = given[gradeOf(rating)].card
      at += gapIn(random)
    }
  }
}

/** Days until ts-fsrs would ask again: whole ones, and more of them the better it was known. */
function spreadApart(days: Record<Rating, number>, isFirst: boolean): Record<Rating, number> {
  const whole = (rating: Rating) => Math.min(36_500, Math.max(1, Math.round(days[rating])))
  if (isFirst) return { again: whole('again'), hard: whole('hard'), good: whole('good'), easy: whole('easy') }
  const hard = Math.min(whole('hard'), whole('good'))
  const good = Math.max(whole('good'), hard + 1)
  return { again: whole('again'), hard, good, easy: Math.max(whole('easy'), good + 1) }
}

describe('what ts-fsrs makes of whole cards over 10,000 reviews', () => {
  test.each([0.8, targetRetention, 0.95])('is what our cards say, at a retention of %d', (retention) => {
    let count = 0
    for (const { reviews, rating, given, at } of simulated(retention)) {
      const theirs = given[gradeOf(rating)].card
      const ours = cardOf(...reviews)
      expect(ours).toMatchObject({ stability: theirs.stability, difficulty: theirs.difficulty })
      expect([ours.reviews, ours.lapses]).toEqual([theirs.reps, theirs.lapses])
      const daysIf = (rating: Rating) => {
        const last = { ...(reviews.at(-1) as Review), rating }
        return (dueAt(cardOf(...reviews.slice(0, -1), last), retention) - at) / dayMs
      }
      const days = Object.fromEntries(ratings.map((rating) => [rating, daysIf(rating)])) as Record<Rating, number>
      expect(spreadApart(days, reviews.length === 1)[rating]).toBe(theirs.scheduled_days)
      count++
    }
    expect(count).toBe(10_000)
  })

  test('has the same memory with the minutes of its learning steps, which are not ours', () => {
    let card = createEmptyCard(new Date(after(0)))
    const reviews: Review[] = []
    for (const [index, rating] of (['again', 'good', 'good', 'hard', 'again', 'easy'] as const).entries()) {
      reviews.push(rated('q', rating, index * index))
      card = fsrs().next(card, new Date(after(index * index)), gradeOf(rating)).card
      expect(cardOf(...reviews)).toMatchObject({ stability: card.stability, difficulty: card.difficulty })
    }
  })

  test('forgets as our cards do', () => {
    const card = cardOf(rated('q', 'good'))
    for (const days of [0, 0.1, 1, 2.5, 30, 1000]) {
      expect(recallOf(card, after(days))).toBeCloseTo(forgetting_curve(default_w, days, card.stability), 7)
    }
  })
})

describe('a card', () => {
  test('says how often, how well and when it was rated', () => {
    const reviews = [rated('q', 'again'), rated('q', 'good', 2), rated('q', 'again', 4), rated('q', 'easy', 5)]
    expect(cardOf(...reviews)).toMatchObject({ reviews: 4, lapses: 1, lastAt: after(5), lastRating: 'easy' })
  })

  test('holds two ratings of the same minute, in two rooms', () => {
    const [one, other] = [rated('q', 'good', 3), rated('q', 'again', 3.0001)]
    const card = cardOf(rated('q', 'hard'), one, other)
    expect(card).toMatchObject({ reviews: 3, lastRating: 'again' })
    expect(card.stability).toBeGreaterThan(0)
    expect(card.stability).toBeLessThan(cardOf(rated('q', 'hard'), one).stability)
  })

  test('is the same in whatever order the reviews came', () => {
    fc.assert(
      fc.property(reviewSets, (reviews) => {
        expect(cardsOf([...reviews].reverse())).toEqual(cardsOf(reviews))
        expect(cardsOf(mergeReviews(reviews))).toEqual(cardsOf(reviews))
      }),
    )
  })

  test('always is one that a memory can have', () => {
    fc.assert(
      fc.property(reviewSets, (reviews) => {
        for (const card of cardsOf(reviews).values()) {
          expect(card.stability).toBeGreaterThan(0)
          expect(card.difficulty).toBeGreaterThanOrEqual(1)
          expect(card.difficulty).toBeLessThanOrEqual(10)
          expect(Number.isInteger(dueAt(card))).toBe(true)
        }
      }),
    )
  })

  test('is not there of what was taken back', () => {
    expect(cardsOf([rated('q', null)]).size).toBe(0)
  })

  test('is known for sure at a time before it was rated', () => {
    expect(recallOf(cardOf(rated('q', 'good')), after(-300))).toBe(1)
  })
})

describe('a card is due', () => {
  const card = cardOf(rated('q', 'good'))

  test('from the first instant at which it is known no better than it shall be', () => {
    for (const retention of [0.7, targetRetention, 0.97]) {
      const due = dueAt(card, retention)
      expect(recallOf(card, due)).toBeLessThanOrEqual(retention)
      expect(recallOf(card, due - 1)).toBeGreaterThan(retention)
      expect([isDue(card, due, retention), isDue(card, due - 1, retention)]).toEqual([true, false])
    }
  })

  test('for people together, when they know it no better than that on average', () => {
    const firm = cardOf(rated('q', 'easy'))
    expect(isDueTogether([card], dueAt(card))).toBe(true)
    expect(isDueTogether([card, firm], dueAt(card))).toBe(false)
    expect(isDueTogether([card, firm], dueAt(firm) - dayMs)).toBe(true)
    expect(isDueTogether([], dueAt(card))).toBe(false)
  })
})
