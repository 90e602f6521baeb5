import { cardsOf, mergeReviews, type Review } from '@knopka/shared/study'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Deck } from '../../server/src/deck.ts'

/** Few enough of each that they meet: a review may be revised, taken back, and even be of another question by then. */
const reviews: fc.Arbitrary<Review> = fc.record(
  {
    id: fc.constantFrom('room/1', 'room/2', 'room/3', 'other/1', 'other/2'),
    question: fc.constantFrom('backend/a', 'backend/b', 'backend/c'),
    at: fc.integer({ min: 0, max: 40 }).map((days) => Date.UTC(2026, 0, 1) + days * 24 * 3_600_000),
    rating: fc.constantFrom('again', 'hard', 'good', 'easy', null),
    revision: fc.nat(3),
  },
  { noNullPrototype: true },
)

test('what a deck holds is what folding all of it at once would give, in whatever parts it came', () => {
  fc.assert(
    fc.property(fc.array(fc.array(reviews, { maxLength: 8 }), { maxLength: 8 }), fc.nat(3), (parts, most) => {
      const deck = new Deck()
      for (const part of parts) {
        deck.take(part)
        deck.fold(most)
      }
      while (deck.fold(1)) continue
      const all = mergeReviews(...parts)
      expect(deck.reviews).toEqual(all)
      expect(deck.size).toBe(all.length)
      expect(new Map(deck.cards)).toEqual(cardsOf(all))
    }),
    { numRuns: 500 },
  )
})
