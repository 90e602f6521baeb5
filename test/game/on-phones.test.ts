import { highestStake, mineOf, viewOf, whoPicks, type Board, type RoomState } from '@knopka/shared/game'
import { describe, expect, test } from 'vitest'
import {
  answeredBy,
  asked,
  nameHidden,
  opened,
  renamed,
  roomOpened,
  joined,
  skipped,
  turnClosed,
} from '../support/events.ts'
import { given, type Fact } from '../support/given.ts'

const board: Board = { columns: [{ title: 'Python', cells: 3 }], step: 100, doubles: 1, final: true }
const opening = roomOpened({ rounds: [{ title: null, count: 4, board }], plan: ['q1', 'q2', 'q3', 'q4'] })
const withBoard = (...facts: Fact[]) => given(opening, joined('ann'), joined('bob'), ...facts).state
const onPhone = (state: RoomState, seat = 'bob') => viewOf(state, { role: 'player', seat })

describe('a phone, which holds no roster, knows', () => {
  const ann = { seat: 'ann', team: null, number: 1, name: 'Ann', hidden: false }
  const cell = (kind: 'plain' | 'double' | 'final') => ({ cell: 1, value: 200, kind, picker: ann })
  const askedAs = (kind: 'plain' | 'double' | 'final', turn = 2): Fact => ({ ...asked(turn), worth: cell(kind) })

  test('by name who picks the next cell: whoever was right last', () => {
    expect(whoPicks(onPhone(withBoard(...answeredBy('ann'))))).toEqual(ann)
    expect(whoPicks(onPhone(withBoard(...skipped())))).toBeNull()
  })

  test('the same when nobody was right since, and the name as it is now', () => {
    const state = withBoard(...answeredBy('ann'), askedAs('plain'), opened({ turn: 2 }), turnClosed('nobody', 2))
    expect(whoPicks(onPhone(state))).toEqual(ann)
    const anew = withBoard(...answeredBy('ann'), askedAs('plain'), renamed('ann', 'Anna'), nameHidden('ann'))
    expect(whoPicks(onPhone(anew))).toEqual({ ...ann, name: 'Anna', hidden: true })
  })

  test('the highest stake, from its own score', () => {
    for (const kind of ['double', 'final'] as const) {
      const state = withBoard(...answeredBy('ann'), askedAs(kind))
      const mine = mineOf(state, 9, 'ann')
      expect(mine && highestStake(onPhone(state, 'ann'), 'ann', mine)).toBe(highestStake(state, 'ann'))
      expect(highestStake(onPhone(state), 'ann', { score: 750, teamScore: null })).toBe(750)
    }
  })

  test('of a double the team’s score, and of a final its own', () => {
    const purse = { score: 400, teamScore: 900 }
    const highest = (kind: 'double' | 'final') => highestStake(onPhone(withBoard(askedAs(kind, 1))), 'bob', purse)
    expect([highest('double'), highest('final')]).toEqual([900, 400])
  })

  test('what came of what it typed, also where it earned nothing', () => {
    const typing: Fact = { ...asked(1), typing: 'text' }
    const typed: Fact = { type: 'typed', turn: 1, by: 'ann', secret: { answer: { text: 'GIL', afterMs: 10 } } }
    const judged: Fact = {
      type: 'answersJudged',
      turn: 1,
      right: null,
      secret: { answers: ['gil'], typedMarks: [{ seat: 'ann', verdict: 'right', points: 0 }] },
    }
    const verdictIn = (...facts: Fact[]) => mineOf(withBoard(typing, opened(), ...facts), 9, 'ann')?.verdict
    expect(verdictIn(typed)).toBeNull()
    expect(verdictIn(typed, turnClosed('answered'), judged)).toBe('right')
  })
})
