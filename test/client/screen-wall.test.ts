import { describe, expect, test } from 'vitest'
import { guestsOf, teamGridOf, teamsOnWall, wallOf, type Guest } from '../../client/src/screen/wall.ts'
import { removed, teamPicked } from '../support/events.ts'
import { given, under } from '../support/given.ts'

const guests = (count: number): Guest[] =>
  Array.from({ length: count }, (_, index) => ({
    seat: `seat-${index + 1}`,
    number: index + 1,
    name: `Name ${index + 1}`,
    hidden: false,
    removed: false,
    team: null,
  }))
const numbers = (count: number) => wallOf(guests(count)).guests.map(({ number }) => number)

test('guests are everyone in the room, in the order of joining', () => {
  expect(guestsOf(given(removed('bob')).state).map(({ name }) => name)).toEqual(['Ann', 'Cat'])
})

describe('the wall of the lobby', () => {
  test('names everyone up to 36', () => {
    expect(wallOf(guests(36)).guests).toHaveLength(36)
    expect(wallOf(guests(36)).more).toBe(0)
  })

  test('names the newest 17 of a crowd and counts the others', () => {
    expect(numbers(60).sort((a, b) => a - b)).toEqual(Array.from({ length: 17 }, (_, index) => 44 + index))
    expect(wallOf(guests(60)).more).toBe(43)
  })

  test('moves one name alone when someone joins a crowd', () => {
    const [before, after] = [numbers(60), numbers(61)]
    const changed = after.filter((number, place) => number !== before[place])
    expect(changed).toEqual([61])
  })
})

describe('the teams of the lobby', () => {
  const counts = Array.from({ length: 29 }, (_, index) => index + 2)
  const inTeams = under({ teams: { count: 2, formedBy: 'players', presses: 'anyone', score: 'sum' } })

  test('all have a place, in at most six columns and five rows', () => {
    for (const count of counts) {
      const { columns, rows } = teamGridOf(count)
      expect(columns * rows).toBeGreaterThanOrEqual(count)
      expect(columns).toBeLessThanOrEqual(6)
      expect(rows).toBeLessThanOrEqual(5)
    }
  })

  test('have room for the fewer names the more teams there are, and in the end for none', () => {
    const room = counts.map((count) => teamGridOf(count).names * count)
    expect(teamGridOf(2).names).toBe(15)
    expect(teamGridOf(18).names).toBe(1)
    expect(teamGridOf(19).names).toBe(0)
    for (const names of room) expect(names).toBeLessThanOrEqual(30)
  })

  test('count everyone in them and name the newest', () => {
    const { state } = inTeams.given(teamPicked(['ann', 2], ['bob', 2], ['cat', 2]), removed('bob'))
    const wall = (most: number) =>
      teamsOnWall(state, guestsOf(state), most).map(({ size, guests }) => [size, guests.map(({ name }) => name)])
    expect(wall(5)).toEqual([
      [0, []],
      [2, ['Ann', 'Cat']],
    ])
    expect(wall(1)).toEqual([
      [0, []],
      [2, ['Cat']],
    ])
    expect(wall(0)).toEqual([
      [0, []],
      [2, []],
    ])
  })
})
