import { describe, expect, test } from 'vitest'
import { nextDeadline, type Rules } from '@knopka/shared/game'
import { buzz, byClock, byHost, judge, undo } from '../support/commands.ts'
import {
  answeredBy,
  answerTimedOut,
  asked,
  buzzed,
  falseStarted,
  firstIn,
  floorGiven,
  foundFirst,
  gameEnded,
  opened,
  paused,
  resumed,
  turnClosed,
  verdictGiven,
} from '../support/events.ts'
import { at, given, under } from '../support/given.ts'

const pause = () => byHost({ type: 'pause' })
const resume = (leadMs = 120) => byHost({ type: 'resume', leadMs })
const answering = [asked(), opened(), buzzed('ann'), floorGiven('ann')]

describe('a pause', () => {
  test('stops the game, once', () => {
    given(asked()).when(pause()).then(paused())
    given(asked(), paused()).when(pause()).thenNothing()
  })

  test('is refused before the first question and after the end', () => {
    given().when(pause()).refused('not-started')
    given(asked(), gameEnded()).when(pause()).refused('game-over')
  })

  test('stops presses and verdicts', () => {
    given(asked(), opened(), paused()).when(buzz('ann')).refused('paused')
    given(...answering, paused())
      .when(judge('ann', 'right'))
      .refused('paused')
  })

  test('does not stop points of earlier questions from being mended', () => {
    given(...answeredBy('ann', 1), asked(2), paused())
      .when(undo('ann', 1))
      .then({ type: 'verdictUndone', turn: 1, seat: 'ann' })
  })

  test('ends with the time that it took', () => {
    given(asked(), at(2000, paused())).when(resume(), 9000).then(resumed(7000))
  })

  test('before the light takes it back: it comes once the pause is over, with its whole way before it', () => {
    const onItsWay = [asked(), at(1900, opened({ opensAt: 2100, endsAt: 7100 })), at(2000, paused())]
    const room = given(...onItsWay).when(resume(150), 9000)
    room.then(resumed(7050))
    expect(room.and().state.turn).toMatchObject({ opensAt: 9150, endsAt: 14_150 })
    given(...onItsWay)
      .when(resume(50), 9000)
      .then(resumed(7000))
    given(asked(), at(1900, opened({ opensAt: 2000 })), at(2000, paused()))
      .when(resume(150), 9000)
      .then(resumed(7000))
    given(...onItsWay, turnClosed('skipped'))
      .when(resume(150), 9000)
      .then(resumed(7000))
  })

  test('makes a press before the light that comes after it a false start', () => {
    given(asked(), opened({ opensAt: 2100 }), at(2000, paused()), resumed(7050))
      .when(buzz('ann', { at: 9100, scoreMs: -50 }), 9120)
      .then(falseStarted('ann', 9350))
  })

  test('ends once', () => {
    given(asked()).when(resume()).thenNothing()
  })

  test('never takes less than no time', () => {
    given(asked(), at(2000, paused())).when(resume(), 1500).then(resumed(0))
  })

  test('moves the clock of the buzzers', () => {
    const { state } = given(asked(), opened({ opensAt: 1000, endsAt: 11_000 }), paused(), resumed(7000))
    expect(state.turn).toMatchObject({ opensAt: 8000, endsAt: 18_000 })
  })

  test('moves the clock of the one who answers', () => {
    const { state } = given(
      asked(),
      opened(),
      buzzed('ann'),
      floorGiven('ann', { endsAt: 4000 }),
      paused(),
      resumed(7000),
    )
    expect(state.turn?.floor?.endsAt).toBe(11_000)
  })

  test('holds every deadline', () => {
    const facts = [asked(), opened({ endsAt: 5000 }), at(2000, paused())]
    given(...facts)
      .when(byClock(), 60_000)
      .thenNothing()
    expect(nextDeadline(given(...facts).state)).toBeNull()
  })
})

describe('time', () => {
  const answerInTime: Partial<Rules> = { pressSeconds: 10, answerSeconds: 5 }
  const open = [asked(), opened({ opensAt: 0, endsAt: 10_000 })]
  const answers = [...open, buzzed('ann'), floorGiven('ann', { endsAt: 6000 })]

  test('closes buzzers that nobody pressed', () => {
    under(answerInTime)
      .given(...open)
      .when(byClock(), 10_000)
      .then(turnClosed('time-out'))
  })

  test('is not up a moment too early', () => {
    given(...open)
      .when(byClock(), 9999)
      .thenNothing()
  })

  test('of the one who answers is up, and the host decides what it was worth', () => {
    given(...answers)
      .when(byClock(), 6000)
      .then(answerTimedOut('ann'))
    given(...answers, answerTimedOut('ann'))
      .when(judge('ann', 'right'))
      .then(verdictGiven('ann', 'right', 1), turnClosed('answered'))
  })

  test('of the buzzers does not run while someone answers', () => {
    given(...open, buzzed('ann'), floorGiven('ann'))
      .when(byClock(), 60_000)
      .thenNothing()
  })

  test.each([
    ['the buzzers', open],
    ['the answer', answers],
  ])('of %s is up once, however many servers say so', (_, facts) => {
    given(...facts)
      .when(byClock(), 10_000)
      .and()
      .when(byClock(), 10_000)
      .thenNothing()
  })

  test('to answer starts when the floor is given', () => {
    under(answerInTime)
      .given(...open)
      .whenSettled(buzz('ann'), 2000)
      .then(firstIn('ann', { settlesAt: 2150 }), foundFirst('ann', { endsAt: 7000 }))
  })

  test('to press starts anew when the buzzers open once more', () => {
    under({ ...answerInTime, afterWrong: 'reopen' })
      .given(...answers)
      .when(judge('ann', 'wrong'), 4000)
      .then(verdictGiven('ann', 'wrong', 0), opened({ opensAt: 4000, endsAt: 14_000 }))
  })

  test('decides nothing in the lobby', () => {
    given().when(byClock(), 60_000).thenNothing()
  })
})
