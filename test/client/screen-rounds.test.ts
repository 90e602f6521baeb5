import type { RoomState, Rules } from '@knopka/shared/game'
import { describe, expect, test, vi } from 'vitest'
import { rankingBefore } from '../../client/src/screen/race.ts'
import { clockOf, isRoundAnnounced, pointsRuleOf, progressOf } from '../../client/src/screen/rounds.ts'
import { sceneOf } from '../../client/src/screen/scene.ts'
import { openSeconds } from '../../client/src/ui/clock.ts'
import { cueOf } from '../../client/src/ui/cue.ts'
import { earnersOf, isJudged, rightTexts, stakedOf, typedOf } from '../../client/src/screen/typed.ts'
import {
  answeredBy,
  asked,
  joined,
  opened,
  plainRound,
  plainRules,
  removed,
  roomOpened,
  skipped,
  standingsShown,
  turnClosed,
} from '../support/events.ts'
import { given, under, type Fact } from '../support/given.ts'

vi.hoisted(() => vi.stubGlobal('navigator', { languages: ['en'] }))

const rounds = [3, 2].map((count) => ({ title: null, count, board: null }))
const began = (round: number, total: number, rules: Partial<Rules> = {}): Fact => ({
  type: 'roundBegan',
  round,
  rules: { ...plainRules, ...rules },
  total,
})
const evening = (...facts: Fact[]) => given(roomOpened({ rounds }), joined('ann'), joined('bob'), ...facts).state

describe('a round', () => {
  test('is announced from when it begins until its first question', () => {
    const second = [...answeredBy('ann'), began(2, 3)]
    expect(sceneOf(evening(...second))).toBe('round')
    expect(isRoundAnnounced(evening(...second))).toBe(true)
    expect(sceneOf(evening(...second, asked(2, { total: 3 })))).toBe('question')
    expect(sceneOf(evening(began(1, 5)))).toBe('round')
    expect(sceneOf(evening())).toBe('lobby')
  })

  test('counts its own questions', () => {
    expect(progressOf(evening(asked(1, { total: 5 })))).toEqual({ round: 1, rounds: 2, question: 1, of: 3 })
    const left = [...answeredBy('ann').map((fact) => ({ ...fact, ...('total' in fact ? { total: 5 } : {}) }))]
    expect(progressOf(evening(...left, began(2, 3)))).toEqual({ round: 2, rounds: 2, question: null, of: 2 })
    expect(progressOf(evening(...left, began(2, 3), asked(2, { total: 3 })))).toMatchObject({ question: 1, of: 2 })
  })

  test('says how it is played', () => {
    const choices = { points: 'by-time', seconds: 20 } as const
    const typing = { kind: 'number', seconds: 30 } as const
    const all = { ...plainRules, pressSeconds: 15, choices, typing }
    expect(clockOf('number', all)).toEqual({ kind: 'number', seconds: 30 })
    expect(clockOf('choices', all)).toEqual({ kind: 'choices', seconds: 20 })
    expect(clockOf('buzzer', all)).toEqual({ kind: 'buzzer', seconds: 15 })
    expect(pointsRuleOf('choices', all)).toBe('by-time')
    expect(pointsRuleOf('number', all)).toBe('nearest')
    expect(pointsRuleOf('buzzer', { ...all, scoring: 'penalty' })).toBe('penalty')
  })

  test('in which some questions have options promises only what holds for all of them', () => {
    const choices = { points: 'penalty', seconds: 20 } as const
    const mixed = { ...plainRules, pressSeconds: 15, choices }
    expect([clockOf('mixed', mixed), pointsRuleOf('mixed', mixed)]).toEqual([null, null])
    expect(pointsRuleOf('mixed', { ...mixed, scoring: 'penalty' })).toBe('penalty')
  })
})

test('the standings are not on the wall while the evening keeps them for later', () => {
  const shown = [...answeredBy('ann'), standingsShown()]
  expect(sceneOf(given(...shown).state)).toBe('standings')
  expect(sceneOf(under({ standings: 'at-the-end' }).given(...shown).state)).toBe('pressed')
})

describe('standings that come of their own accord', () => {
  const scene = (state: RoomState) => [sceneOf(state, true), sceneOf(state)]
  const each = under({ standings: 'after-each' })

  test('stand after each question, once what came of it was looked at, and go with the next', () => {
    expect(scene(each.given(...answeredBy('ann')).state)).toEqual(['pressed', 'standings'])
    expect(scene(each.given(...skipped()).state)).toEqual(['question', 'standings'])
    expect(scene(each.given(...answeredBy('ann'), asked(2)).state)).toEqual(['question', 'question'])
    expect(scene(given(...answeredBy('ann')).state)).toEqual(['pressed', 'pressed'])
  })

  test('come and go at once, as the host says', () => {
    expect(scene(each.given(...answeredBy('ann'), standingsShown()).state)).toEqual(['standings', 'standings'])
    expect(scene(each.given(...answeredBy('ann'), standingsShown(false)).state)).toEqual(['pressed', 'pressed'])
  })

  test('wait for the host to judge what was typed, and do not count what was for practice', () => {
    const closed = [...open, typed('ann'), turnClosed('answered')]
    const room = under({ standings: 'after-each', ...numbers })
    expect(sceneOf(room.given(...closed).state)).toBe('typed')
    expect(sceneOf(room.given(...closed, judged).state)).toBe('standings')
    const tried: Fact[] = [{ ...asked(), practice: true }, turnClosed('skipped')]
    expect(sceneOf(each.given(...tried).state)).toBe('question')
  })

  test('stand between rounds when one is over, and leave the end to the podium', () => {
    const rounds = [1, 2].map((count) => ({ title: null, count, board: null }))
    const evening = (standings: 'between-rounds' | 'after-each', ...facts: Fact[]) =>
      given(roomOpened({ rounds, rules: { ...plainRules, standings } }), joined('ann'), ...answeredBy('ann'), ...facts)
        .state
    const next: Fact[] = [{ type: 'roundBegan', round: 2, rules: plainRound.rules, total: 3 }]
    expect(scene(evening('between-rounds'))).toEqual(['pressed', 'standings'])
    expect(scene(evening('between-rounds', ...next))).toEqual(['round', 'round'])
    for (const standings of ['between-rounds', 'after-each'] as const) {
      const all = [...answeredBy('ann', 2), ...answeredBy('ann', 3)]
      expect(scene(evening(standings, ...next, ...all))).toEqual(['pressed', 'pressed'])
    }
  })
})

const numbers = { typing: { kind: 'number', seconds: 30 } } satisfies Partial<Rules>
const typed = (seat: string): Fact => ({
  type: 'typed',
  turn: 1,
  secret: { answer: { text: '97', afterMs: 1 } },
  by: seat,
})
const open: Fact[] = [{ ...asked(), typing: 'number' }, opened()]
const judged: Fact = {
  type: 'answersJudged',
  turn: 1,
  right: 100,
  secret: {
    answers: [],
    typedMarks: [
      { seat: 'ann', verdict: 'wrong', points: 0 },
      { seat: 'bob', verdict: 'right', points: 1, text: '97' },
      { seat: 'cat', verdict: 'right', points: 1, text: '103' },
    ],
  },
}

describe('typed answers', () => {
  test('are counted of those who are in the game', () => {
    const { state } = under(numbers).given(...open, typed('ann'), typed('bob'), removed('bob'))
    expect(state.turn && typedOf(state, state.turn)).toEqual({ answered: 1, of: 2 })
    expect(state.turn && stakedOf(state, state.turn)).toEqual({ answered: 0, of: 2 })
  })

  test('have their own time', () => {
    const { state } = under({ ...numbers, pressSeconds: 5 }).given(...open)
    expect(state.turn && openSeconds(state, state.turn)).toBe(30)
  })

  test('name those who were right, and by how much a guess was off', () => {
    const { state } = under(numbers).given(...open, turnClosed('answered'), judged, removed('cat'))
    const turn = state.turn as NonNullable<typeof state.turn>
    expect(isJudged(turn)).toBe(true)
    expect(earnersOf(state, turn).map(({ name, guess }) => [name, guess])).toEqual([['Bob', { value: 97, offBy: 3 }]])
  })

  test('name those who lost by them, last', () => {
    const marks: Fact = {
      ...judged,
      secret: {
        answers: [],
        typedMarks: [
          { seat: 'ann', verdict: 'wrong', points: -300 },
          { seat: 'bob', verdict: 'right', points: 50, text: 'Yes' },
          { seat: 'cat', verdict: 'right', points: 200, text: 'yes!' },
        ],
      },
    }
    const { state } = given({ ...asked(), typing: 'text' }, opened(), turnClosed('answered'), marks)
    const turn = state.turn as NonNullable<typeof state.turn>
    expect(earnersOf(state, turn).map(({ name }) => name)).toEqual(['Cat', 'Bob', 'Ann'])
    expect(rightTexts(turn)).toEqual(['Yes'])
    expect(rankingBefore(state).map(({ score }) => score)).toEqual([0, 0, 0])
  })
})

describe('the hall hears', () => {
  const heard = (...facts: Fact[]) => {
    const last = facts.at(-1) as Fact
    return cueOf({ at: 0, by: 'host', ...last }, given(...facts).state)?.sound ?? null
  }
  const board = { columns: [{ title: 'Python', cells: 2 }], step: 100, doubles: 1, final: false }
  const onBoard = roomOpened({ rounds: [{ title: null, count: 2, board }] })
  const worth = { cell: 0, value: 100, kind: 'plain', picker: null } as const

  test('that a round begins, and that a cell is picked or asked', () => {
    expect(heard(began(1, 3))).toBe('round')
    expect(heard(onBoard, { type: 'cellPicked', cell: 0 })).toBe('cell')
    expect(heard(onBoard, { ...asked(), worth })).toBe('cell')
    expect(heard(onBoard, { ...asked(), worth: { ...worth, kind: 'double' } })).toBe('double')
    expect(heard(asked())).toBeNull()
  })

  test('that answers were right, and nothing for each group that is wrong', () => {
    const wrong: Fact = {
      ...judged,
      secret: { answers: [], typedMarks: [{ seat: 'ann', verdict: 'wrong', points: 0 }] },
    }
    expect(heard(...open, turnClosed('answered'), judged)).toBe('right')
    expect(heard(...open, turnClosed('answered'), wrong)).toBeNull()
    expect(heard(...open, typed('ann'))).toBeNull()
    expect(heard(...open, turnClosed('time-out'))).toBe('timeUp')
  })
})
