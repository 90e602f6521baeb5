import { describe, expect, test } from 'vitest'
import type { PlayedChoices, PlayedQuestion, Verdict } from '@knopka/shared/game'
import { countOf, filters, isShown } from '../../client/src/results/filters.ts'

const question = (turn: number, pressed: string[], ...verdicts: Verdict[]): PlayedQuestion => ({
  turn,
  kind: 'question',
  path: [],
  text: '?',
  note: null,
  presses: pressed.map((seat) => ({
    seat,
    number: 1,
    name: seat,
    hidden: false,
    opening: 1,
    arrival: 0,
    scoreMs: 1,
    certaintyMs: 1,
    cameMs: 1,
    overruledMs: 0,
    called: null,
  })),
  verdicts: verdicts.map((verdict, index) => ({ seat: pressed[index] ?? '', verdict, points: 0, at: 0 })),
  choices: null,
  typing: null,
  round: 1,
  worth: null,
  closed: 'answered',
})

/** Two options: the first is right, unless nothing is. */
const byChoice = (turn: number, rightToo: boolean, ...points: number[]): PlayedQuestion => {
  const marks = points.map((points, index) => ({ seat: `${index}`, options: [points > 0 ? 0 : 1], afterMs: 1, points }))
  const options = ['a', 'b'].map((text, index) => ({ text, right: rightToo && index === 0, count: 0 }))
  const choices: PlayedChoices = { options, marks }
  return { ...question(turn, []), choices }
}

const right = question(1, ['ann'], 'right')
const wrongThenRight = question(2, ['ann', 'bob'], 'wrong', 'right')
const wrong = question(3, ['ann'], 'wrong')
const partly = question(4, ['ann'], 'partly')
const notJudged = question(5, ['ann'])
const nobody = question(6, [])
const all = [right, wrongThenRight, wrong, partly, notJudged, nobody]

const turns = (filter: (typeof filters)[number]) => all.filter((one) => isShown(one, filter)).map(({ turn }) => turn)

describe('the filters', () => {
  test('come in the order of their chips', () => {
    expect(filters).toEqual(['all', 'missed', 'nobody'])
  })

  test('"all" leaves nothing out', () => {
    expect(turns('all')).toEqual([1, 2, 3, 4, 5, 6])
  })

  test('"missed" holds what was pressed and never answered right', () => {
    expect(turns('missed')).toEqual([3, 4, 5])
  })

  test('"nobody" holds what no one pressed', () => {
    expect(turns('nobody')).toEqual([6])
  })

  test('know of a question with options who chose, and whether anyone was right', () => {
    const questions = [byChoice(1, true, 0, 10), byChoice(2, true, 0, -1), byChoice(3, true), byChoice(4, false, 0, 0)]
    const turns = (filter: (typeof filters)[number]) =>
      questions.filter((one) => isShown(one, filter)).map(({ turn }) => turn)
    expect(turns('all')).toEqual([1, 2, 3, 4])
    expect(turns('missed')).toEqual([2])
    expect(turns('nobody')).toEqual([3])
  })

  test('show evenings that were kept before questions had options', () => {
    const { choices: _choices, ...old } = wrong
    expect(filters.map((filter) => isShown(old as PlayedQuestion, filter))).toEqual([true, true, false])
  })

  test('count what they show', () => {
    expect(filters.map((filter) => countOf(all, filter))).toEqual([6, 3, 1])
  })
})
