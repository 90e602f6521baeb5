import fc from 'fast-check'
import { dayMs, ratings, type Rating, type Review } from '@knopka/shared/study'

/** A Monday evening. */
export const evening = Date.UTC(2026, 2, 2, 17)

export const after = (days: number): number => evening + days * dayMs

let turns = 0

/** A rating of its own turn, so many days after the evening. */
export const rated = (question: string, rating: Rating | null, days = 0, revision = 0): Review => ({
  id: `room/${++turns}`,
  question,
  at: after(days),
  rating,
  revision,
})

/** Few turns and few questions, so that sets of them overlap and revise each other. */
export const reviewOf = (questions: fc.Arbitrary<string>): fc.Arbitrary<Review> =>
  fc.record({
    id: fc.oneof(
      fc.nat(30).map((turn) => `room/${turn}`),
      fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }),
    ),
    question: questions,
    at: fc.oneof(
      fc.double({ min: after(0), max: after(400), noNaN: true }),
      fc.nat(5).map((days) => after(days)),
    ),
    rating: fc.constantFrom(...ratings, null),
    revision: fc.nat(3),
  })

export const someQuestions = Array.from({ length: 12 }, (_, index) => `bank/q${index}`)

export const reviewSets = fc.array(reviewOf(fc.constantFrom(...someQuestions)), { maxLength: 60 })
