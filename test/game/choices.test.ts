import { describe, expect, test } from 'vitest'
import {
  evolve,
  isRightChoice,
  mineOf,
  minesOf,
  nextDeadline,
  pointsForChoice,
  scoresOf,
  viewOf,
  type Mark,
  type RoomState,
  type Rules,
} from '@knopka/shared/game'
import {
  ask,
  buzz,
  byClock,
  byHost,
  choiceQuestion,
  choose,
  closeAnswers,
  judge,
  markChoices,
  openBuzzers,
} from '../support/commands.ts'
import {
  asked,
  askedByChoice,
  choicesMarked,
  chosen,
  joined,
  openedChoices,
  paused,
  removed,
  roomOpened,
  someoneChose,
  turnClosed,
} from '../support/events.ts'
import { given, roomWith, under } from '../support/given.ts'

const plain = { choices: { points: 'plain', seconds: null } } satisfies Partial<Rules>
const inTwenty = { choices: { points: 'by-time', seconds: 20 } } satisfies Partial<Rules>

/** Where the only right option of the first question stands, and one that is wrong. */
const right = (askedByChoice().secret.choices ?? []).findIndex((choice) => choice.right)
const wrong = (right + 1) % 3

const mark = (seat: string, options: number[], points: number, afterMs = 2000): Mark => ({
  seat,
  options,
  afterMs,
  points,
})
const spreadOf = (...options: number[]) => [0, 1, 2].map((which) => options.filter((one) => one === which).length)

const open = (rules: Partial<Rules> = plain) => under(rules).given(askedByChoice(), openedChoices())
const roomOf = (rules: Partial<Rules>, ...facts: Parameters<typeof given>) =>
  under(rules).given(askedByChoice(), openedChoices(), ...facts)

describe('a question with options', () => {
  test('is answered by choosing, where the rules say so', () => {
    under(plain)
      .given()
      .when(ask(1, { question: choiceQuestion(1) }))
      .then(askedByChoice())
  })

  test('is an ordinary question for the buzzer where they do not', () => {
    for (const rules of [{}, { choices: null }]) {
      under(rules)
        .given()
        .when(ask(1, { question: choiceQuestion(1) }))
        .then(asked())
    }
  })

  test('with two right options wants both', () => {
    under(plain)
      .given()
      .when(ask(1, { question: choiceQuestion(1, true) }))
      .then(askedByChoice(1, true))
  })

  test('shows its options to nobody but hosts before it opens, and what is right to nobody else until it is closed', () => {
    const reading = under(plain).given(askedByChoice()).state
    const playing = open().state
    for (const viewer of [
      { role: 'player', seat: 'ann' },
      { role: 'screen', seat: null },
    ] as const) {
      expect(JSON.stringify(viewOf(reading, viewer))).not.toContain('tuple')
      expect(viewOf(playing, viewer).turn?.choosing?.options).toHaveLength(3)
      expect(JSON.stringify(viewOf(playing, viewer))).not.toContain('"right":true')
      expect(viewOf(playing, viewer).turn?.choosing?.right).toBeNull()
    }
    expect(viewOf(reading, { role: 'cohost', seat: 'cohost' }).turn?.secret.choices).toHaveLength(3)
  })

  test('opens for as long as its own rules say, and closes a moment later, for what is on its way', () => {
    const room = under({ ...inTwenty, pressSeconds: 5 }).given(askedByChoice())
    room.when(openBuzzers(), 1000).then(openedChoices({ opensAt: 1000, endsAt: 21_000 }))
    expect(nextDeadline(room.when(openBuzzers(), 1000).and().state)).toBe(21_500)
  })

  test('has no buzzer and no verdict', () => {
    open().when(buzz('ann')).refused('by-choice')
    open().when(judge('ann', 'right')).refused('never-pressed')
  })
})

describe('who chooses', () => {
  test('is taken at their word, once', () => {
    open()
      .when(choose('ann', [wrong]))
      .then(someoneChose([wrong]))
    roomOf(plain, chosen('ann', [wrong]))
      .when(choose('ann', [right]))
      .refused('already-chosen')
  })

  test('is told why it cannot be', () => {
    given()
      .when(choose('ann', [0]))
      .refused('not-started')
    under(plain)
      .given(asked())
      .when(choose('ann', [0]))
      .refused('not-by-choice')
    under(plain)
      .given(askedByChoice())
      .when(choose('ann', [0]))
      .refused('not-open')
    roomOf(plain, paused())
      .when(choose('ann', [0]))
      .refused('paused')
    roomOf(plain, removed('ann'))
      .when(choose('ann', [0]))
      .refused('removed')
    open()
      .when(choose('dan', [0]))
      .refused('no-seat')
    open()
      .when(choose('ann', [0], { turn: 2 }))
      .refused('question-closed')
    roomOf(plain, turnClosed('skipped'))
      .when(choose('ann', [0]))
      .refused('question-closed')
  })

  test('chooses one of what is there, or several where several are right', () => {
    for (const options of [[3], [0, 1], [0, 0]]) open().when(choose('ann', options)).refused('no-such-choice')
    const several = under(plain).given(askedByChoice(1, true), openedChoices({ multiple: true }))
    several.when(choose('ann', [0, 2])).then(someoneChose([0, 2]))
    for (const options of [
      [0, 0],
      [0, 3],
    ])
      several.when(choose('ann', options)).refused('no-such-choice')
  })

  test('is in time by when they chose, not by when it came', () => {
    const room = under(inTwenty).given(askedByChoice(), openedChoices({ endsAt: 20_000 }))
    room.when(choose('ann', [right], { afterMs: 19_990 }), 20_400).then(someoneChose([right], 19_990))
    room.when(choose('ann', [right], { afterMs: 20_010 }), 20_400).refused('time-is-up')
  })

  test('in a tie-break is one of those who share the first place', () => {
    const tie = { ...askedByChoice(), only: ['ann', 'bob'] }
    const room = under(plain).given(tie, openedChoices())
    room.when(choose('cat', [right])).refused('not-in-tie-break')
    room
      .when(choose('ann', [right]))
      .and()
      .when(choose('bob', [wrong]))
      .then(
        someoneChose([wrong]),
        turnClosed('answered'),
        choicesMarked([right], spreadOf(right, wrong), [mark('ann', [right], 1), mark('bob', [wrong], 0)]),
      )
  })
})

describe('the time to choose ends', () => {
  const both = [chosen('ann', [right]), chosen('bob', [wrong])]
  const marks = [mark('ann', [right], 1), mark('bob', [wrong], 0)]

  test('with the last who is in the game', () => {
    roomOf(plain, ...both)
      .when(choose('cat', [right]))
      .then(
        someoneChose([right]),
        turnClosed('answered'),
        choicesMarked([right], spreadOf(right, wrong, right), [...marks, mark('cat', [right], 1)]),
      )
  })

  test('whoever was removed is not waited for, and does not stand in for another', () => {
    roomOf(plain, chosen('ann', [right]), removed('cat'))
      .when(choose('bob', [wrong]))
      .then(someoneChose([wrong]), turnClosed('answered'), choicesMarked([right], spreadOf(right, wrong), marks))
    roomOf(plain, chosen('ann', [right]), removed('ann'))
      .when(choose('bob', [wrong]))
      .then(someoneChose([wrong]))
  })

  test('when the host says so', () => {
    roomOf(plain, ...both)
      .when(closeAnswers())
      .then(turnClosed('answered'), choicesMarked([right], spreadOf(right, wrong), marks))
    open()
      .when(closeAnswers())
      .then(turnClosed('nobody'), choicesMarked([right], spreadOf(), []))
  })

  test('by the clock', () => {
    const room = under(inTwenty).given(askedByChoice(), openedChoices({ endsAt: 20_000 }), chosen('ann', [right]))
    room.when(byClock(), 20_499).thenNothing()
    room
      .when(byClock(), 20_500)
      .then(turnClosed('time-out'), choicesMarked([right], spreadOf(right), [mark('ann', [right], 10)]))
  })

  test('by the clock, also where nobody chose: it was the time that ended it', () => {
    under(inTwenty)
      .given(askedByChoice(), openedChoices({ endsAt: 20_000 }))
      .when(byClock(), 20_500)
      .then(turnClosed('time-out'), choicesMarked([right], spreadOf(), []))
  })

  test('not where it has not begun, and not twice', () => {
    under(plain).given(askedByChoice()).when(closeAnswers()).refused('not-open')
    under(plain).given(asked()).when(closeAnswers()).refused('not-by-choice')
    roomOf(plain, turnClosed('answered')).when(closeAnswers()).refused('question-closed')
  })

  test('a skipped question counts for nothing, and tells nobody what was right', () => {
    const { state } = roomOf(plain, ...both)
      .when(byHost({ type: 'skip', turn: 1 }))
      .and()
    expect(scoresOf(state).size).toBe(0)
    expect(state.turn?.choosing?.right).toBeNull()
  })
})

describe('points', () => {
  const rules = (choices: Rules['choices']) => ({ ...given().state.rules, choices }) as Rules

  test('are one for a right choice, and none or one less for a wrong one', () => {
    expect(pointsForChoice(rules(plain.choices), true, 0)).toBe(1)
    expect(pointsForChoice(rules(plain.choices), false, 0)).toBe(0)
    const penalty = rules({ points: 'penalty', seconds: null })
    expect(pointsForChoice(penalty, true, 0)).toBe(1)
    expect(pointsForChoice(penalty, false, 0)).toBe(-1)
  })

  test('by time fall in six equal steps, to half of what they were', () => {
    const byTime = (afterMs: number) => pointsForChoice(rules(inTwenty.choices), true, afterMs)
    expect([0, 3333, 3334, 10_000, 16_667, 20_000, 21_000].map(byTime)).toEqual([10, 10, 9, 7, 5, 5, 5])
    expect(pointsForChoice(rules(inTwenty.choices), false, 0)).toBe(0)
  })

  test('of several right options come with all of them and no other', () => {
    const several = { multiple: true }
    expect(isRightChoice(several, [0, 1], [0, 1])).toBe(true)
    expect(isRightChoice(several, [0], [0, 1])).toBe(false)
    expect(isRightChoice(several, [0, 1, 2], [0, 1])).toBe(false)
    expect(isRightChoice({ multiple: false }, [1], [0, 1])).toBe(true)
    expect(isRightChoice({ multiple: false }, [1], [])).toBe(false)
  })
})

describe('a bank that was wrong', () => {
  const closed = roomOf(
    plain,
    chosen('ann', [right]),
    chosen('bob', [wrong]),
    turnClosed('answered'),
    choicesMarked([right], spreadOf(right, wrong), [mark('ann', [right], 1), mark('bob', [wrong], 0)]),
  )

  test('is put right, and every point with it', () => {
    const { state } = closed.when(markChoices([wrong])).and()
    expect(Object.fromEntries(scoresOf(state))).toEqual({ ann: 0, bob: 1 })
    closed.when(markChoices([right])).thenNothing()
  })

  test('can be put right some questions later, too', () => {
    const later = closed.when(ask(2)).and()
    const { state } = later.when(markChoices([0, 1, 2])).and()
    expect(Object.fromEntries(scoresOf(state))).toEqual({ ann: 1, bob: 1 })
  })

  test('and a question that should not have been asked counts for nothing, also where a wrong choice costs a point', () => {
    for (const points of ['plain', 'penalty'] as const) {
      const { state } = roomOf({ choices: { points, seconds: null } }, chosen('ann', [right]), chosen('bob', [wrong]))
        .when(closeAnswers())
        .and()
      const { state: mended } = roomWith(state).when(markChoices([])).and()
      expect(Object.fromEntries(scoresOf(mended))).toEqual({ ann: 0, bob: 0 })
    }
  })

  test('but only what is closed has marks', () => {
    open()
      .when(markChoices([0]))
      .refused('turn-open')
    under(plain)
      .given(asked())
      .when(markChoices([0]))
      .refused('not-by-choice')
    closed.when(markChoices([3])).refused('no-such-choice')
    closed.when(markChoices([0], 7)).refused('question-closed')
  })
})

test('a phone that comes back knows its own choice and, once it is marked, what it earned', () => {
  const before = roomOf(plain, chosen('ann', [right])).state
  const after = roomOf(plain, chosen('ann', [right]))
    .when(closeAnswers())
    .and().state
  const own = (state: RoomState) => [mineOf(state, 9, 'ann'), minesOf(state, 9).find(({ seat }) => seat === 'ann')]
  for (const mine of own(before)) {
    expect(mine).toMatchObject({ chosen: { options: [right], afterMs: 2000 }, gained: null, score: 0 })
  }
  for (const mine of own(after)) expect(mine).toMatchObject({ chosen: { options: [right] }, gained: 1, score: 1 })
  expect(mineOf(after, 9, 'bob')).toMatchObject({ chosen: null, gained: null })
})

test('a pause takes nothing from the time to choose', () => {
  const { state } = under(inTwenty)
    .given(askedByChoice(), openedChoices({ opensAt: 0, endsAt: 20_000 }))
    .when(byHost({ type: 'pause' }), 5000)
    .and({ type: 'resumed', shiftMs: 3000 })
  expect(nextDeadline(state)).toBe(23_500)
})

test('a crowd is counted as it comes and goes', () => {
  const { state } = given(roomOpened(), joined('ann'), joined('bob'), removed('ann'))
  expect(state.secret.inGame).toBe(1)
  expect(evolve(state, { type: 'letBackIn', seat: 'ann', at: 0, by: 'host' }).secret.inGame).toBe(2)
})
