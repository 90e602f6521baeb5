import { expect, test } from 'vitest'
import { columnsFor } from '../../client/src/screen/tiles.ts'

test('two or three options stand below each other, up to twelve in two columns, more of them in more', () => {
  expect([2, 3, 4, 6, 12, 13, 18, 50].map(columnsFor)).toEqual([1, 1, 2, 2, 2, 3, 3, 9])
})
