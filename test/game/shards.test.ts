import { entriesOf, lookUp, noShards, put, type Shards } from '@knopka/shared/game'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { deepFreeze } from '../support/freeze.ts'

const keys = fc.oneof(
  fc.constantFrom('a', 'b', 'ann', '', '0', '__proto__', 'constructor', 'hasOwnProperty'),
  fc.string({ maxLength: 12 }),
)

test('hold what a map would hold, however often a key is put again', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(keys, fc.integer())), (changes) => {
      let shards: Shards<number> = noShards
      for (const [key, value] of changes) shards = put(deepFreeze(shards), key, value)
      const map = new Map(changes)
      expect(shards.size).toBe(map.size)
      expect(new Map(entriesOf(shards))).toEqual(map)
      for (const key of ['ann', '__proto__', 'toString', ...map.keys()]) expect(lookUp(shards, key)).toBe(map.get(key))
    }),
    { numRuns: 500 },
  )
})

test('come back from JSON as they were', () => {
  const shards = put(put<unknown>(noShards, 'ann', { number: 1 }), '__proto__', 2)
  expect(JSON.parse(JSON.stringify(shards))).toEqual(shards)
})

test('share with their copy all that was not changed', () => {
  let shards: Shards<number> = noShards
  for (let seat = 0; seat < 5000; seat++) shards = put(shards, `seat-${seat}`, seat)
  const changed = put(shards, 'seat-7', 0)
  expect(changed.parts.filter((part, index) => part !== shards.parts[index])).toHaveLength(1)
  const largest = Math.max(...shards.parts.map((part) => part.length))
  expect(largest).toBeLessThan(3 * (5000 / shards.parts.length))
})
