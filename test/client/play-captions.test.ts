import { buttonFace, mineOf, viewOf, type Mine, type RoomState } from '@knopka/shared/game'
import { describe, expect, test, vi } from 'vitest'
import { asked, buzzed, floorGiven, opened, teamPicked, verdictGiven } from '../support/events.ts'
import { under, type Fact } from '../support/given.ts'

vi.stubGlobal('navigator', { languages: ['ru-RU'] })
const { captionOf } = await import('../../client/src/play/captions.ts')

const teams = { count: 2, formedBy: 'players', presses: 'anyone', score: 'sum' } as const
const reopened = (rules: object, ...before: Fact[]) =>
  under({ afterWrong: 'reopen-to-others', ...rules }).given(
    ...before,
    asked(),
    opened(),
    { ...buzzed('ann'), ...(before.length > 0 ? { team: 1 } : {}) },
    { ...buzzed('bob'), ...(before.length > 0 ? { team: 2 } : {}) },
    floorGiven('ann'),
    { ...verdictGiven('ann', 'wrong', 0), ...(before.length > 0 ? { team: 1 } : {}) },
    opened(),
  ).state

function captionFor(seat: string, state: RoomState) {
  const mine = mineOf(state, 1, seat) as Mine
  const phone = viewOf(state, { role: 'player', seat })
  return captionOf(buttonFace(phone, mine, 10_000), phone, mine, 10_000)
}

describe('a phone of an evening that opens again for the others says', () => {
  test('that who has pressed had their press, and who has not may press', () => {
    expect(captionFor('bob', reopened({}))).toEqual({
      head: 'Вы уже нажимали',
      word: 'Закрыта',
      line: 'Теперь очередь остальных',
    })
    expect(captionFor('ann', reopened({})).head).toBe('Неверно, 0')
    expect(captionFor('cat', reopened({})).word).toBe('ЖМИ')
  })

  test('that a team-mate had the press', () => {
    const state = reopened({ teams }, teamPicked(['ann', 1], ['bob', 2], ['cat', 2]))
    expect(captionFor('cat', state).head).toBe('Ваша команда уже нажимала')
    expect(captionFor('bob', state).head).toBe('Вы уже нажимали')
  })
})
