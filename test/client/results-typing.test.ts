import type { PlayedTyping, Verdict } from '@knopka/shared/game'
import { describe, expect, test } from 'vitest'
import { isShown } from '../../client/src/results/filters.ts'
import { tallyOfTyped, typedGroups } from '../../client/src/results/typing.ts'

type Given = [seat: string, text: string, verdict?: Verdict]

const typed = (kind: PlayedTyping['kind'], right: number | null, ...answers: Given[]): PlayedTyping => ({
  kind,
  right,
  answers: answers.map(([seat, text, verdict = null]) => ({
    ...{ seat, text, afterMs: 0, points: 0, stake: null },
    verdict: verdict ?? null,
  })),
})
const inShort = (typing: PlayedTyping) =>
  typedGroups(typing).map(({ text, verdict, answers }) => [text, verdict, answers.map(({ seat }) => seat).join('')])

describe('what was typed', () => {
  test('stands together where it is alike and was judged alike, the best first', () => {
    const words = typed(
      'text',
      null,
      ['a', 'Сидней', 'wrong'],
      ['b', 'канберра', 'right'],
      ['c', 'Канбера', 'right'],
      ['d', 'канбера', 'wrong'],
      ['e', 'Перт'],
    )
    expect(inShort(words)).toEqual([
      ['Канбера', 'right', 'bc'],
      ['канбера', 'wrong', 'd'],
      ['Сидней', 'wrong', 'a'],
      ['Перт', null, 'e'],
    ])
  })

  test('is a number: the nearest first, equal ones together', () => {
    const numbers = typed(
      'number',
      8,
      ['a', '10', 'wrong'],
      ['b', '7', 'right'],
      ['c', '7,0', 'right'],
      ['d', '-8', 'wrong'],
    )
    expect(inShort(numbers)).toEqual([
      ['7', 'right', 'bc'],
      ['10', 'wrong', 'a'],
      ['-8', 'wrong', 'd'],
    ])
  })

  test('comes to how many were right, or partly, or wrong', () => {
    expect(tallyOfTyped(typed('text', null))).toBeNull()
    expect(tallyOfTyped(typed('text', null, ['a', 'x', 'wrong'], ['b', 'y', 'right']))).toEqual({
      verdict: 'right',
      count: 1,
      of: 2,
    })
    expect(tallyOfTyped(typed('text', null, ['a', 'x', 'wrong'], ['b', 'y', 'partly']))?.verdict).toBe('partly')
    expect(tallyOfTyped(typed('text', null, ['a', 'x'], ['b', 'y']))).toEqual({ verdict: null, count: 2, of: 2 })
  })

  test('is missed where nobody was right, and nobody’s where nobody typed', () => {
    const question = (typing: PlayedTyping) => ({
      ...{ turn: 1, kind: 'question' as const, path: [], text: '', note: null, presses: [], verdicts: [] },
      ...{ choices: null, round: 1, worth: null, closed: null, typing },
    })
    const shown = (typing: PlayedTyping) => (['missed', 'nobody'] as const).map((one) => isShown(question(typing), one))
    expect(shown(typed('text', null, ['a', 'x', 'right']))).toEqual([false, false])
    expect(shown(typed('text', null, ['a', 'x', 'wrong']))).toEqual([true, false])
    expect(shown(typed('text', null))).toEqual([false, true])
  })
})
