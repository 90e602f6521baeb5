import { describe, expect, test } from 'vitest'
import { resultsOf, type Draft } from '@knopka/shared/game'
import {
  answeredBy,
  asked,
  buzzed,
  floorGiven,
  gameEnded,
  joined,
  opened,
  removed,
  roomOpened,
  scoreCorrected,
  skipped,
  turnClosed,
  verdictGiven,
} from '../support/events.ts'
import { at, given, under, type Fact } from '../support/given.ts'

const resultsAfter = (...facts: Fact[]) => resultsOf(given(...facts).state)
const awardsAfter = (...facts: Fact[]) => resultsAfter(...facts).awards

const answered = (seat: string, turn: number, scoreMs: number): Draft[] =>
  answeredBy(seat, turn).map((fact) => (fact.type === 'buzzed' ? buzzed(seat, { turn, scoreMs }) : fact))

const wrong = (seat: string, turn: number): Draft[] => [
  asked(turn),
  opened({ turn }),
  buzzed(seat, { turn }),
  floorGiven(seat, { turn }),
  verdictGiven(seat, 'wrong', 0, turn),
  turnClosed('nobody', turn),
]

describe('results', () => {
  test('tell what the evening was and when it ended', () => {
    expect(resultsAfter(at(90_000, gameEnded()))).toMatchObject({ mode: 'quiz', title: 'Friday', endedAt: 90_000 })
  })

  test('hold every question in order, with its text, its note and who pressed', () => {
    const { questions } = resultsAfter(...answeredBy('ann', 1), ...skipped(2), gameEnded())
    expect(questions).toMatchObject([
      { turn: 1, text: 'Question 1?', note: 'Note 1', presses: [{ seat: 'ann' }], closed: 'answered' },
      { turn: 2, text: 'Question 2?', note: 'Note 2', presses: [], closed: 'skipped' },
    ])
  })

  test('hold the text where phones showed it, and no note where there is none', () => {
    const { state } = under({ textOnPhones: true }).given(asked(1, { onPhones: true, note: null }))
    expect(resultsOf(state).questions).toMatchObject([{ text: 'Question 1?', note: null }])
  })

  test('hold the presses in the order of the rules', () => {
    const { questions } = resultsAfter(
      asked(),
      opened(),
      buzzed('bob', { scoreMs: 400 }),
      buzzed('ann', { scoreMs: 200 }),
    )
    expect(questions[0]?.presses.map(({ seat }) => seat)).toEqual(['ann', 'bob'])
  })

  test('hold the standings and the corrections by hand', () => {
    const results = resultsAfter(...answeredBy('ann'), at(7000, scoreCorrected('bob', 2, 'Luck')), gameEnded())
    expect(results.standings.map(({ seat, score }) => [seat, score])).toEqual([
      ['bob', 2],
      ['ann', 1],
      ['cat', 0],
    ])
    expect(results.corrections).toEqual([{ seat: 'bob', points: 2, reason: 'Luck', at: 7000 }])
  })

  test('of an evening that never began are empty', () => {
    expect(resultsAfter(roomOpened(), gameEnded())).toMatchObject({
      standings: [],
      questions: [],
      awards: { fastest: null, streak: null, comeback: null },
    })
  })
})

describe('the fastest finger', () => {
  test('is the quickest press that was answered right', () => {
    const { fastest } = awardsAfter(...answered('ann', 1, 400), ...answered('bob', 2, 300), ...answered('cat', 3, 500))
    expect(fastest).toEqual({ seat: 'bob', scoreMs: 300 })
  })

  test('is not a quicker press that was answered wrong', () => {
    expect(awardsAfter(...answered('ann', 1, 400), ...wrong('bob', 2)).fastest).toEqual({ seat: 'ann', scoreMs: 400 })
  })

  test('is not a press after the buzzers opened once more, which can be foreseen', () => {
    const { fastest } = awardsAfter(
      ...[asked(), opened(), buzzed('ann'), floorGiven('ann'), verdictGiven('ann', 'wrong', 0)],
      ...[opened(), buzzed('bob', { scoreMs: 20 }), floorGiven('bob'), verdictGiven('bob', 'right', 1)],
      ...[turnClosed('answered'), ...answered('cat', 2, 400)],
    )
    expect(fastest).toEqual({ seat: 'cat', scoreMs: 400 })
  })

  test('is nobody where nobody was right', () => {
    expect(awardsAfter(...wrong('bob', 1)).fastest).toBeNull()
  })
})

describe('the longest streak', () => {
  test('counts right answers in a row, whatever others did between', () => {
    const { streak } = awardsAfter(
      ...answeredBy('ann', 1),
      ...answeredBy('bob', 2),
      ...skipped(3),
      ...answeredBy('ann', 4),
    )
    expect(streak).toEqual({ seat: 'ann', length: 2 })
  })

  test('is broken by a wrong answer', () => {
    const facts = [...answeredBy('ann', 1), ...wrong('ann', 2), ...answeredBy('ann', 3)]
    expect(awardsAfter(...facts).streak).toBeNull()
  })

  test('is more than one', () => {
    expect(awardsAfter(...answeredBy('ann')).streak).toBeNull()
  })
})

describe('the comeback', () => {
  test('is the longest way up from the lowest place after any question', () => {
    const { comeback } = awardsAfter(...answeredBy('ann', 1), ...answeredBy('ann', 2), ...threeOf('bob'))
    expect(comeback).toEqual({ seat: 'bob', places: 1 })
  })

  test('is nobody where the first led from the beginning', () => {
    expect(awardsAfter(...answeredBy('ann', 1), ...answeredBy('ann', 2)).comeback).toBeNull()
  })

  test('is not for those who were removed', () => {
    expect(awardsAfter(...answeredBy('ann', 1), ...threeOf('bob'), removed('bob')).comeback).toBeNull()
  })

  test('counts places of all who were there at the end', () => {
    const room = [roomOpened(), joined('ann'), joined('bob'), joined('cat'), joined('dan')]
    const facts = [
      ...room,
      ...answeredBy('ann', 1),
      ...answeredBy('bob', 2),
      ...answeredBy('cat', 3),
      ...threeOf('dan'),
    ]
    expect(awardsAfter(...facts).comeback).toEqual({ seat: 'dan', places: 3 })
  })
})

function threeOf(seat: string): Draft[] {
  return [11, 12, 13].flatMap((turn) => answeredBy(seat, turn))
}
