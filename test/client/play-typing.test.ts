import type { Turn, Typing } from '@knopka/shared/game'
import { describe, expect, test, vi } from 'vitest'
import { offBy, ownEnd, typingFace, withOtherSign } from '../../client/src/play/typing.ts'
import { asked, opened, turnClosed } from '../support/events.ts'
import { given, type Fact } from '../support/given.ts'

// Node 20 has no navigator to ask for the language.
vi.stubGlobal('navigator', { languages: ['ru-RU'] })
const { nearnessOf, typingCaptionOf } = await import('../../client/src/play/typing-captions.ts')

const turnAfter = (...facts: Fact[]) => given({ ...asked(), typing: 'text' }, ...facts).state.turn as Turn
const sent = { text: 'GIL', isUnderWay: false }

describe('a phone on which one types', () => {
  test('has a face for each step on the way of an answer', () => {
    expect(typingFace(turnAfter(), null, false)).toBe('reading')
    expect(typingFace(turnAfter(opened()), null, false)).toBe('typing')
    expect(typingFace(turnAfter(opened()), null, true)).toBe('late')
    expect(typingFace(turnAfter(opened()), { ...sent, isUnderWay: true }, false)).toBe('sending')
    expect(typingFace(turnAfter(opened()), sent, true)).toBe('typed')
    expect(typingFace(turnAfter(opened(), turnClosed('time-out')), null, true)).toBe('marked')
  })

  test('has a clock of its own, longer for who needs it', () => {
    const turn = turnAfter(opened({ opensAt: 1000, endsAt: 31_000 }))
    expect(ownEnd(turn, { extraTime: 0 })).toBe(31_000)
    expect(ownEnd(turn, { extraTime: 50 })).toBe(46_000)
    expect(ownEnd(turnAfter(opened()), { extraTime: 50 })).toBeNull()
    expect(ownEnd(null, null)).toBeNull()
  })

  test('gives a number the other sign, where its keys have none', () => {
    expect(withOtherSign('10,5')).toBe('-10,5')
    expect(withOtherSign('-10,5')).toBe('10,5')
    expect(withOtherSign('−3 ')).toBe('3')
    expect(withOtherSign('')).toBe('-')
  })
})

describe('what came of it', () => {
  const text: Typing = { kind: 'text', right: null }
  const closedBy = (reason: 'answered' | 'time-out' | 'skipped') => turnAfter(opened(), turnClosed(reason))
  const caption = (
    verdict: 'right' | 'partly' | 'wrong' | null,
    gained: number | null,
    own: typeof sent | null = sent,
  ) => typingCaptionOf('marked', closedBy('answered'), text, own, { verdict, gained }, 'next')

  test('is a verdict with its points, or a word alone where there are none', () => {
    expect(caption('right', 1).head).toBe('Верно, +1')
    expect(caption('partly', 150).head).toBe('Частично, +150')
    expect(caption('wrong', -300).head).toBe('Неверно, −300')
    expect(caption('wrong', 0).head).toBe('Неверно')
    // Who staked nothing may be right.
    expect(caption('right', 0)).toEqual({ head: 'Верно', word: '', line: 'next' })
  })

  test('is awaited until the host has judged', () => {
    expect(caption(null, null)).toMatchObject({ head: 'Ответ у ведущего', line: 'Ведущий проверяет ответы' })
    const number = typingCaptionOf(
      'marked',
      closedBy('answered'),
      { kind: 'number', right: null },
      sent,
      { verdict: null, gained: null },
      'next',
    )
    expect(number).toMatchObject({ head: 'Число у ведущего', line: 'Ведущий назовёт верное число' })
  })

  test('is nothing for who did not answer', () => {
    const unanswered = (reason: 'answered' | 'time-out' | 'skipped') =>
      typingCaptionOf('marked', closedBy(reason), text, null, { verdict: null, gained: null }, 'next')
    expect(caption(null, null, null)).toMatchObject({ head: 'Вы не ответили', line: 'next' })
    expect(unanswered('time-out')).toMatchObject({ line: 'Время вышло. Ждём следующий вопрос' })
    expect(unanswered('skipped').head).toBe('Вопрос пропущен')
  })

  test('is, of a number, how far it was off', () => {
    const near = (guess: string, right: number | null, verdict: 'right' | 'wrong') =>
      nearnessOf({ kind: 'number', right }, { text: guess, isUnderWay: false }, { verdict, gained: 0 })
    expect(near('1992', 1994, 'right')).toBe('Ближе всех: мимо на 2')
    expect(near('1 999,5', 1994, 'wrong')).toBe('Мимо на 5,5')
    expect(near('0,3', 0.1, 'wrong')).toBe('Мимо на 0,2')
    expect(near('1994', 1994, 'right')).toBe('Точно в цель')
    expect(near('1994', null, 'right')).toBeNull()
    expect(offBy(-5, '-7')).toBe(2)
  })
})
