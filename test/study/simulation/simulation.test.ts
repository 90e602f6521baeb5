import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { targetRetention } from '@knopka/shared/study'
import { root } from '../../support/server.ts'
import { chart, tolerance } from './chart.ts'
import { season, shareOf, sumOf, type Recall } from './season.ts'
import { teams, usual } from './teams.ts'

function expectNearTarget(weeks: Recall[]): void {
  expect(Math.abs(shareOf(sumOf(weeks)) - targetRetention)).toBeLessThanOrEqual(tolerance)
}

const played = teams()

describe('five people over 90 days on the real bank', () => {
  test('know nine of ten questions when they are asked again, give or take three of a hundred', () => {
    for (const { weeks } of played) expectNearTarget(weeks)
    expect(played.filter(({ weeks }) => sumOf(weeks).asked < 5000)).toEqual([])
  })

  test('do so in every month', () => {
    for (const from of [0, 4, 8]) {
      expectNearTarget(played.flatMap(({ weeks }) => weeks.slice(from, from + 4)))
    }
  })

  test('go on to new questions meanwhile', () => {
    for (const { turns, fresh } of played) {
      expect(turns).toBe(39 * 40)
      expect(fresh).toBeGreaterThan(200)
    }
  })

  test.each([
    ['hardly anything new', { newPercent: 5 }],
    ['as much new as old', { newPercent: 50 }],
    ['nothing but new', { newPercent: 100 }],
    ['12 questions a session', { questionsInSession: 12 }],
    ['one person who studies every day', { people: 1, questionsInSession: 20, sessionDays: [0, 1, 2, 3, 4, 5, 6] }],
  ])('know as much with %s', (_what, change) => {
    expectNearTarget(season({ ...usual, ...change, seed: 'another team' }).weeks)
  })
})

test('whose memory is what the cards believe, know what the cards say', () => {
  const { asked, known, expected } = sumOf(season({ ...usual, noise: 0, seed: 'average people' }).weeks)
  expect(Math.abs(known - expected) / asked).toBeLessThan(0.01)
})

test('the picture in the README is what the simulation shows', () => {
  expect(readFileSync(join(root, 'docs/pictures/study-recall.svg'), 'utf8')).toBe(chart(played))
})
