import type { Protest, RoomState } from '@knopka/shared/game'
import { expect, test, vi } from 'vitest'
import { decidedOn, judgedFor } from '../../client/src/host/protest.ts'
import { answer, ask, closeAnswers, judgeAnswers, judgeGuesses, openBuzzers } from '../support/commands.ts'
import { answeredBy, asked, buzzed, opened, teamPicked, turnClosed, verdictGiven } from '../support/events.ts'
import { given, play, under } from '../support/given.ts'

/** Words follow the browser's languages, and Node need not know any. */
vi.hoisted(() => vi.stubGlobal('navigator', { languages: ['ru-RU'] }))

const of = (seat: string): Protest => ({ turn: 1, seat, at: 0, upheld: null })
const decided = (state: RoomState, seat: string) => decidedOn(state, of(seat))

test('a protest says what the verdict is now, or that there is none', () => {
  expect(decided(given(...answeredBy('ann')).state, 'ann')).toBe('Сейчас: верно, +1')
  expect(decided(given(asked(), opened(), buzzed('ann')).state, 'ann')).toBe('Без оценки')
})

test('of what was typed it says the words as well', () => {
  const typed = (kind: 'text' | 'number', word: string) =>
    play(
      under({ scoring: 'penalty', typing: { kind, seconds: null } }).given().state,
      ask(1),
      openBuzzers(1),
      answer('ann', word),
      closeAnswers(),
    )
  const words = typed('text', 'Редис')
  expect(decided(words, 'ann')).toBe('Ответ: «Редис». Без оценки')
  expect(decided(play(words, judgeAnswers(['редис'], 'wrong')), 'ann')).toBe('Ответ: «Редис». Сейчас: неверно, −1')
  expect(decided(play(typed('number', '1024'), judgeGuesses(1000)), 'ann')).toBe('Ответ: «1024». Сейчас: верно, +1')
})

test('of a team-mate it says whose answer was judged, and that one is mended', () => {
  const teams = { count: 2, formedBy: 'players', presses: 'anyone', score: 'sum' } as const
  const { state } = under({ teams }).given(
    teamPicked(['ann', 1], ['bob', 1], ['cat', 2]),
    asked(),
    { ...verdictGiven('ann', 'wrong', 0), team: 1 },
    turnClosed('nobody'),
  )
  expect(decided(state, 'bob')).toBe('Ответ: Ann (Команда А). Сейчас: неверно, 0')
  expect(judgedFor(state, of('bob'))?.seat).toBe('ann')
  expect(judgedFor(state, of('cat'))).toBeUndefined()
})
