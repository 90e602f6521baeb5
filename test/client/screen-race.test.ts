import { describe, expect, test } from 'vitest'
import { runners, standingsBefore } from '../../client/src/screen/race.ts'
import { answeredBy, asked, askedByChoice, choicesMarked, openedChoices, turnClosed } from '../support/events.ts'
import { given } from '../support/given.ts'

const seats = (standings: { seat: string }[]) => standings.map(({ seat }) => seat)

describe('the score race', () => {
  test('starts from where everyone stood before the question', () => {
    const { state } = given(...answeredBy('ann'), ...answeredBy('bob', 2))
    expect(seats(standingsBefore(state))).toEqual(['ann', 'bob', 'cat'])
    expect(standingsBefore(state).map(({ score }) => score)).toEqual([1, 0, 0])
  })

  test('starts from before the choices were marked, too', () => {
    const marks = ['cat', 'bob'].map((seat) => ({ seat, options: [0], afterMs: 2000, points: 5 }))
    const closed = [askedByChoice(2), openedChoices({ turn: 2 }), turnClosed('answered', 2)]
    const { state } = given(...answeredBy('ann'), ...closed, choicesMarked([0], [2, 0, 0], marks, 2))
    expect(standingsBefore(state).map(({ score }) => score)).toEqual([1, 0, 0])
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
