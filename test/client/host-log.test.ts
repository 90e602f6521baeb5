import { describe, expect, test, vi } from 'vitest'
import { logOf } from '../../client/src/host/log.ts'
import { outcomeOf } from '../../client/src/ui/choosing-text.ts'
import {
  answeredBy,
  asked,
  askedByChoice,
  choicesMarked,
  openedChoices,
  protested,
  protestRuled,
  scoreCorrected,
  skipped,
  turnClosed,
} from '../support/events.ts'
import { given } from '../support/given.ts'

/** Words follow the browser's languages, and Node need not know any. */
vi.hoisted(() => vi.stubGlobal('navigator', { languages: ['ru-RU'] }))

const mark = (seat: string, options: number[]) => ({ seat, options, afterMs: 2000, points: 0 })
const marks = [mark('ann', [0]), mark('bob', [1]), mark('cat', [0])]
const played = [askedByChoice(), openedChoices(), turnClosed('answered'), choicesMarked([0], [2, 1, 0], marks)]
const rows = (...facts: Parameters<typeof given>) => logOf(given(...facts).state)

describe('the log', () => {
  test('has one row for a question that everyone answered, whatever comes after it', () => {
    expect(rows(...played).map(({ key }) => key)).toEqual(['choices/1'])
    expect(rows(...played, ...answeredBy('ann', 2), asked(3)).map(({ key }) => key)).toEqual(['2/ann', 'choices/1'])
  })

  test('keeps that row when the question is marked anew', () => {
    expect(rows(...played, asked(2), choicesMarked([1], [2, 1, 0], marks)).map(({ key }) => key)).toEqual(['choices/1'])
  })

  test('calls a question that was skipped just that', () => {
    expect(rows(...skipped()).map(({ kind }) => kind)).toEqual(['closed'])
    const given = [askedByChoice(), openedChoices(), turnClosed('skipped')]
    expect(rows(...given).map(({ kind }) => kind)).toEqual(['closed'])
  })
})

describe('a protest in the log', () => {
  test('stands with its question, however late it came', () => {
    const facts = [
      ...answeredBy('ann'),
      ...answeredBy('bob', 2),
      protested('ann', 1),
      scoreCorrected('cat', 1, 'extra'),
    ]
    expect(rows(...facts).map(({ kind }) => kind)).toEqual(['correction', 'verdict', 'protest', 'verdict'])
  })

  test('is one row that says what became of it', () => {
    const facts = [...played, protested('bob'), protested('ann'), protestRuled('bob', false)]
    expect(rows(...facts).flatMap((row) => (row.kind === 'protest' ? [row.protest] : []))).toMatchObject([
      { seat: 'ann', upheld: null },
      { seat: 'bob', upheld: false },
    ])
  })
})

describe('how it came out', () => {
  const outcome = (right: number[], whose = marks) => {
    const { turn } = given(...played.slice(0, 3), choicesMarked(right, [0, 0, 0], whose)).state
    return turn && outcomeOf(turn)
  }

  test('is how many were right, of those who answered', () => {
    expect(outcome([0])).toBe('Верно ответили 2 из 3')
    expect(outcome([1])).toBe('Верно ответил 1 из 3')
    expect(outcome([2])).toBe('Верно ответили 0 из 3')
  })

  test('is that the question does not count, where nothing is right', () => {
    expect(outcome([])).toBe('Вопрос не засчитан')
  })

  test('is that nobody answered', () => {
    expect(outcome([0], [])).toBe('Никто не ответил')
  })
})
