import { describe, expect, test } from 'vitest'
import { runners, standingsBefore } from '../../client/src/screen/race.ts'
import { answeredBy, asked } from '../support/events.ts'
import { given } from '../support/given.ts'

const seats = (standings: { seat: string }[]) => standings.map(({ seat }) => seat)

describe('the score race', () => {
  test('starts from where everyone stood before the question', () => {
    const { state } = given(...answeredBy('ann'), ...answeredBy('bob', 2))
    expect(seats(standingsBefore(state))).toEqual(['ann', 'bob', 'cat'])
    expect(standingsBefore(state).map(({ score }) => score)).toEqual([1, 0, 0])
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
