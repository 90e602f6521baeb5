import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeReviews, ratedIn, readReview, writeReview, type Review } from '@knopka/shared/study'
import { after, rated, reviewOf, reviewSets } from '../support/reviews.ts'

const review: Review = { id: 'room/7', question: 'bank/q1', at: after(0), rating: 'good', revision: 2 }

describe('a written review', () => {
  test('is one short line', () => {
    expect(writeReview(review)).toBe(`["room/7","bank/q1",${after(0)},"good",2]`)
  })

  test('is read as the same one, whatever its names are made of', () => {
    const names = fc.string({ minLength: 1, maxLength: 60, unit: 'binary' })
    fc.assert(
      fc.property(reviewOf(names), (one) => {
        const text = writeReview(one)
        expect(text).not.toMatch(/[\n\r]/)
        expect(readReview(text)).toEqual(one)
      }),
    )
  })

  test.each([
    ['nothing', ''],
    ['no JSON', '["room/7"'],
    ['another shape', '{"id":"room/7"}'],
    ['a part too few', '["room/7","bank/q1",5,"good"]'],
    ['a part that only a newer version knows', '["room/7","bank/q1",5,"good",0,"voice"]'],
    ['a rating that only a newer version knows', '["room/7","bank/q1",5,"splendid",0]'],
    ['no name', '["","bank/q1",5,"good",0]'],
    ['a name too long', JSON.stringify(['r'.repeat(101), 'bank/q1', 5, 'good', 0])],
    ['a question too long', JSON.stringify(['room/7', 'q'.repeat(166), 5, 'good', 0])],
    ['no time', '["room/7","bank/q1",null,"good",0]'],
    ['a time that no date can have', '["room/7","bank/q1",1e300,"good",0]'],
    ['a time before all time', '["room/7","bank/q1",-1,"good",0]'],
    ['half a revision', '["room/7","bank/q1",5,"good",0.5]'],
    ['a revision below none', '["room/7","bank/q1",5,"good",-1]'],
  ])('is none when it has %s', (_what, text) => {
    expect(readReview(text)).toBeNull()
  })

  test('is never thrown at anybody', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void readReview(text)))
  })
})

describe('merging', () => {
  test('does not care how the sets are grouped, or ordered, or how often they come', () => {
    fc.assert(
      fc.property(reviewSets, reviewSets, reviewSets, (a, b, c) => {
        const all = mergeReviews(a, b, c)
        expect(mergeReviews(mergeReviews(a, b), c)).toEqual(all)
        expect(mergeReviews(a, mergeReviews(b, c))).toEqual(all)
        expect(mergeReviews(c, b, a)).toEqual(all)
        expect(mergeReviews(all, all)).toEqual(all)
        expect(mergeReviews(all, b)).toEqual(all)
        expect(mergeReviews([...a, ...b, ...c])).toEqual(all)
      }),
    )
  })

  test('loses no turn, and keeps what was said of it last', () => {
    fc.assert(
      fc.property(reviewSets, reviewSets, (a, b) => {
        const both = [...a, ...b]
        const merged = mergeReviews(a, b)
        expect(new Set(merged.map(({ id }) => id))).toEqual(new Set(both.map(({ id }) => id)))
        for (const one of merged) {
          const said = both.filter(({ id }) => id === one.id)
          expect(said).toContainEqual(one)
          expect(one.revision).toBe(Math.max(...said.map(({ revision }) => revision)))
        }
      }),
    )
  })

  test('puts the oldest first', () => {
    const [late, early] = [rated('q', 'good', 2), rated('q', 'again', 1)]
    expect(mergeReviews([late], [early])).toEqual([early, late])
  })

  test('takes the greater written form of two that claim to be the same revision', () => {
    const [again, hard] = [
      { ...review, rating: 'again' as const },
      { ...review, rating: 'hard' as const },
    ]
    expect(mergeReviews([again], [hard])).toEqual([hard])
    expect(mergeReviews([hard], [again])).toEqual([hard])
  })
})

test('a rating that was taken back does not stand, and stands again when it is given anew', () => {
  const [given, takenBack, anew] = [0, 1, 2].map((revision) => ({ ...review, revision })) as [Review, Review, Review]
  takenBack.rating = null
  expect(ratedIn([given])).toEqual([given])
  expect(ratedIn([takenBack, given])).toEqual([])
  expect(ratedIn([anew, takenBack, given])).toEqual([anew])
})
