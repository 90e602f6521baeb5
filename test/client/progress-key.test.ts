import { mostReviewsAtOnce, ProgressKey } from '@knopka/shared/contracts'
import { beforeEach, expect, test } from 'vitest'
import { mostReviewsSent } from '../../client/src/lib/api.ts'
import { forgetProgressKey, keepProgressKey, knownProgressKey, progressKey } from '../../client/src/lib/progress-key.ts'

beforeEach(() => forgetProgressKey())

test('a key is drawn once, and is one that the server takes', () => {
  expect(knownProgressKey()).toBe(null)
  const key = progressKey()
  expect(ProgressKey.safeParse(key).success).toBe(true)
  expect([progressKey(), knownProgressKey()]).toEqual([key, key])
})

test('after a key is forgotten another one is drawn; one from another device is kept as it is', () => {
  const key = progressKey()
  forgetProgressKey()
  expect(progressKey()).not.toBe(key)
  keepProgressKey(key)
  expect(progressKey()).toBe(key)
})

test('as many reviews are sent at once as the server takes', () => {
  expect(mostReviewsSent).toBe(mostReviewsAtOnce)
})
