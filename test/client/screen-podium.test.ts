import { describe, expect, test } from 'vitest'
import { pillarsOf, restOf, riseAfterMs, risenAfterMs } from '../../client/src/screen/podium.ts'
import type { Ranked } from '../../client/src/screen/ranking.ts'

const standing = (place: number, index: number): Ranked => ({
  key: `seat-${index + 1}`,
  number: index + 1,
  name: `Name ${index + 1}`,
  score: 10 - place,
  place,
})
/** As the standings come: best first. */
const withPlaces = (...places: number[]) => places.map(standing)
const seats = (standings: Ranked[]) => pillarsOf(standings).map(({ standing }) => standing.number)

describe('the podium', () => {
  test('has the winner in the middle, the second at the left, the third at the right', () => {
    expect(seats(withPlaces(1, 2, 3, 4, 5))).toEqual([2, 1, 3])
  })

  test('stands with fewer than three', () => {
    expect(seats([])).toEqual([])
    expect(seats(withPlaces(1))).toEqual([1])
    expect(seats(withPlaces(1, 2))).toEqual([2, 1])
  })

  test('gives equal places equal discs and equal heights', () => {
    const [left, middle, right] = pillarsOf(withPlaces(1, 1, 3))
    expect(left).toMatchObject({ width: middle?.width, height: middle?.height, step: middle?.step })
    expect(right?.height).toBeLessThan(left?.height as number)
  })

  test('has room for five when places are shared, and never more than the wall is wide', () => {
    for (const places of [
      [1, 2, 2, 2],
      [1, 1, 1, 1, 1],
      [1, 1, 3, 3],
      [1, 1, 1],
    ]) {
      const pillars = pillarsOf(withPlaces(...places))
      expect(pillars).toHaveLength(places.length)
      const width = pillars.reduce((sum, { width }) => sum + width, 0) + 40 * (places.length - 1)
      expect(width).toBeLessThanOrEqual(1150)
    }
  })

  test('shows the first three of a tie that is wider than the wall', () => {
    expect(seats(withPlaces(1, 1, 1, 1, 1, 1))).toEqual([2, 1, 3])
  })

  test('leaves nobody out: whoever has no pillar comes after', () => {
    const standings = withPlaces(1, 1, 1, 1, 1, 1, 7)
    expect(restOf(standings).map(({ number }) => number)).toEqual([4, 5, 6, 7])
    expect(restOf(withPlaces(1, 2, 3))).toEqual([])
  })
})

describe('the ceremony', () => {
  const steps = (...places: number[]) =>
    pillarsOf(withPlaces(...places))
      .sort((a, b) => a.standing.number - b.standing.number)
      .map(({ step, disc }) => [step, disc])

  test('raises third, second, first, each with a fuller chord', () => {
    expect(steps(1, 2, 3)).toEqual([
      [2, 2],
      [1, 1],
      [0, 0],
    ])
  })

  test('raises equal places together, the winners last and with the full chord', () => {
    expect(steps(1, 1, 3)).toEqual([
      [1, 2],
      [1, 2],
      [0, 1],
    ])
    expect(steps(1)).toEqual([[0, 2]])
  })

  test('takes 700 ms a step, with 400 between', () => {
    expect([0, 1, 2].map(riseAfterMs)).toEqual([0, 1100, 2200])
  })

  test('is over when its last disc stands, however many there are', () => {
    expect(risenAfterMs(pillarsOf(withPlaces(1, 2, 3)))).toBe(2900)
    expect(risenAfterMs(pillarsOf(withPlaces(1)))).toBe(700)
  })
})
