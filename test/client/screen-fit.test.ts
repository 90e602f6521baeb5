import fc from 'fast-check'
import { expect, test } from 'vitest'
import { largestThatFits } from '../../client/src/screen/fit.ts'

const upTo = (room: number) => (size: number) => size <= room

test('text is as large as it may be where there is room', () => {
  expect(largestThatFits(64, 170, upTo(500))).toBe(170)
})

test('text is as small as it may be where nothing fits', () => {
  expect(largestThatFits(64, 170, upTo(10))).toBe(64)
})

test('in between, the largest whole size that fits is found', () => {
  fc.assert(
    fc.property(fc.integer({ min: 64, max: 170 }), (room) => {
      expect(largestThatFits(64, 170, upTo(room))).toBe(room)
    }),
  )
})

test('finding it takes no more looks than halving the range does', () => {
  const looks: number[] = []
  largestThatFits(64, 170, (size) => looks.push(size) > 0 && size <= 108)
  expect(looks.length).toBeLessThanOrEqual(8)
})
