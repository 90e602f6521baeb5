import { describe, expect, test } from 'vitest'
import { Errors } from '../bench/fairness/alarms.ts'
import { builtInCells, cheatSeat, ownCells, type Cell } from '../bench/fairness/cells.ts'
import { heldOf } from '../bench/fairness/goal-table.ts'
import { bootstrap, wilson } from '../bench/fairness/intervals.ts'
import { turnsOf, type Result } from '../bench/fairness/lane.ts'
import { rowOf } from '../bench/fairness/rows.ts'
import { markdownTable, type Report } from '../bench/fairness/table.ts'
import { countRight, scoreOf, truthOf, type Round } from '../bench/simulation/scorer.ts'

const size = { seed: 'test', rounds: 40 }

/** Reactions and who won; the rest is as it mostly is. */
function round(reactions: (number | null)[], winner: number | null, delayMs = 100): Round {
  return { ...truthOf(reactions), winner, classes: ['lan', 'far'], delayMs, leadMs: 120 }
}

const cell = (id: string, more: Partial<Cell> = {}): Cell => ({
  ...(builtInCells(['light'], size)[0] as Cell),
  id,
  ...more,
})
const result = (of: Cell, rooms: Round[][]): Result => ({ cell: of, rooms, errors: new Errors() })
const byId = (...results: Result[]) => new Map(results.map((one) => [one.cell.id, one]))

describe('the scorer', () => {
  test('knows who was first, second, … and by how much', () => {
    expect(truthOf([420, null, 400, 450])).toEqual({ truth: [2, 0, 3], gapMs: 20 })
    expect(truthOf([null, 300])).toEqual({ truth: [1], gapMs: null })
  })

  test('counts who was right by the true gap; a lone press and a round without a winner tell nothing', () => {
    const rounds = [
      round([400, 420], 0),
      round([400, 430], 1),
      round([410, 400], 1),
      round([400, null], 0),
      round([null, null], null),
      round([400, 500], null),
    ]
    expect(countRight(rounds, 20, Infinity)).toEqual({ hits: 1, all: 2 })
    expect(scoreOf(rounds)).toMatchObject({ rounds: 4, rightGe20: 50, right5to20: 100 })
  })

  test('the spread is what one class takes beyond its due and the other lacks', () => {
    expect(scoreOf([round([400, 300], 0), round([400, 300], 1)]).spread).toBe(100)
    expect(scoreOf([round([400, 300], 1), round([300, 400], 0)]).spread).toBe(0)
  })
})

describe('cells', () => {
  test('come with what they are compared with, on the same seeds, and each seat cheats in turn', () => {
    const [light, lie] = builtInCells(['lie50'], size)
    expect([light?.id, lie?.id]).toEqual(['light', 'lie50'])
    expect(lie?.rooms.map(({ seed }) => seed)).toEqual(light?.rooms.map(({ seed }) => seed))
    expect(lie?.rooms.map(cheatSeat)).toEqual([0, 1, 2, 3])
    expect(light?.rooms.map(cheatSeat)).toEqual([-1, -1, -1, -1])
  })

  test('one of your own cheats beside itself in honesty', () => {
    expect(ownCells({ cheat: 'spam' }, size).map(({ id, reference }) => [id, reference])).toEqual([
      ['honest', null],
      ['spam', 'honest'],
    ])
  })

  test('are played in turns that measure each link often enough, every room once', () => {
    const [crowd] = builtInCells(['crowd-light'], { seed: 'test', rounds: 500 })
    if (!crowd) throw new Error('There is no such cell')
    const turns = turnsOf(crowd, 200)
    expect(turns.every(({ rooms }) => rooms.length * 30 <= 200)).toBe(true)
    expect(turns.flatMap(({ rooms }) => rooms)).toEqual(crowd.rooms)
    expect(turns.map(({ first }) => crowd.rooms[first])).toEqual(turns.map(({ rooms }) => rooms[0]))
  })
})

describe('a gain', () => {
  const liar = cell('lie50', { cheat: 'lie50', reference: 'light' })
  liar.rooms = (builtInCells(['lie50'], size)[1] as Cell).rooms.slice(1, 2)

  test('is what the same seat wins beyond the same rounds played honestly', () => {
    const honest = result(cell('light'), [[round([1, 2], 1), round([1, 2], 0), round([1, 2], 0), round([1, 2], 0)]])
    const cheating = result(liar, [[round([1, 2], 1), round([1, 2], 1)]])
    expect(rowOf(cheating, byId(honest, cheating)).cheatGain).toBe(50)
    expect(rowOf(honest, byId(honest, cheating)).cheatGain).toBeNull()
  })
})

describe('intervals', () => {
  test('of a share are Wilson’s', () => {
    const [low, high] = wilson(985, 1000)
    expect([low.toFixed(2), high.toFixed(2)]).toEqual(['97.54', '99.09'])
    expect(wilson(0, 0)).toEqual([0, 100])
  })

  test('of one room are that room’s figure, worked out once', () => {
    const drawn: number[][] = []
    expect(bootstrap(1, (rooms) => drawn.push([...rooms]))).toEqual([1, 1])
    expect(drawn).toEqual([[0]])
  })

  test('of a figure that rooms agree on have no width, and widen when they do not', () => {
    expect(bootstrap(20, () => 7)).toEqual([7, 7])
    const [low, high] = bootstrap(100, (drawn) => drawn.reduce((sum, room) => sum + room, 0) / drawn.length)
    expect(low).toBeGreaterThan(40)
    expect(low).toBeLessThan(49)
    expect(high).toBeGreaterThan(50)
    expect(high).toBeLessThan(59)
  })
})

describe('the table', () => {
  const rounds = (right: number, all: number) =>
    Array.from({ length: all }, (_, index) => round([400, 500], index < right ? 0 : 1))
  const right = (hits: number, all: number) => heldOf(byId(result(cell('light'), [rounds(hits, all)])))[0]

  test('a line holds when its interval reaches the figure', () => {
    expect(right(985, 1000)).toMatchObject({ figure: 98.5, goal: 98.5, isLeast: true, holds: true })
    expect(right(980, 1000)).toMatchObject({ figure: 98, holds: true })
    expect(right(960, 1000)).toMatchObject({ figure: 96, holds: false })
  })

  const report = (results: ReadonlyMap<string, Result>, checkedMs = 1): Report => ({
    machine: { cores: 2 },
    versions: { node: '20' },
    seed: 'test',
    void: false,
    selfCheck: { lanes: 1, links: 200, rounds: 100, right: 100, timerP99: checkedMs },
    rows: [...results.values()].map((one) => rowOf(one, results)),
    goals: heldOf(results),
  })

  test('shows what was played, beside the order of arrival', () => {
    const results = byId(
      result(cell('light'), [rounds(990, 1000)]),
      result(cell('light-arrival', { rules: 'arrival' }), [rounds(640, 1000)]),
    )
    const table = markdownTable(report(results))
    expect(table).toContain(
      '| right, gap from 20 ms, by light | 99.0 % | 98.2 to 99.5 | at least 98.5 % | yes | 64.0 % |',
    )
    expect(table).toContain('1000 to 1000 rounds a cell, seed "test"; cores 2, node 20.')
    expect(table).not.toContain('voice')
    expect(table).not.toMatch(/Void|Timers/)
  })

  test('names the cells whose timers were late, and what voids the run', () => {
    const late = result(cell('light'), [rounds(1, 1)])
    late.errors.add(5)
    const table = markdownTable(report(byId(late, result(cell('voice'), [rounds(1, 1)])), 2))
    const wordOf = (what: string) =>
      table
        .split('\n')
        .find((line) => line.startsWith(`| ${what}`))
        ?.split(' | ')[4]
    expect(wordOf('right, gap from 20 ms, by light')).toBe('yes, timers late')
    expect(wordOf('right, gap from 20 ms, by voice')).toBe('yes')
    expect(table).toContain('Timers were 2 ms off or more (p99) in light (5.05).')
    expect(table).toContain('Void. In the self-check timers were 2 ms off (p99), and may be 2 at most.')
  })
})
