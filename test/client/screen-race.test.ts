import { describe, expect, test, vi } from 'vitest'
import { rankingBefore, runners } from '../../client/src/screen/race.ts'
import { bestOf, figuresOf, rankingOf, stepOf } from '../../client/src/screen/ranking.ts'
import {
  answeredBy,
  asked,
  askedByChoice,
  choicesMarked,
  joined,
  nameHidden,
  openedChoices,
  scoreCorrected,
  teamPicked,
  teamRenamed,
  turnClosed,
} from '../support/events.ts'
import { given, under, type Fact } from '../support/given.ts'

vi.hoisted(() => vi.stubGlobal('navigator', { languages: ['en'] }))

const seats = (ranking: { key: string }[]) => ranking.map(({ key }) => key)

describe('the score race', () => {
  test('starts from where everyone stood before the question', () => {
    const { state } = given(...answeredBy('ann'), ...answeredBy('bob', 2))
    expect(seats(rankingBefore(state))).toEqual(['ann', 'bob', 'cat'])
    expect(rankingBefore(state).map(({ score }) => score)).toEqual([1, 0, 0])
  })

  test('starts from before the choices were marked, too', () => {
    const marks = ['cat', 'bob'].map((seat) => ({ seat, options: [0], afterMs: 2000, points: 5 }))
    const closed = [askedByChoice(2), openedChoices({ turn: 2 }), turnClosed('answered', 2)]
    const { state } = given(...answeredBy('ann'), ...closed, choicesMarked([0], [2, 0, 0], marks, 2))
    expect(rankingBefore(state).map(({ score }) => score)).toEqual([1, 0, 0])
    expect(seats(runners(state, 10).now)).toEqual(['bob', 'cat', 'ann'])
  })

  test('does not move where the question brought no points', () => {
    const { state } = given(...answeredBy('bob'), asked(2))
    const { before, now } = runners(state, 10)
    expect(before).toEqual(now)
  })

  test('is run by the same people from start to end', () => {
    const { before, now } = runners(given(...answeredBy('cat')).state, 1)
    expect(seats(now)).toEqual(['cat'])
    expect(seats(before)).toEqual(['cat'])
  })
})

describe('the score race of teams', () => {
  const teams = (score: 'sum' | 'per-head') => ({
    teams: { count: 3, formedBy: 'players', presses: 'anyone', score } as const,
  })
  const seated: Fact[] = [teamPicked(['ann', 1], ['bob', 2], ['cat', 2]), teamRenamed(2, 'Owls')]
  const playing = (...facts: Fact[]) => under(teams('sum')).given(...seated, ...facts).state

  test('is run by teams, each with the points of its members', () => {
    const state = playing(...answeredBy('ann', 1), ...answeredBy('bob', 2), ...answeredBy('cat', 3))
    const { before, now } = runners(state, 10)
    expect(now.map(({ key, score, place }) => [key, score, place])).toEqual([
      ['2', 2, 1],
      ['1', 1, 2],
      ['3', 0, 3],
    ])
    expect(seats(before)).toEqual(['1', '2', '3'])
  })

  test('calls a team by its name, or by the letter of its mark', () => {
    expect(rankingOf(playing()).map(({ name }) => name)).toEqual(['Team A', 'Owls', 'Team C'])
  })

  test('has figures with one digit after the point at most, where points are divided by heads', () => {
    const facts = [
      joined('dan'),
      teamPicked(['dan', 2]),
      scoreCorrected('bob', 10, 'luck'),
      scoreCorrected('ann', 2, ''),
    ]
    const { state } = under(teams('per-head')).given(...seated, ...facts)
    expect(rankingOf(state).map(({ score }) => figuresOf(state)(score))).toEqual(['3.3', '2', '0'])
    expect(figuresOf(state)(-0.04)).toBe('0')
    expect(figuresOf(state)(-1.25)).toBe('\u22121.3')
    expect(stepOf(state)).toBe(0.1)
  })

  test('has whole and half figures everywhere else', () => {
    for (const state of [playing(), given().state]) {
      expect(figuresOf(state)(2.5)).toBe('2½')
      expect(stepOf(state)).toBe(0.5)
    }
  })
})

test('a name that is kept off the wall is kept off the standings', () => {
  expect(rankingOf(given(nameHidden('ann')).state)[0]?.name).toBe('Player 1')
})

test('the best score fills its bar, also one that is less than a point', () => {
  expect(bestOf([{ score: 0.3 }, { score: -1 }])).toBe(0.3)
  expect(bestOf([{ score: 0 }, { score: -2 }])).toBe(1)
  expect(bestOf([])).toBe(1)
})
