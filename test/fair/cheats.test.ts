import { describe, expect, test, vi } from 'vitest'
import { cheatSeatOf, playCell, scoreCell, type Cell } from '../bench/simulation/cells.ts'
import { cheats, type Habit } from '../bench/simulation/cheats.ts'
import { cheatGain, winRate, type Round } from '../bench/simulation/scorer.ts'

// A busy machine takes its time over so many rounds.
vi.setConfig({ testTimeout: 300_000 })

const seed = 'an evening of 20,000 rounds'
const mixed = { mix: 'mixed', seats: 4 } as const
const byLight: Cell = { ...mixed, setting: 'screen' }
const byVoice: Cell = { ...mixed, setting: 'call' }

/** The same evenings without the cheat, played once for all cheats. */
const honestly = new Map<Cell, Round[]>()
function withoutCheat(cell: Cell): Round[] {
  const rounds = honestly.get(cell) ?? playCell(cell, seed)
  honestly.set(cell, rounds)
  return rounds
}

/** In points of win rate. A cheat sits on each kind of link in turn. */
const gain = (cheat: Habit, cell: Cell) =>
  cheatGain(playCell({ ...cell, cheat }, seed), withoutCheat(cell), cheatSeatOf(cell))

describe.each([byLight, byVoice])('with stamps that lie, on a $setting', (cell) => {
  test('50 ms gain next to nothing', () => {
    expect(gain(cheats.lie50, cell)).toBeLessThanOrEqual(2.5)
  })

  test('nor does as much as can be', () => {
    expect(gain(cheats.lieMost, cell)).toBeLessThanOrEqual(2.5)
  })
})

describe('with a script in the page', () => {
  test('a light shown as soon as it comes gains little', () => {
    expect(gain(cheats.earlyLight, byLight)).toBeLessThanOrEqual(2)
  })

  test('a way down that is made to look long does not bring the light much sooner', () => {
    expect(gain(cheats.longWayDown, byLight)).toBeLessThanOrEqual(5.5)
  })

  test('one great lie, in the one round that counts, takes what a new seat is trusted with', () => {
    expect(gain(cheats.lieMost, { ...byLight, roundsPerRoom: 1 })).toBeLessThanOrEqual(14)
  })

  test('answering late gains no more than a lie', () => {
    expect(gain(cheats.scriptInflate, byLight)).toBeLessThanOrEqual(2.5)
  })

  test('holding all messages back until after the light loses', () => {
    expect(gain(cheats.scriptStall, byLight)).toBeLessThanOrEqual(1)
  })

  test('all of it together gains little', () => {
    expect(gain(cheats.scriptEverything, byLight)).toBeLessThanOrEqual(5.5)
  })
})

describe('with a network stack of one’s own, where the kernel tells the shortest round trip', () => {
  const known: Cell = { ...byLight, knowsKernel: true }

  test.each(['stackInflate60', 'stackInflate200'] as const)('looking far gains little: %s', (name) => {
    expect(gain(cheats[name], known)).toBeLessThanOrEqual(7.5)
  })

  test.each(['stackMostly', 'stackHalf'] as const)('nor does looking far most of the time gain much: %s', (name) => {
    expect(gain(cheats[name], known)).toBeLessThanOrEqual(7.5)
  })
})

test('with such a stack, and no kernel that tells, looking 200 ms farther is a limit, and as large as is admitted', () => {
  // docs/fairness.md names it.
  expect(Math.round(gain(cheats.stackInflate200, byLight))).toBe(41)
})

describe('with one’s own thumb', () => {
  test('pressing all the time from before the light on wins nothing', () => {
    const cell: Cell = { ...byLight, cheat: cheats.spam }
    expect(winRate(playCell(cell, seed), cheatSeatOf(cell))).toBeLessThanOrEqual(2)
  })

  test('a phone that falls silent and never presses holds nobody up', () => {
    const mute = (cell: Partial<Cell>) => scoreCell({ ...byLight, ...cell, cheat: cheats.mute }, seed).delayP50
    expect(mute({})).toBeLessThanOrEqual(150)
    // From another continent it is more: whoever does not press is waited for as long as a press of theirs could be on
    // its way, and so is an honest phone there.
    expect(mute({ cheatSits: 3 })).toBeLessThanOrEqual(169)
  })
})
