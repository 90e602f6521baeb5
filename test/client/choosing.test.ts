import type { Turn } from '@knopka/shared/game'
import { describe, expect, test } from 'vitest'
import { rightOptions } from '../../client/src/host/options.ts'
import { answersOf, rightMarks } from '../../client/src/ui/choosing.ts'
import { askedByChoice, choicesMarked, chosen, joined, openedChoices, removed, turnClosed } from '../support/events.ts'
import { given } from '../support/given.ts'

const open = (...facts: Parameters<typeof given>) => given(askedByChoice(), openedChoices(), ...facts).state
const answers = (...facts: Parameters<typeof given>) => {
  const state = open(...facts)
  const { answered, of, awaited } = answersOf(state, state.turn as Turn)
  return [answered, of, awaited.map(({ seat }) => seat)]
}

describe('who has answered', () => {
  test('is everyone who chose, of those in the game', () => {
    expect(answers()).toEqual([0, 3, ['ann', 'bob', 'cat']])
    expect(answers(chosen('bob', [0]))).toEqual([1, 3, ['ann', 'cat']])
    expect(answers(chosen('bob', [0]), joined('dan'))).toEqual([1, 4, ['ann', 'cat', 'dan']])
  })

  test('leaves out whoever was removed, before or after they chose', () => {
    expect(answers(chosen('bob', [0]), removed('cat'))).toEqual([1, 2, ['ann']])
    expect(answers(chosen('bob', [0]), removed('bob'))).toEqual([0, 2, ['ann', 'cat']])
  })

  test('in a tie-break is asked of those alone who share the first place', () => {
    const { state } = given({ ...askedByChoice(), only: ['ann', 'bob'] }, openedChoices(), chosen('ann', [0]))
    expect(answersOf(state, state.turn as Turn)).toMatchObject({ answered: 1, of: 2, awaited: [{ seat: 'bob' }] })
  })
})

describe('who was right', () => {
  const mark = (seat: string, options: number[], afterMs: number) => ({ seat, options, afterMs, points: 0 })
  const marks = [mark('ann', [0], 5000), mark('bob', [1], 1000), mark('cat', [0], 2000)]
  const turn = open(turnClosed('answered'), choicesMarked([0], [2, 1, 0], marks)).turn as Turn
  const seats = (right?: number[]) => rightMarks(turn, right).map(({ seat }) => seat)

  test('comes quickest first, by the present marks or by others', () => {
    expect(seats()).toEqual(['cat', 'ann'])
    expect(seats([1])).toEqual(['bob'])
    expect(seats([0, 1])).toEqual(['bob', 'cat', 'ann'])
    expect(seats([])).toEqual([])
  })

  test('is nobody before the question is closed', () => {
    expect(rightMarks(open(chosen('ann', [0])).turn as Turn)).toEqual([])
  })
})

test('what is right is known to hosts from the bank, and then as it was marked', () => {
  const inBank = (askedByChoice(1, true).secret.choices ?? []).flatMap(({ right }, option) => (right ? [option] : []))
  const asked = [askedByChoice(1, true), openedChoices({ multiple: true })]
  expect(rightOptions(given(...asked).state.turn as Turn)).toEqual(inBank)
  const marked = given(...asked, turnClosed('answered'), choicesMarked([2], [0, 0, 0], [])).state
  expect(rightOptions(marked.turn as Turn)).toEqual([2])
})
