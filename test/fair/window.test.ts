import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clearsBy, isCleared, type Silent } from '@knopka/shared/fair'
import { cheats, honest } from '../bench/simulation/cheats.ts'
import { mixes, type Mix } from '../bench/simulation/links.ts'
import { playEvening } from '../bench/simulation/room.ts'
import { links, span } from './exchanges.ts'

const best = 1e6
const runs = { numRuns: 1000 }

/** Someone who has not pressed, last heard of within two seconds round the best press so far. */
const silents: fc.Arbitrary<Silent> = fc
  .record({ link: links, heardMs: span(-1500, 500), readMs: span(0, 300) })
  .map(({ link, heardMs, readMs }) => ({
    link,
    heardAt: best + heardMs,
    phoneClock: best + heardMs - readMs + link.offsetMs,
  }))

describe('who has not pressed', () => {
  test('is not waited for once a later reading of their clock has come', () => {
    fc.assert(
      fc.property(silents, span(20.01, 400), (silent, laterMs) => {
        const phoneClock = best + laterMs + silent.link.offsetMs
        expect(isCleared({ ...silent, phoneClock }, best, best)).toBe(true)
      }),
      runs,
    )
  })

  test('is waited for while a press of theirs could be on its way', () => {
    fc.assert(
      fc.property(links, span(0, 20), span(0, 21.9), (link, readMs, lateMs) => {
        const silent = { link, heardAt: best, phoneClock: best + readMs - 0.01 + link.offsetMs }
        expect(isCleared(silent, best, best + link.uplinkMostMs + lateMs)).toBe(false)
      }),
      runs,
    )
  })

  test('is cleared by time alone, though they never say a word', () => {
    fc.assert(
      fc.property(silents, (silent) => {
        const by = clearsBy(silent, best)
        expect(by).toBeLessThanOrEqual(best + silent.link.uplinkMostMs + 22)
        expect(by).toBeLessThanOrEqual(silent.heardAt + 1000)
        expect(isCleared(silent, best, by)).toBe(true)
      }),
      runs,
    )
  })

  test('is not cleared by time before that', () => {
    fc.assert(
      fc.property(silents, span(0.001, 1000), (silent, earlierMs) => {
        const unread = { ...silent, phoneClock: best + silent.link.offsetMs }
        expect(isCleared(unread, best, clearsBy(silent, best) - earlierMs)).toBe(false)
      }),
      runs,
    )
  })

  test('stays cleared as time passes, and for any press before the best one', () => {
    fc.assert(
      fc.property(silents, span(0, 1000), span(0, 500), span(0, 500), (silent, afterMs, laterMs, earlierMs) => {
        if (!isCleared(silent, best, best + afterMs)) return
        expect(isCleared(silent, best, best + afterMs + laterMs)).toBe(true)
        expect(isCleared(silent, best - earlierMs, best + afterMs)).toBe(true)
      }),
      runs,
    )
  })
})

test('a decision comes within 250 ms, whoever plays and however they cheat', () => {
  const evenings = fc.record({
    seed: fc.string(),
    mix: fc.constantFrom(...(Object.keys(mixes) as Mix[])),
    seats: fc.integer({ min: 2, max: 12 }),
    setting: fc.constantFrom('screen' as const, 'call' as const),
    nodes: fc.constantFrom(1, 2),
    habit: fc.constantFrom(honest, ...Object.values(cheats)),
    knowsKernel: fc.boolean(),
  })
  fc.assert(
    fc.property(evenings, ({ habit, ...evening }) => {
      const rounds = playEvening({ ...evening, rounds: 5, cheat: { seat: 0, habit } })
      for (const { winner, delayMs } of rounds.filter(({ winner }) => winner !== null)) {
        expect(winner).toBeLessThan(evening.seats)
        expect(delayMs).toBeGreaterThanOrEqual(0)
        expect(delayMs).toBeLessThanOrEqual(250 + 1e-6)
      }
    }),
    { numRuns: 300 },
  )
})
