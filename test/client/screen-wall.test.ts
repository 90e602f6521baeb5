import { describe, expect, test } from 'vitest'
import { guestsOf, wallOf, type Guest } from '../../client/src/screen/wall.ts'
import { removed } from '../support/events.ts'
import { given } from '../support/given.ts'

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
