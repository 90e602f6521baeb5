import type { Presence } from '@knopka/shared/contracts'
import type { RoomState } from '@knopka/shared/game'
import { describe, expect, test, vi } from 'vitest'
import { actionsOf, expected } from '../../client/src/host/actions.ts'
import {
  asked,
  askedByChoice,
  buzzed,
  choicesMarked,
  chosen,
  floorGiven,
  gameEnded,
  opened,
  openedChoices,
  paused,
  turnClosed,
} from '../support/events.ts'
import { given, under } from '../support/given.ts'

/** Words follow the browser's languages, and Node need not know any. */
vi.hoisted(() => vi.stubGlobal('navigator', { languages: ['ru-RU'] }))

const closed = [turnClosed('answered'), choicesMarked([0], [1, 0, 0], [])]
const reading = given(askedByChoice()).state
const open = (...facts: Parameters<typeof given>) => given(askedByChoice(), openedChoices(), ...facts).state

/** What the key in this place of the keyboard does, as the console finds it. */
const keyOf = (state: RoomState, code: string) =>
  Object.values(actionsOf(state)).filter(({ codes }) => codes.includes(code))

describe('the keys of a question that everyone answers', () => {
  test('open and close it, and there are no verdicts', () => {
    expect(actionsOf(reading)).toMatchObject({
      open: { why: null, saying: { type: 'openBuzzers', turn: 1 } },
      close: { why: 'not-open' },
    })
    expect(actionsOf(open())).toMatchObject({
      open: { why: 'already-open' },
      close: { why: null, codes: ['Digit1', 'Numpad1'], saying: { type: 'closeChoices', turn: 1 } },
      skip: { why: null },
    })
    for (const state of [reading, open(), open(...closed)]) {
      expect(Object.keys(actionsOf(state))).not.toContain('right')
      for (const code of ['Digit2', 'Digit3']) expect(keyOf(state, code)).toEqual([])
    }
  })

  test('say why they do nothing now', () => {
    expect(actionsOf(open(paused())).close?.why).toBe('paused')
    expect(actionsOf(open(...closed)).close?.why).toBe('question-closed')
  })

  test('tell for how long the options will be open, not the buzzers', () => {
    const rules = { pressSeconds: 5, choices: { points: 'plain', seconds: 20 } } as const
    expect(actionsOf(under(rules).given(askedByChoice()).state).open.consequence).toBe('на 20 с')
    expect(actionsOf(under(rules).given(asked()).state).open.consequence).toBe('на 5 с')
    const untimed = { pressSeconds: 5, choices: { points: 'plain', seconds: null } } as const
    expect(actionsOf(under(untimed).given(askedByChoice()).state).open.consequence).toBe('без часов')
  })
})

test('a question for the buzzer keeps its verdicts, and has nothing to close', () => {
  const answering = given(asked(), opened(), buzzed('ann'), floorGiven('ann')).state
  expect(actionsOf(answering)).toMatchObject({ right: { why: null }, partly: { why: null }, wrong: { why: null } })
  expect(actionsOf(answering).close).toBeUndefined()
})

test('no two keys share a place, in any state', () => {
  for (const state of [given().state, given(asked()).state, reading, open(), open(...closed)]) {
    const codes = Object.values(actionsOf(state)).flatMap(({ codes }) => codes)
    expect(new Set(codes).size).toBe(codes.length)
  }
})

describe('the key that comes next', () => {
  const here = (...seats: string[]): Presence => Object.fromEntries(seats.map((seat) => [seat, { rttMs: 20 }]))
  const everyone = here('ann', 'bob', 'cat')

  test('opens what was read', () => {
    expect(expected(given().state, everyone)).toBe('next')
    expect(expected(reading, everyone)).toBe('open')
    expect(expected(given(asked()).state, everyone)).toBe('open')
  })

  test('closes the answers once everyone who is here has given one', () => {
    expect(expected(open(chosen('ann', [0]), chosen('bob', [0])), everyone)).toBeNull()
    expect(expected(open(chosen('ann', [0]), chosen('bob', [0])), here('ann', 'bob'))).toBe('close')
    expect(expected(open(chosen('ann', [0])), here('ann', 'bob'))).toBeNull()
    expect(expected(open(), here())).toBeNull()
  })

  test('never closes the buzzers', () => {
    expect(expected(given(asked(), opened()).state, here())).toBeNull()
  })

  test('asks the next question, until the evening is over', () => {
    expect(expected(open(...closed), everyone)).toBe('next')
    expect(expected(open(...closed, gameEnded()), everyone)).toBeNull()
  })
})
