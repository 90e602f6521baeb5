import type { Draft } from '@knopka/shared/game'
import { describe, expect, test } from 'vitest'
import { cueOf } from '../../client/src/ui/cue.ts'
import {
  answeredBy,
  answerTimedOut,
  asked,
  askedByChoice,
  buzzed,
  choicesMarked,
  chosen,
  floorGiven,
  gameEnded,
  joined,
  juryCalled,
  juryClosed,
  opened,
  openedChoices,
  teamPicked,
  turnClosed,
  verdictGiven,
  verdictUndone,
} from '../support/events.ts'
import { given, under } from '../support/given.ts'

/** What the hall hears of the last of these events. */
function heard(...drafts: Draft[]) {
  const last = drafts.at(-1) as Draft
  return cueOf({ ...last, at: 0, by: 'host' }, given(...drafts).state)
}

const pressed = [asked(), opened(), buzzed('bob')]

describe('the hall hears', () => {
  test('the first press of an opening, and none behind it', () => {
    expect(heard(...pressed)).toEqual({ sound: 'press' })
    expect(heard(...pressed, floorGiven('bob'), buzzed('ann', { scoreMs: 400 }))).toBeNull()
    expect(heard(...pressed, verdictGiven('bob', 'wrong', 0), opened(), buzzed('ann'))).toEqual({ sound: 'press' })
  })

  test('who pressed first, by their own two notes', () => {
    expect(heard(...pressed, floorGiven('bob'))).toEqual({ sound: 'seat', number: 2 })
  })

  test('who pressed first, by the notes of their team where there are teams', () => {
    const facts = [teamPicked(['bob', 7]), asked(), opened(), { ...buzzed('bob'), team: 7 }]
    const { state } = under({
      teams: { count: 8, formedBy: 'players', presses: 'anyone', score: 'sum' },
    }).given(...facts, floorGiven('bob'))
    expect(cueOf({ ...floorGiven('bob'), at: 0, by: 'host' }, state)).toEqual({ sound: 'seat', number: 7 })
  })

  test('no vote: its seconds tick, and nothing else', () => {
    expect(heard(...pressed, floorGiven('bob'), juryCalled(6000))).toBeNull()
    const split = { right: 1, partly: 0, wrong: 0 }
    expect(heard(...pressed, floorGiven('bob'), juryCalled(6000), juryClosed(split))).toBeNull()
  })

  test('no second signature when the floor passes to the next after a wrong answer', () => {
    const queue = [...pressed, floorGiven('bob'), buzzed('ann', { scoreMs: 400 }), verdictGiven('bob', 'wrong', 0)]
    expect(heard(...queue, floorGiven('ann'))).toBeNull()
  })

  test.each(['right', 'partly', 'wrong'] as const)('an answer that is %s', (verdict) => {
    expect(heard(...pressed, floorGiven('bob'), verdictGiven('bob', verdict, 0))).toEqual({ sound: verdict })
  })

  test('that time is up, for an answer and for the question', () => {
    expect(heard(...pressed, floorGiven('bob'), answerTimedOut('bob'))).toEqual({ sound: 'timeUp' })
    expect(heard(asked(), opened(), turnClosed('time-out'))).toEqual({ sound: 'timeUp' })
  })
})

describe('of a question that everyone answers the hall hears', () => {
  const open: Draft[] = [askedByChoice(), openedChoices()]
  const marked = choicesMarked([0], [1, 0, 0], [{ seat: 'ann', options: [0], afterMs: 2000, points: 1 }])

  test('its end, once, whoever brought it about', () => {
    for (const reason of ['answered', 'time-out', 'nobody'] as const) {
      expect(heard(...open, turnClosed(reason))).toEqual({ sound: 'timeUp' })
      expect(heard(...open, turnClosed(reason), marked)).toBeNull()
    }
  })

  test('nothing before, and nothing where it was skipped', () => {
    expect(heard(...open)).toBeNull()
    expect(heard(...open, chosen('ann', [0]))).toBeNull()
    expect(heard(...open, turnClosed('skipped'))).toBeNull()
  })

  test('nothing when it is marked anew', () => {
    expect(heard(...open, turnClosed('answered'), marked, choicesMarked([1], [1, 0, 0], []))).toBeNull()
  })
})

test('the hall hears nothing of what is no event of the game', () => {
  expect(heard(joined('dan'))).toBeNull()
  expect(heard(asked())).toBeNull()
  expect(heard(asked(), opened())).toBeNull()
  expect(heard(asked(), turnClosed('skipped'))).toBeNull()
  expect(heard(...answeredBy('ann'), verdictUndone('ann'))).toBeNull()
  expect(heard(...answeredBy('ann'), gameEnded())).toBeNull()
})

test('mending the verdict of an earlier question is not heard', () => {
  expect(heard(...answeredBy('ann'), asked(2), verdictUndone('ann'), verdictGiven('ann', 'wrong', 0))).toBeNull()
})
