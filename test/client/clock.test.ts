import { describe, expect, test } from 'vitest'
import { clockOf, countdown, leftMs, secondsLeft, ticks } from '../../client/src/ui/clock.ts'
import {
  answerTimedOut,
  asked,
  askedByChoice,
  buzzed,
  floorGiven,
  juryCalled,
  juryClosed,
  opened,
  openedChoices,
  paused,
  turnClosed,
} from '../support/events.ts'
import { at, under } from '../support/given.ts'

const timed = under({ pressSeconds: 30, answerSeconds: 20 })
const floor = [asked(), opened({ endsAt: 30_000 }), buzzed('ann'), floorGiven('ann', { endsAt: 25_000 })]

describe('the clock on the wall', () => {
  test('is that of the buzzers while they are open', () => {
    const clock = clockOf(timed.given(asked(), opened({ endsAt: 30_000 })).state)
    expect(clock).toEqual({ endsAt: 30_000, totalMs: 30_000, stillAt: null })
  })

  test('is that of the options where everyone chooses, as long as their own rules say', () => {
    const opened = [askedByChoice(), openedChoices({ endsAt: 12_000 })]
    const room = (seconds: number | null) => under({ pressSeconds: 30, choices: { points: 'plain', seconds } })
    expect(clockOf(room(12).given(...opened).state)).toEqual({ endsAt: 12_000, totalMs: 12_000, stillAt: null })
    expect(clockOf(room(null).given(askedByChoice(), openedChoices()).state)).toBeNull()
  })

  test('is that of the answer while someone answers, and none once their time is up', () => {
    expect(clockOf(timed.given(...floor).state)).toEqual({ endsAt: 25_000, totalMs: 20_000, stillAt: null })
    expect(clockOf(timed.given(...floor, answerTimedOut('ann')).state)).toBeNull()
  })

  test('is that of the vote while the hall judges, and none once it has', () => {
    const voting = [...floor, juryCalled(17_000)]
    expect(clockOf(timed.given(...voting).state)).toEqual({ endsAt: 17_000, totalMs: 5000, stillAt: null })
    const split = { right: 2, partly: 0, wrong: 1 }
    expect(clockOf(timed.given(...voting, juryClosed(split)).state)).toBeNull()
  })

  test('is none while the host reads, after the question, and where the host decides', () => {
    expect(clockOf(timed.given(asked()).state)).toBeNull()
    expect(clockOf(timed.given(asked(), opened({ endsAt: 1 }), turnClosed('time-out')).state)).toBeNull()
    expect(clockOf(under({}).given(asked(), opened()).state)).toBeNull()
  })

  test('stands still in a pause', () => {
    const clock = clockOf(timed.given(...floor, at(12_000, paused())).state)
    expect(clock && secondsLeft(clock, 24_000)).toBe(13)
  })

  test('shows 1 until the very end, never less than nothing, never more than the whole', () => {
    const clock = { endsAt: 30_000, totalMs: 20_000, stillAt: null }
    expect(secondsLeft(clock, 29_999)).toBe(1)
    expect(secondsLeft(clock, 30_000)).toBe(0)
    expect(leftMs(clock, 40_000)).toBe(0)
    expect(leftMs(clock, 0)).toBe(20_000)
  })
})

describe('ticking', () => {
  test('is heard at each of the last five seconds', () => {
    const heard = [7, 6, 5, 4, 3, 2, 1, 0].filter((second) => ticks(second + 1, second))
    expect(heard).toEqual([5, 4, 3, 2, 1])
  })

  test('is not heard at the first look, nor when another clock starts or ends', () => {
    expect(ticks(null, 4)).toBe(false)
    expect(ticks(20, 4)).toBe(false)
    expect(ticks(4, 4)).toBe(false)
    expect(ticks(3, null)).toBe(false)
  })
})

test('a countdown has minutes and seconds, above an hour hours, and begins with the whole', () => {
  expect([5000, 65_000, 600_000, 3_599_100, 3_725_000].map(countdown)).toEqual([
    '0:05',
    '1:05',
    '10:00',
    '1:00:00',
    '1:02:05',
  ])
  expect(countdown(1)).toBe('0:01')
})
