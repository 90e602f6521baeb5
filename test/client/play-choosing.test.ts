import type { Choosing, Turn } from '@knopka/shared/game'
import { describe, expect, test } from 'vitest'
import { choiceFace, outcomeOf, tileLook, type ChoiceFace } from '../../client/src/play/choosing.ts'
import { askedByChoice, choicesMarked, openedChoices, turnClosed } from '../support/events.ts'
import { under } from '../support/given.ts'

const roomOf = (...facts: Parameters<ReturnType<typeof under>['given']>) =>
  under({ choices: { points: 'plain', seconds: null } }).given(...facts).state.turn as Turn

const reading = roomOf(askedByChoice())
const open = roomOf(askedByChoice(), openedChoices())
const closed = roomOf(askedByChoice(), openedChoices(), turnClosed('answered'), choicesMarked([1], [0, 1, 0], []))

const of = (changes: Partial<Choosing> = {}): Choosing => ({
  count: 3,
  multiple: false,
  options: ['a', 'b', 'c'],
  right: [1],
  spread: [0, 1, 0],
  ...changes,
})
const gave = (...options: number[]) => ({ options, isUnderWay: false })
const isOnItsWay = { options: [1], isUnderWay: true }

describe('a phone among options', () => {
  test('waits while the host reads, and lets one choose once the options are there', () => {
    expect([reading, open].map((turn) => choiceFace(turn, null))).toEqual(['reading', 'choosing'])
  })

  test('tells a choice that was sent from one that was taken', () => {
    expect([isOnItsWay, gave(1)].map((given) => choiceFace(open, given))).toEqual(['sending', 'chosen'])
  })

  test('shows what is right as soon as it is closed, also to who has not answered', () => {
    expect([null, isOnItsWay, gave(1)].map((given) => choiceFace(closed, given))).toEqual(Array(3).fill('marked'))
  })
})

describe('a question that is over', () => {
  test('was answered right, wrong, or not at all', () => {
    expect([gave(1), gave(0), null].map((given) => outcomeOf(of(), given))).toEqual(['right', 'wrong', 'unanswered'])
  })

  test('with several right options was answered by all of them alone', () => {
    const several = of({ multiple: true, right: [0, 2] })
    const all = [gave(2, 0), gave(0), gave(0, 1, 2)]
    expect(all.map((given) => outcomeOf(several, given))).toEqual(['right', 'wrong', 'wrong'])
  })

  test('tells nobody what was right where it was skipped', () => {
    const turn = roomOf(askedByChoice(), openedChoices(), turnClosed('skipped'))
    expect(choiceFace(turn, gave(1))).toBe('marked')
    expect(outcomeOf(of({ right: null }), gave(1))).toBe('skipped')
  })

  test('counts for nobody where the host says that nothing is right', () => {
    expect([gave(1), null].map((given) => outcomeOf(of({ right: [] }), given))).toEqual(['void', 'void'])
  })
})

describe('an option', () => {
  const looks = (face: ChoiceFace, given: ReturnType<typeof gave> | null, picked: number[] = [], choosing = of()) =>
    [0, 1, 2].map((option) => tileLook(option, face, choosing, given, picked))

  test('can be pressed while one chooses, and is marked where several are', () => {
    expect(looks('reading', null)).toEqual(['blank', 'blank', 'blank'])
    expect(looks('choosing', null)).toEqual(['open', 'open', 'open'])
    expect(looks('choosing', null, [2, 0])).toEqual(['picked', 'open', 'picked'])
  })

  test('stays, and the others step back, once it is sent', () => {
    expect(looks('sending', isOnItsWay)).toEqual(['rest', 'own', 'rest'])
    expect(looks('chosen', gave(0, 2))).toEqual(['own', 'rest', 'own'])
  })

  test('is marked by whether it is right, and whether it was chosen here', () => {
    expect(looks('marked', gave(1))).toEqual(['rest', 'own-right', 'rest'])
    expect(looks('marked', gave(0))).toEqual(['own-wrong', 'right', 'rest'])
    expect(looks('marked', null)).toEqual(['rest', 'right', 'rest'])
  })

  test('is not marked where nothing was said to be right', () => {
    for (const right of [null, []]) expect(looks('marked', gave(0), [], of({ right }))).toEqual(['own', 'rest', 'rest'])
  })
})
