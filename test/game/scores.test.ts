import { describe, expect, test } from 'vitest'
import {
  everyone,
  mineOf,
  minesOf,
  missedOf,
  placeToAnswer,
  pointsFor,
  scoresOf,
  standingsOf,
  tiedForFirst,
  whoseMine,
  type RoomState,
  type Rules,
  type Turn,
  type Verdict,
} from '@knopka/shared/game'
import { byHost, judge, undo } from '../support/commands.ts'
import {
  answeredBy,
  asked,
  buzzed,
  falseStarted,
  floorGiven,
  joined,
  letBackIn,
  nameHidden,
  opened,
  removed,
  renamed,
  roomOpened,
  scoreCorrected,
  skipped,
  teamPicked,
  turnClosed,
  verdictGiven,
} from '../support/events.ts'
import { given, under } from '../support/given.ts'

const placesIn = (state: RoomState) => standingsOf(state).map(({ seat, score, place }) => [seat, score, place])

describe('points', () => {
  const worth = (scoring: Rules['scoring'], verdict: Verdict, place: number) =>
    pointsFor({ ...given().state.rules, scoring }, verdict, place)

  test.each<[Rules['scoring'], Verdict, number[]]>([
    ['plain', 'right', [1, 1, 1, 1]],
    ['plain', 'partly', [0.5, 0.5, 0.5, 0.5]],
    ['plain', 'wrong', [0, 0, 0, 0]],
    ['penalty', 'right', [1, 1, 1, 1]],
    ['penalty', 'partly', [0.5, 0.5, 0.5, 0.5]],
    ['penalty', 'wrong', [-1, -1, -1, -1]],
    ['by-place', 'right', [3, 2, 1, 1]],
    ['by-place', 'partly', [1.5, 1, 0.5, 0.5]],
    ['by-place', 'wrong', [0, 0, 0, 0]],
  ])('with %s scoring a %s answer is worth by place %j', (scoring, verdict, byPlace) => {
    expect([1, 2, 3, 4].map((place) => worth(scoring, verdict, place))).toEqual(byPlace)
  })

  test('a wrong answer costs a point where there is a penalty', () => {
    under({ scoring: 'penalty' })
      .given(asked(), opened(), buzzed('ann'), floorGiven('ann'), buzzed('bob'))
      .when(judge('ann', 'wrong'))
      .then(verdictGiven('ann', 'wrong', -1), floorGiven('bob'))
  })

  test('the second to answer earns less where points go by place', () => {
    under({ scoring: 'by-place' })
      .given(
        asked(),
        opened(),
        buzzed('ann'),
        floorGiven('ann'),
        buzzed('bob'),
        verdictGiven('ann', 'wrong', 0),
        floorGiven('bob'),
      )
      .when(judge('bob', 'right'))
      .then(verdictGiven('bob', 'right', 2), turnClosed('answered'))
  })

  test('those who waited and never answered cost nobody a place', () => {
    const { turn } = given(asked(), opened(), buzzed('ann', { scoreMs: 100 }), buzzed('bob', { scoreMs: 200 })).state
    expect(placeToAnswer(turn as Turn, 'bob')).toBe(1)
  })

  test('stay what they were when they were given', () => {
    const { state } = given(...answeredBy('ann', 1), ...answeredBy('ann', 2))
    expect(scoresOf({ ...state, rules: { ...state.rules, scoring: 'by-place' } }).get('ann')).toBe(2)
  })

  test('are gone when the verdict is', () => {
    const { state } = given(...answeredBy('ann'))
      .when(undo('ann'))
      .and()
    expect(placesIn(state)).toEqual([
      ['ann', 0, 1],
      ['bob', 0, 1],
      ['cat', 0, 1],
    ])
  })
})

describe('a correction by hand', () => {
  const correct = (seat: string, points: number) =>
    byHost({ type: 'correctScore', seat, points, reason: 'Asked twice' })

  test('keeps its reason', () => {
    given()
      .when(correct('ann', -2))
      .then(scoreCorrected('ann', -2, 'Asked twice'))
  })

  test('adds to the verdicts', () => {
    const { state } = given(...answeredBy('ann'))
      .when(correct('ann', 2.5))
      .and()
    expect(scoresOf(state).get('ann')).toBe(3.5)
  })

  test('of nothing is nothing', () => {
    given().when(correct('ann', 0)).thenNothing()
  })

  test('is refused for someone who is not there', () => {
    given().when(correct('dan', 1)).refused('no-seat')
  })
})

describe('standings', () => {
  test('equal scores share a place, and the next place is further down', () => {
    const { state } = given(...answeredBy('bob', 1), ...answeredBy('cat', 2))
    expect(placesIn(state)).toEqual([
      ['bob', 1, 1],
      ['cat', 1, 1],
      ['ann', 0, 3],
    ])
  })

  test('count down to those with less than nothing', () => {
    const { state } = given(scoreCorrected('ann', -1, 'Phone'))
    expect(placesIn(state)).toEqual([
      ['bob', 0, 1],
      ['cat', 0, 1],
      ['ann', -1, 3],
    ])
  })

  test('leave out who was removed, and bring back their points with them', () => {
    expect(placesIn(given(...answeredBy('ann'), removed('ann')).state)).toEqual([
      ['bob', 0, 1],
      ['cat', 0, 1],
    ])
    expect(placesIn(given(...answeredBy('ann'), removed('ann'), letBackIn('ann')).state)[0]).toEqual(['ann', 1, 1])
  })

  test('of an empty room are empty', () => {
    const { state } = given(roomOpened())
    expect(placesIn(state)).toEqual([])
    expect(tiedForFirst(state)).toEqual([])
  })

  test('say who shares the first place', () => {
    expect(tiedForFirst(given(...answeredBy('bob', 1), ...answeredBy('cat', 2)).state)).toEqual(['bob', 'cat'])
  })
})

describe('what is my own', () => {
  test('is my score, my place and among how many', () => {
    const { state } = given(...answeredBy('ann'), nameHidden('bob'))
    expect(mineOf(state, 12, 'bob')).toEqual({
      version: 12,
      seat: 'bob',
      number: 2,
      name: 'Bob',
      hidden: true,
      score: 0,
      place: 2,
      of: 3,
      pressed: null,
      spent: false,
      typed: null,
      stake: null,
      extraTime: 0,
      verdict: null,
      team: null,
      teamScore: null,
      chosen: null,
      gained: null,
      vote: null,
      protest: null,
      earlyUntil: 0,
    })
  })

  test('is my false start', () => {
    const { state } = given(asked(), falseStarted('ann', 2250))
    expect(minesOf(state, 5).map(({ earlyUntil }) => earlyUntil)).toEqual([2250, 0, 0])
  })

  test('is nothing for who was removed or never came', () => {
    const { state } = given(removed('ann'))
    expect(mineOf(state, 5, 'ann')).toBeNull()
    expect(mineOf(state, 5, 'dan')).toBeNull()
  })

  const facts = [
    [joined('dan'), null],
    [renamed('ann', 'Anna'), 'ann'],
    [nameHidden('ann'), 'ann'],
    [falseStarted('ann', 2250), 'ann'],
    [verdictGiven('ann', 'right', 1), everyone],
    [scoreCorrected('ann', 1, 'Luck'), everyone],
    [removed('ann'), everyone],
    [asked(), everyone],
    [buzzed('ann'), null],
    [opened(), null],
    ...skipped()
      .slice(1)
      .map((closed) => [closed, null] as const),
  ] as const

  test.each(facts.map(([fact, whose]) => [fact.type, whose, fact] as const))(
    'after %s changes for %s',
    (_, whose, fact) => {
      expect(whoseMine({ ...fact, at: 0, by: 'host' }, given().state)).toBe(whose)
    },
  )

  test('changes for one who picks a team; with points in the game, for everyone', () => {
    const picked = { ...teamPicked(['ann', 1]), at: 0, by: 'ann' }
    const room = under({ teams: { count: 2, formedBy: 'players', presses: 'anyone', score: 'sum' } })
    expect(whoseMine(picked, room.given().state)).toBe('ann')
    expect(whoseMine(picked, room.given(scoreCorrected('ann', 1, 'Luck')).state)).toBe(everyone)
  })
})

describe('what was missed tonight', () => {
  test('are the questions that nobody answered right, in the order of asking', () => {
    const state = given(...skipped(1), ...answeredBy('ann', 2), ...skipped(3)).state
    expect(missedOf(state)).toEqual(['q1', 'q3'])
  })

  test('is not what is on still, nor what only was to try the buttons', () => {
    const practised = { ...asked(1), practice: true as const }
    expect(missedOf(given(practised, turnClosed('nobody'), asked(2)).state)).toEqual([])
  })

  test('is known once somebody has it right, also in another round', () => {
    const again = answeredBy('bob', 2).map((fact) => (fact.type === 'questionAsked' ? asked(2, { of: 1 }) : fact))
    expect(missedOf(given(...skipped(1), ...again).state)).toEqual([])
  })
})
