import { describe, expect, test } from 'vitest'
import type { Mark, PlayedChoices } from '@knopka/shared/game'
import { numbersOf, quickestFirst, sharesOf, tallyOf } from '../../client/src/results/choices.ts'

const mark = (seat: string, options: number[], points: number, afterMs = 1000): Mark => ({
  seat,
  options,
  afterMs,
  points,
})

/** Three options, of which these are right. */
const choicesOf = (right: number[], ...marks: Mark[]): PlayedChoices => ({
  options: ['a', 'b', 'c'].map((text, option) => ({
    text,
    right: right.includes(option),
    count: marks.filter(({ options }) => options.includes(option)).length,
  })),
  marks,
})

describe('what a question came to', () => {
  test('is how many were right, of all who chose', () => {
    const marks = [mark('ann', [1], 0), mark('bob', [0], 7), mark('cat', [0], 5)]
    expect(tallyOf(choicesOf([0], ...marks))).toEqual({ verdict: 'right', count: 2, of: 3 })
  })

  test('is that all were wrong, where nobody was right', () => {
    expect(tallyOf(choicesOf([0], mark('ann', [1], -1), mark('bob', [2], -1)))).toEqual({
      verdict: 'wrong',
      count: 2,
      of: 2,
    })
  })

  test('is nothing where no option is right after all, and where nobody chose', () => {
    expect(tallyOf(choicesOf([], mark('ann', [1], 0)))).toEqual({ verdict: null, count: 1, of: 1 })
    expect(tallyOf(choicesOf([0]))).toBeNull()
  })
})

describe('the bars', () => {
  test('take everyone who chose for their whole width, also where one may choose several', () => {
    const marks = [mark('ann', [0, 1], 1), mark('bob', [0], 0), mark('cat', [0, 2], 0), mark('dan', [0], 0)]
    expect(sharesOf(choicesOf([0, 1], ...marks))).toEqual([100, 25, 25])
  })

  test('are empty where nobody chose', () => {
    expect(sharesOf(choicesOf([0]))).toEqual([0, 0, 0])
  })
})

describe('who chose', () => {
  test('comes quickest first; of two that took as long, who came in first', () => {
    const marks = [mark('ann', [0], 1, 3000), mark('bob', [0], 1, 900), mark('cat', [1], 0, 3000)]
    expect(quickestFirst(marks).map(({ seat }) => seat)).toEqual(['bob', 'ann', 'cat'])
  })

  test('has options by their numbers, 1 for the first', () => {
    expect(numbersOf(mark('ann', [0, 2], 1))).toBe('1, 3')
  })
})
