import { describe, expect, test } from 'vitest'
import type { Press } from '@knopka/shared/game'
import { gapsOf, openingsOf, stripsOf } from '../../client/src/results/film-lines.ts'

const press = (seat: string, scoreMs: number, opening = 1): Press => ({
  seat,
  number: 1,
  name: seat,
  hidden: false,
  opening,
  arrival: 0,
  scoreMs,
  certaintyMs: 5,
  cameMs: scoreMs,
  overruledMs: 0,
  called: null,
})

describe('the small film', () => {
  test('of a question that nobody pressed is not there', () => {
    expect(stripsOf([])).toEqual([])
  })

  test('begins with the first press, however late it came', () => {
    expect(stripsOf([press('ann', 9000)])).toEqual([{ first: 9, others: [], goesOn: false }])
  })

  test('shows the others by their gap to the first, on the same scale for every question', () => {
    const [strip] = stripsOf([press('ann', 200), press('bob', 350), press('cat', 500)])
    expect(strip).toEqual({ first: 9, others: [30.5, 52], goesOn: false })
  })

  test('ends at 600 ms: who came later stands at its end, and it says that it goes on', () => {
    const [strip] = stripsOf([press('ann', 0), press('bob', 600), press('cat', 4000)])
    expect(strip).toEqual({ first: 9, others: [95, 95], goesOn: true })
    expect(stripsOf([press('ann', 0), press('bob', 600)])[0]?.goesOn).toBe(false)
  })

  test('begins anew each time the buzzers were opened again', () => {
    const strips = stripsOf([press('ann', 900), press('bob', 1050), press('cat', 30, 2), press('ann', 180, 2)])
    expect(strips).toEqual([
      { first: 9, others: [30.5], goesOn: false },
      { first: 9, others: [30.5], goesOn: false },
    ])
  })
})

describe('the queue', () => {
  test('is parted by opening', () => {
    const presses = [press('ann', 5), press('bob', 9), press('cat', 2, 3)]
    expect(openingsOf(presses).map((opening) => opening.map(({ seat }) => seat))).toEqual([['ann', 'bob'], ['cat']])
  })

  test('has no gap below zero: who had the floor stays first, also if a later one was quicker', () => {
    expect(gapsOf([press('ann', 120), press('bob', 100), press('cat', 150)])).toEqual([0, 0, 30])
  })
})
