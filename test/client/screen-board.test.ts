import type { Round } from '@knopka/shared/game'
import { describe, expect, test, vi } from 'vitest'
import {
  boardOf,
  breakable,
  finalIsAhead,
  hasFreeCells,
  originOf,
  pickerOnWall,
} from '../../client/src/screen/board.ts'
import { lingerMs, sceneOf } from '../../client/src/screen/scene.ts'
import {
  asked,
  buzzed,
  floorGiven,
  joined,
  opened,
  revealed,
  roomOpened,
  turnClosed,
  verdictGiven,
} from '../support/events.ts'
import { given, type Fact } from '../support/given.ts'

vi.hoisted(() => vi.stubGlobal('navigator', { languages: ['en'] }))

const columns = [
  { title: 'Python', cells: 2 },
  { title: 'Web', cells: 1 },
]
const board = { columns, step: 100, doubles: 1, final: true }
const rounds: Round[] = [{ title: null, count: 4, board }]
const began: Fact = { type: 'roundBegan', round: 1, rules: { ...roomOpened().rules }, total: 4 }
const room = (...facts: Fact[]) => given(roomOpened({ rounds }), joined('ann'), joined('bob'), began, ...facts).state

const cellAsked = (cell: number, kind: 'plain' | 'double' | 'final' = 'plain'): Fact => ({
  ...asked(1, { total: 4, only: kind === 'double' ? ['ann'] : null }),
  total: 4,
  worth: {
    cell,
    value: 200,
    kind,
    picker: kind === 'double' ? { seat: 'ann', team: null, number: 1, name: 'Ann', hidden: false } : null,
  },
  ...(kind === 'final' ? { typing: 'text' } : {}),
})
const won: Fact[] = [
  cellAsked(1),
  opened(),
  buzzed('bob'),
  floorGiven('bob'),
  verdictGiven('bob', 'right', 200),
  turnClosed('answered'),
]
const picked = (cell: number): Fact => ({ type: 'cellPicked', cell })

describe('the board', () => {
  test('has a column for each theme, and a value in each cell', () => {
    const values = boardOf(room())?.map(({ title, cells }) => [title, ...cells.map(({ value }) => value)])
    expect(values).toEqual([
      ['Python', 100, 200],
      ['Web', 100],
    ])
  })

  test('shows who won a cell, and which one is picked', () => {
    const [python, web] = boardOf(room(...won, picked(2))) ?? []
    expect(python?.cells[1]).toMatchObject({ free: false, winner: { name: 'Bob' } })
    expect(python?.cells[0]).toMatchObject({ free: true, picked: false, winner: null })
    expect(web?.cells[0]).toMatchObject({ cell: 2, free: true, picked: true })
  })

  test('names whoever was right last; before that, nobody picks', () => {
    expect(pickerOnWall(room())).toBeNull()
    expect(pickerOnWall(room(...won))?.name).toBe('Bob')
  })

  test('says whether the final is still to come', () => {
    expect(finalIsAhead(room())).toBe(true)
    expect(finalIsAhead(room(cellAsked(3, 'final')))).toBe(false)
    expect(hasFreeCells(room(cellAsked(3, 'final')))).toBe(true)
  })

  test('lets a question grow from where its cell is', () => {
    expect(originOf(board, 1)).toMatchObject({ x: 0, width: 0.5 })
    expect(originOf(board, 1)?.y).toBeCloseTo(1)
    expect(originOf(board, 2)).toMatchObject({ x: 1 })
    expect(originOf(board, 3)).toBeNull()
  })

  test('breaks long words of a title between syllables, and leaves short ones alone', () => {
    expect(breakable('Web Frameworks')).toBe('Web Frameworks')
    expect(breakable('программирование').split('\u00ad').length).toBeGreaterThan(1)
    expect(breakable('программирование').replaceAll('\u00ad', '')).toBe('программирование')
  })
})

describe('the scene of a board', () => {
  test('is the board until a cell is asked, and again when the hall has seen what came of it', () => {
    expect(sceneOf(room())).toBe('board')
    expect(sceneOf(room(cellAsked(1)))).toBe('question')
    expect(sceneOf(room(...won), true)).toBe('pressed')
    expect(sceneOf(room(...won), false)).toBe('board')
  })

  test('is the board at once when the next cell is picked, also over the answer', () => {
    expect(sceneOf(room(...won, revealed('Note 1')), true)).toBe('answer')
    expect(sceneOf(room(...won, revealed('Note 1'), picked(2)), true)).toBe('board')
  })

  test('asks for the stake before anyone reads a double', () => {
    const staked: Fact = {
      type: 'staked',
      turn: 1,
      stake: 200,
      secret: { staker: 'ann', stake: { seat: 'ann', points: 200 } },
    }
    expect(sceneOf(room(cellAsked(1, 'double')))).toBe('double')
    expect(sceneOf(room(cellAsked(1, 'double'), staked))).toBe('question')
  })

  test('asks everyone for a stake before the final opens', () => {
    expect(sceneOf(room(cellAsked(3, 'final')))).toBe('final')
    expect(sceneOf(room(cellAsked(3, 'final'), opened()))).toBe('typed')
  })

  test('stays while typed answers wait for the host', () => {
    const typed: Fact = { type: 'typed', turn: 1, secret: { answer: { text: 'x', afterMs: 1 } }, by: 'ann' }
    const judged: Fact = {
      type: 'answersJudged',
      turn: 1,
      right: null,
      secret: { answers: ['x'], typedMarks: [{ seat: 'ann', verdict: 'right', points: 1, text: 'x' }] },
    }
    const closed: Fact[] = [cellAsked(3, 'final'), opened(), typed, turnClosed('answered')]
    expect(sceneOf(room(...closed))).toBe('typed')
    expect(sceneOf(room(...closed, judged), true)).toBe('typed')
    expect(sceneOf(room(...closed, judged))).toBe('board')
  })
})

describe('what came of a question', () => {
  const heard = (draft: Fact) => lingerMs({ at: 0, by: 'host', ...draft }, room(...won))

  test('is looked at for some seconds, and an answer for as long as it takes to read', () => {
    const [short, long] = [heard(revealed('Yes')), heard(revealed('Yes '.repeat(100)))]
    expect(heard(turnClosed('answered'))).toBeGreaterThan(0)
    expect(long).toBeGreaterThan(short ?? Infinity)
  })

  test('is not looked at longer for what happens otherwise, or to a question before', () => {
    expect(heard(picked(2))).toBeNull()
    expect(heard(turnClosed('answered', 7))).toBeNull()
  })
})
