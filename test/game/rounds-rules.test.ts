import { kindOfRound, type RoundRules } from '@knopka/shared/game'
import { describe, expect, test } from 'vitest'
import { plainRound, plainRules } from '../support/events.ts'
import { under } from '../support/given.ts'
import type { Fact } from '../support/given.ts'

const own: RoundRules = plainRound.rules
const typing = { typing: { kind: 'text', seconds: null } } as const
const began = (rules: RoundRules): Fact => ({ type: 'roundBegan', round: 1, rules, total: 3 })

describe('rules of a round', () => {
  test('do not hold in the next one, where its set-up leaves them out', () => {
    expect(under(typing).given(began(own)).state.rules).toMatchObject({ ...own, typing: null, choices: null })
    expect(under({}).given(began({ ...own, ...typing })).state.rules).toMatchObject(typing)
  })

  test('of the evening stay', () => {
    const { setting } = plainRules
    expect(under({ standings: 'at-the-end' }).given(began(own)).state.rules).toMatchObject({
      setting,
      standings: 'at-the-end',
    })
  })

  test('are changed by leaving one out, and not by saying what holds', () => {
    const command = (rules: RoundRules) =>
      ({ type: 'changeRules', by: 'host', role: 'host', commandId: 'c', rules }) as const
    under(typing).given().when(command(own)).then({ type: 'rulesChanged', rules: own })
    under({}).given().when(command(own)).thenNothing()
    under(typing)
      .given()
      .when(command({ ...own, ...typing, choices: null }))
      .thenNothing()
  })
})

describe('how a round is played', () => {
  const choices = { points: 'plain', seconds: 20 } as const
  const of = (options?: number) => kindOfRound({ count: 3, ...(options === undefined ? {} : { options }) }, { choices })

  test('follows from how many of its questions have options, where options are chosen', () => {
    expect([of(0), of(1), of(3)]).toEqual(['buzzer', 'mixed', 'choices'])
    expect(kindOfRound({ count: 3, options: 3 }, { choices: null })).toBe('buzzer')
  })

  test('may be by choosing here and there, where a log of yesterday does not say', () => {
    expect(of()).toBe('mixed')
  })

  test('is in writing before it is by choosing, and on a board before all', () => {
    const typing = { kind: 'number', seconds: 30 } as const
    expect(kindOfRound({ count: 3, options: 3 }, { choices, typing })).toBe('number')
    expect(kindOfRound({ count: 3, options: 3, board: {} }, { choices, typing })).toBe('board')
  })
})
