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
  juryCalled,
  juryClosed,
  opened,
  openedChoices,
  paused,
  teamPicked,
  teamRenamed,
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
      close: { why: null, codes: ['Digit1', 'Numpad1'], saying: { type: 'closeAnswers', turn: 1 } },
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

describe('what a verdict brings about', () => {
  const onFloor = [opened(), buzzed('ann'), floorGiven('ann')]
  const wrong = (state: RoomState) => actionsOf(state).wrong?.consequence

  test('follows the rule for wrong answers', () => {
    const waiting = [asked(), ...onFloor, buzzed('bob', { scoreMs: 400 })]
    expect(wrong(under({ afterWrong: 'next-in-queue' }).given(...waiting).state)).toBe('дальше Bob')
    expect(wrong(under({ afterWrong: 'reopen' }).given(...waiting).state)).toBe('кнопки откроются снова')
    expect(wrong(under({ afterWrong: 'close' }).given(...waiting).state)).toBe('вопрос закроется')
  })

  test('has no points in a practice question', () => {
    const { right, wrong } = actionsOf(
      under({ scoring: 'penalty' }).given({ ...asked(), practice: true }, ...onFloor).state,
    )
    expect([right?.consequence, wrong?.consequence]).toEqual(['без очков', 'кнопки откроются снова'])
  })

  describe('in a room with teams', () => {
    const teams = { count: 2, formedBy: 'host', presses: 'anyone', score: 'sum' } as const
    const room = (...facts: Parameters<typeof given>) => {
      const members = teamPicked(['ann', 1], ['bob', 1], ['cat', 2])
      const first = [opened(), { ...buzzed('ann'), team: 1 }, floorGiven('ann')]
      return under({ teams }).given(members, teamRenamed(2, 'Ёжики'), asked(), ...first, ...facts).state
    }

    test('names the team that it is for', () => {
      expect(actionsOf(room()).right?.consequence).toBe('+1, Команда А')
    })

    test('names who is next with their team', () => {
      expect(wrong(room({ ...buzzed('cat', { scoreMs: 400 }), team: 2 }))).toBe('дальше Cat (Ёжики)')
    })

    test('puts the whole team out: its second press is not the next', () => {
      expect(wrong(room({ ...buzzed('bob', { scoreMs: 400 }), team: 1 }))).toBe('кнопки откроются снова')
    })
  })
})

describe('the key that asks the hall', () => {
  const answering = [asked(), opened(), buzzed('ann'), floorGiven('ann')]

  test('is there while someone answers, and else says why not', () => {
    expect(keyOf(given(...answering).state, 'KeyJ')).toMatchObject([
      { why: null, saying: { type: 'callJury', turn: 1 } },
    ])
    expect(actionsOf(given(asked(), opened()).state).jury.why).toBe('nobody-answers')
    expect(actionsOf(given(...answering, juryCalled(6000)).state).jury.why).toBe('jury-votes')
  })

  test('asks once more when the hall has answered', () => {
    const split = { right: 1, partly: 0, wrong: 1 }
    expect(actionsOf(given(...answering, juryCalled(6000), juryClosed(split)).state).jury.why).toBeNull()
  })

  test('says so where everyone chooses, and before the first question', () => {
    expect(actionsOf(open()).jury.why).toBe('nobody-answers')
    expect(actionsOf(given().state).jury.why).toBe('not-started')
  })
})

describe('a practice question', () => {
  test('is the next of the plan, before the first question and between two', () => {
    const { practice, next } = actionsOf(given().state)
    expect(practice).toMatchObject({ why: null, saying: { type: 'ask', turn: 1, practice: true } })
    expect(next.saying).not.toHaveProperty('practice')
    expect(actionsOf(open(...closed)).practice).toMatchObject({ why: null, saying: { turn: 2, practice: true } })
  })

  test('waits for the question that is on', () => {
    expect(actionsOf(reading).practice.why).toBe('turn-open')
  })
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
