import { expect, test } from 'vitest'
import { columnsFor, shareOfOptions, shareOfQuestion } from '../../client/src/screen/tiles.ts'

test('two or three options stand below each other, up to twelve in two columns, more of them in more', () => {
  expect([2, 3, 4, 6, 12, 13, 18, 50].map(columnsFor)).toEqual([1, 1, 2, 2, 2, 3, 3, 9])
})

test('a long question takes more of the wall, and never more than all its options together', () => {
  const [term, sentence, story] = [4, 147, 600].map((length) => shareOfQuestion('x'.repeat(length)))
  expect(term).toBeLessThan(sentence as number)
  expect(sentence).toBeLessThan(story as number)
  expect(story).toBeLessThanOrEqual(shareOfOptions(['yes', 'no']))
  expect(shareOfOptions(['x'.repeat(200), 'x'.repeat(200)])).toBeGreaterThan(shareOfOptions(['yes', 'no']))
})
