import { describe, expect, test } from 'vitest'
import { minesOf, scoresOf, tiedForFirst } from '@knopka/shared/game'
import { ask, byHost, judge, question } from '../support/commands.ts'
import {
  answeredBy,
  asked,
  buzzed,
  floorGiven,
  opened,
  paused,
  skipped,
  turnClosed,
  verdictGiven,
  type DraftOf,
} from '../support/events.ts'
import { given, under } from '../support/given.ts'

const takeBreak = (minutes: number | null) => byHost({ type: 'takeBreak', minutes })
const began = (endsAt: number | null): DraftOf<'breakBegan'> => ({ type: 'breakBegan', endsAt })

describe('a break', () => {
  test('is taken between two questions, for as long as the host says', () => {
    given(...skipped())
      .when(takeBreak(15), 1000)
      .then(began(901_000))
    given(...skipped())
      .when(takeBreak(null))
      .then(began(null))
  })

  test('not while a question is on, nor before the first one, nor in a pause', () => {
    given(asked()).when(takeBreak(5)).refused('turn-open')
    given().when(takeBreak(5)).refused('not-started')
    given(...skipped(), paused())
      .when(takeBreak(5))
      .refused('paused')
  })

  test('may be made longer, and ends when the host goes on', () => {
    const room = given(...skipped(), began(5000))
    room.when(takeBreak(1), 1000).then(began(61_000))
    room.when(byHost({ type: 'endBreak' })).then({ type: 'breakEnded' })
    given(...skipped())
      .when(byHost({ type: 'endBreak' }))
      .thenNothing()
    expect(room.when(ask(2)).and().state.break).toBeNull()
  })
})

describe('a practice question', () => {
  const practice = { ...asked(), practice: true as const }

  test('is one of the spare ones, so that the evening is as long as it was', () => {
    given()
      .when(ask(1, { practice: true, questionId: 'q4', question: question(4) }))
      .then({ ...practice, ...asked(1, { of: 4, total: 4 }) })
  })

  test('counts for nothing, whoever answers it', () => {
    const { state } = given(practice, opened(), buzzed('ann'), floorGiven('ann')).when(judge('ann', 'right')).and()
    expect(state.turn?.verdicts[0]?.points).toBe(1)
    expect(scoresOf(state).size).toBe(0)
    expect(minesOf(state, 1).map(({ score, place }) => [score, place])).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ])
    const after = given(practice, turnClosed('skipped'), ...answeredBy('bob', 2)).state
    expect(tiedForFirst(after)).toEqual(['bob'])
  })
})

test('where one answer is all there is, a wrong one closes the question', () => {
  under({ afterWrong: 'close' })
    .given(asked(), opened(), buzzed('ann'), buzzed('bob'), floorGiven('ann'))
    .when(judge('ann', 'wrong'))
    .then(verdictGiven('ann', 'wrong', 0), turnClosed('nobody'))
})
