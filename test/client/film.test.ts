import type { Press } from '@knopka/shared/game'
import { expect, test } from 'vitest'
import { filmOf } from '../../client/src/ui/film.ts'

const press = (seat: string, scoreMs: number, certaintyMs = 5): Press => ({
  seat,
  number: 1,
  name: seat,
  hidden: false,
  opening: 1,
  arrival: 0,
  scoreMs,
  certaintyMs,
  cameMs: scoreMs,
  overruledMs: 0,
  called: null,
})
const photoFinish = (...presses: Press[]) => filmOf(presses, 4).photoFinish

test('two whose errors overlap are a photo finish, whichever of them was quicker', () => {
  expect(photoFinish(press('ann', 400), press('bob', 407))).toEqual({ gapMs: 7, errorMs: 10 })
  expect(photoFinish(press('ann', 400), press('bob', 399))).toEqual({ gapMs: 1, errorMs: 10 })
})

test('nobody else is: not the one far behind, nor the one who came too late to be first by far', () => {
  expect(photoFinish(press('ann', 400), press('bob', 411))).toBeNull()
  expect(photoFinish(press('ann', 400), press('bob', 200))).toBeNull()
  expect(photoFinish(press('ann', 400))).toBeNull()
})
