import { mostReviewsAtOnce, ProgressKey, ReviewsToKeep } from '@knopka/shared/contracts'
import { reviewIn } from '@knopka/shared/study'
import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { mostReviewsSent, partsOf } from '../../client/src/lib/api.ts'
import { forgetProgressKey, keepProgressKey, knownProgressKey, progressKey } from '../../client/src/lib/progress-key.ts'

beforeEach(() => forgetProgressKey())

test('a key is drawn once, and is one that the server takes', () => {
  expect(knownProgressKey()).toBe(null)
  const key = progressKey()
  expect(ProgressKey.safeParse(key).success).toBe(true)
  expect([progressKey(), knownProgressKey()]).toEqual([key, key])
})

test('after a key is forgotten another one is drawn; one from another device is kept as it is', () => {
  const key = progressKey()
  forgetProgressKey()
  expect(progressKey()).not.toBe(key)
  keepProgressKey(key)
  expect(progressKey()).toBe(key)
})

test('as many reviews are sent at once as the server takes', () => {
  expect(mostReviewsSent).toBe(mostReviewsAtOnce)
})

test('the server takes whatever a file may hold, in parts that it takes at once', () => {
  const text = (longest: number) => fc.string({ minLength: 1, maxLength: longest, unit: 'binary' })
  const reviews = fc.array(
    fc.record({
      id: text(100),
      question: text(165),
      at: fc.double({ min: 0, max: 8e15, noNaN: true }),
      rating: fc.constantFrom('again' as const, 'easy' as const, null),
      revision: fc.maxSafeNat(),
    }),
  )
  fc.assert(
    fc.property(reviews, fc.integer({ min: 1, max: 60 }), (few, times) => {
      const sound = few.filter((one) => reviewIn(one) !== null)
      const many = Array.from({ length: times }, () => sound).flat()
      const parts = partsOf(many)
      expect(parts.flat()).toEqual(many)
      for (const part of parts) {
        expect(ReviewsToKeep.safeParse({ reviews: part }).error).toBe(undefined)
        expect(new TextEncoder().encode(JSON.stringify({ reviews: part })).length).toBeLessThan(200 * 1024)
      }
    }),
    { numRuns: 20 },
  )
  const one = { id: 'room/1', question: 'bank/q', at: 1.5, rating: 'good' as const, revision: 0 }
  expect(partsOf(Array.from({ length: 5000 }, () => one)).length).toBeLessThan(8)
})
