import { decide, evolve, isRefusal, unopened, type Command, type RoomState } from '@knopka/shared/game'
import { expect, test } from 'vitest'
import { opening } from '../support/interviews.ts'

/** The room after these commands, each allowed. */
const call = (...commands: object[]): RoomState => commands.reduce(said, unopened)
const opened = { ...opening(3), by: 'server', role: 'server' }
const by = (role: 'host' | 'cohost', command: object) => ({ ...command, by: role, role })

function said(state: RoomState, command: object): RoomState {
  const decision = decide(state, command as Command, 1000)
  if (isRefusal(decision)) throw new Error(decision.refused)
  return decision.reduce(evolve, state)
}

const verdictOn = (state: RoomState, command: object) => {
  const decision = decide(state, command as Command, 1000)
  return isRefusal(decision) ? decision.refused : decision.map(({ type }) => type)
}

const note = (text: string, was?: string) =>
  by('host', { type: 'assess', item: 'item-1', note: text, ...(was === undefined ? {} : { noteWas: was }) })

test('a note that was written over another one than the present is refused, and none is lost', () => {
  const state = call(opened, note('с ноутбука'))
  expect(verdictOn(state, note('с телефона', ''))).toBe('written-meanwhile')
  expect(verdictOn(state, note('с ноутбука, дальше', 'с ноутбука'))).toEqual(['firstAssessed'])
})

test('the same note said again does no harm, whatever it was written over', () => {
  expect(verdictOn(call(opened, note('раз')), note('раз', ''))).toEqual([])
})

test('whoever says nothing of what it was writes over everything', () => {
  expect(verdictOn(call(opened, note('раз')), note('два'))).toEqual(['firstAssessed'])
})

test('the other one of the two has notes of their own', () => {
  const other = by('cohost', { type: 'assess', item: 'item-1', note: 'два', noteWas: '' })
  expect(verdictOn(call(opened, note('раз')), other)).toEqual(['secondAssessed'])
})

test('strengths and gaps, which the two share, are not written over unseen either', () => {
  const end = by('host', { type: 'endInterview' })
  const state = call(opened, end, by('host', { type: 'conclude', strengths: 'SQL', gaps: 'сети' }))
  const strengths = { type: 'conclude', strengths: 'Python', strengthsWas: '' }
  expect(verdictOn(state, by('cohost', strengths))).toBe('written-meanwhile')
  expect(verdictOn(state, by('cohost', { ...strengths, strengthsWas: 'SQL' }))).toEqual(['concluded'])
  expect(verdictOn(state, by('cohost', { type: 'conclude', gaps: 'TCP', gapsWas: '' }))).toBe('written-meanwhile')
})
