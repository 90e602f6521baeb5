import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeReviews, readProgress, writeProgress, type Review } from '@knopka/shared/study'
import { after, rated, reviewSets } from '../support/reviews.ts'

const now = after(500)
const reviews = [rated('q1', 'good'), rated('q2', 'again', 1), rated('q1', null, 2)]
const fileOf = (changes: object) => JSON.stringify({ knopka: 'progress', version: 1, reviews, ...changes })

describe('a progress file', () => {
  test('is JSON that says what it is, a line a review', () => {
    const text = writeProgress(reviews)
    expect(JSON.parse(text)).toEqual({ knopka: 'progress', version: 1, reviews })
    expect(text.split('\n')).toHaveLength(reviews.length + 3)
  })

  test('brings back every review, also those that were taken back', () => {
    fc.assert(
      fc.property(reviewSets, (set) => {
        expect(readProgress(writeProgress(set), now)).toEqual({ reviews: mergeReviews(set), skipped: 0 })
      }),
    )
  })

  test('may have gone through an editor that marks its bytes and lays it out anew', () => {
    const text = `\uFEFF${JSON.stringify(JSON.parse(writeProgress(reviews)), null, 2)}`
    expect(readProgress(text, now)).toEqual({ reviews, skipped: 0 })
  })

  test('may hold a review twice, as it was revised', () => {
    const revised = { ...(reviews[0] as Review), rating: 'easy' as const, revision: 1 }
    const read = readProgress(fileOf({ reviews: [...reviews, revised] }), now)
    expect(read).toEqual({ reviews: mergeReviews([revised], reviews), skipped: 0 })
  })
})

describe('skipped and counted', () => {
  test.each([
    ['a time that is no number', { at: '2026-03-02' }],
    ['a time that no date can have', { at: 1e300 }],
    ['a time before there was anything to study', { at: Date.UTC(2019, 11, 31) }],
    ['a time a year ahead', { at: now + 365 * 86_400_000 }],
    ['an unknown rating', { rating: 'splendid' }],
    ['no question', { question: undefined }],
  ])('is %s', (_what, changes) => {
    const bad = { ...rated('q3', 'good'), ...changes }
    expect(readProgress(fileOf({ reviews: [...reviews, bad, null, 7] }), now)).toEqual({ reviews, skipped: 3 })
  })

  test('is not what a clock has put a few hours ahead', () => {
    const ahead = { ...rated('q3', 'good'), at: now + 86_400_000 }
    const read = readProgress(fileOf({ reviews: [ahead, { ...ahead, id: 'room/late', at: ahead.at + 1 }] }), now)
    expect(read).toEqual({ reviews: [ahead], skipped: 1 })
  })
})

describe('refused', () => {
  test.each([
    ['a picture', '\u0089PNG\r\n'],
    ['another JSON', '{"questions":[]}'],
    ['a list', '[1,2]'],
    ['a word', '"progress"'],
    ['null', 'null'],
    ['another file of ours', fileOf({ knopka: 'plan' })],
    ['no version', fileOf({ version: 'one' })],
    ['no list of reviews', fileOf({ reviews: {} })],
  ])('as not ours: %s', (_what, text) => {
    expect(readProgress(text, now)).toEqual({ refused: 'not-ours' })
  })

  test('as truncated, wherever it was cut off', () => {
    const text = writeProgress(reviews).trimEnd()
    for (let length = 0; length < text.length; length++) {
      expect(readProgress(text.slice(0, length), now)).toEqual({ refused: 'truncated' })
    }
  })

  test('as newer, whatever else is in it', () => {
    expect(readProgress(fileOf({ version: 2, reviews: { packed: 'abc' } }), now)).toEqual({ refused: 'newer' })
  })

  test('as too large, by its reviews and by its letters', () => {
    const many = (count: number) => {
      const [one] = reviews
      return fileOf({ reviews: Array.from({ length: count }, (_, turn) => ({ ...one, id: `r/${turn}` })) })
    }
    expect(readProgress(many(200_001), now)).toEqual({ refused: 'too-large' })
    expect(readProgress(many(200_000), now)).toMatchObject({ skipped: 0 })
    expect(readProgress(' '.repeat(80_000_001), now)).toEqual({ refused: 'too-large' })
  })

  test('with a word, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(readProgress(text, now)).toHaveProperty('refused')
      }),
    )
  })
})
