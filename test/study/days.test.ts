import { describe, expect, test } from 'vitest'
import { cardsOf, dayMs, dueTomorrow, history, streakOf, type Review } from '@knopka/shared/study'
import { after, rated } from '../support/reviews.ts'

const moscow = 180
const newYork = -300

describe('the history', () => {
  const reviews = [
    rated('q1', 'again', -2),
    rated('q2', 'good', -2),
    rated('q1', 'good', 0),
    rated('q3', null, 0),
    rated('q4', 'hard', -40),
  ]

  test('has a line for every day, also for those without study, up to today', () => {
    expect(history(reviews, after(0), 4, moscow)).toEqual([
      { day: '2026-02-27', count: 0, again: 0 },
      { day: '2026-02-28', count: 2, again: 1 },
      { day: '2026-03-01', count: 0, again: 0 },
      { day: '2026-03-02', count: 1, again: 0 },
    ])
  })

  test('has the days where the person lives', () => {
    const late = { ...rated('q', 'good'), at: Date.UTC(2026, 2, 2, 22) }
    const dayAt = (offset: number) => history([late], late.at, 1, offset)[0]
    expect(dayAt(moscow)).toEqual({ day: '2026-03-03', count: 1, again: 0 })
    expect(dayAt(newYork)).toEqual({ day: '2026-03-02', count: 1, again: 0 })
  })

  test('leaves out what a clock that runs ahead has put into the future', () => {
    expect(history([rated('q', 'good', 1)], after(0), 2, 0).map(({ count }) => count)).toEqual([0, 0])
  })
})

test('due tomorrow is all that will be due at this hour', () => {
  const cards = cardsOf([rated('q1', 'again', -1), rated('q2', 'again'), rated('q3', 'hard'), rated('q4', 'easy')])
  expect(dueTomorrow(cards, after(0))).toBe(2)
  expect(dueTomorrow(cards, after(1))).toBe(3)
  expect(dueTomorrow(new Map(), after(0))).toBe(0)
})

describe('the streak', () => {
  const on = (...days: number[]): Review[] => days.map((day) => rated('q', 'good', day))
  const daysAt = (days: number[], today: number) => streakOf(on(...days), after(today), moscow).days

  test('counts the days of study of a team that meets on Mondays, Wednesdays and Fridays', () => {
    expect(streakOf(on(0, 2, 4, 7, 9, 11), after(11), moscow)).toEqual({ days: 6, lastDay: '2026-03-13' })
  })

  test('counts a day once', () => {
    expect(daysAt([0, 0.01, 0.02, 2], 2)).toBe(2)
  })

  test('forgives up to four days without study, and no fifth', () => {
    expect(daysAt([0, 5, 10], 10)).toBe(3)
    expect(daysAt([0, 6, 11], 11)).toBe(2)
  })

  test('goes on as long as today forgives, and then is over', () => {
    expect(daysAt([0, 2], 7)).toBe(2)
    expect(streakOf(on(0, 2), after(8), moscow)).toEqual({ days: 0, lastDay: '2026-03-04' })
  })

  test('is none for whoever never studied', () => {
    expect(streakOf([], after(0), moscow)).toEqual({ days: 0, lastDay: null })
    expect(streakOf([rated('q', null)], after(0), moscow)).toEqual({ days: 0, lastDay: null })
  })

  test('is not broken by a clock that runs ahead', () => {
    expect(daysAt([0, 2, 3], 2)).toBe(3)
    expect(streakOf(on(0), after(0) - 3 * dayMs, 0).days).toBe(1)
  })
})
