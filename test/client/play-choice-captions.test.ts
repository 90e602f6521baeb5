import type { Choosing, CloseReason, Turn } from '@knopka/shared/game'
import { describe, expect, test, vi } from 'vitest'
import { askedByChoice, openedChoices, turnClosed } from '../support/events.ts'
import { under } from '../support/given.ts'

// Node 20 has no navigator to ask for the language.
vi.stubGlobal('navigator', { languages: ['ru-RU'] })
const { choiceCaptionOf } = await import('../../client/src/play/choice-captions.ts')

const turnClosedBy = (reason: CloseReason) =>
  under({ choices: { points: 'plain', seconds: null } }).given(askedByChoice(), openedChoices(), turnClosed(reason))
    .state.turn as Turn

const choosing: Choosing = { count: 3, multiple: false, options: ['a', 'b', 'c'], right: [1], spread: [0, 1, 0] }
const gave = (...options: number[]) => ({ options, isUnderWay: false })

const result = (option: number | null, gained: number | null, changes: Partial<Choosing> = {}) =>
  choiceCaptionOf(
    'marked',
    turnClosedBy('answered'),
    { ...choosing, ...changes },
    option === null ? null : gave(option),
    gained,
    'next',
  ).head

describe('a phone says', () => {
  test('how many options will come, and whether several are right', () => {
    const lineOf = (multiple: boolean) =>
      choiceCaptionOf('reading', turnClosedBy('answered'), { ...choosing, multiple }, null, null, 'next').line
    expect(lineOf(false)).toBe('Здесь появятся варианты: 3. Верный один')
    expect(lineOf(true)).toBe('Здесь появятся варианты: 3. Верных несколько')
  })

  test('what the answer was worth', () => {
    expect(result(1, 8)).toBe('Верно, +8')
    expect(result(0, 0)).toBe('Неверно')
    expect(result(0, -1)).toBe('Неверно, −1')
  })

  test('that it was right, as long as the points are not known', () => {
    expect(result(1, null)).toBe('Верно')
  })

  test('that there was no answer, or that none counts', () => {
    expect(result(null, null)).toBe('Вы не ответили')
    expect(result(1, null, { right: null, spread: null })).toBe('Вопрос пропущен')
    expect(result(1, 0, { right: [] })).toBe('Вопрос не засчитан')
  })

  test('that the time was over, to who did not answer in time', () => {
    const lineOf = (option: number | null) =>
      choiceCaptionOf('marked', turnClosedBy('time-out'), choosing, option === null ? null : gave(option), null, 'next')
        .line
    expect(lineOf(null)).toBe('Время вышло. Ждём следующий вопрос')
    expect(lineOf(1)).toBe('next')
  })
})
