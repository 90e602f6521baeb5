import { describe, expect, test } from 'vitest'
import { falseStartMs, inOrder, queueOf } from '@knopka/shared/game'
import { buzz, byClock, judge } from '../support/commands.ts'
import {
  asked,
  buzzed,
  falseStarted,
  floorGiven,
  joined,
  opened,
  removed,
  roomOpened,
  skipped,
  turnClosed,
  verdictGiven,
  verdictUndone,
} from '../support/events.ts'
import { given, under } from '../support/given.ts'

const open = [asked(), opened()]
const annAnswers = [...open, buzzed('ann'), floorGiven('ann')]
const seatsOf = (presses: { seat: string }[]) => presses.map(({ seat }) => seat)

describe('a press', () => {
  test('gives the floor to whoever was first', () => {
    given(...open)
      .when(buzz('ann'))
      .then(buzzed('ann'), floorGiven('ann'))
  })

  test('keeps its score and how sure it is', () => {
    given(...open)
      .when(buzz('ann', { scoreMs: 412.5, certaintyMs: 18 }))
      .then(buzzed('ann', { scoreMs: 412.5, certaintyMs: 18 }), floorGiven('ann'))
  })

  test('waits in the queue while someone answers', () => {
    given(...annAnswers)
      .when(buzz('bob'))
      .then(buzzed('bob'))
  })

  test('is refused while someone answers, where the buzzers open once more after a wrong answer', () => {
    under({ afterWrong: 'reopen' })
      .given(...annAnswers)
      .when(buzz('bob'))
      .refused('someone-answers')
  })

  test('counts once for each opening', () => {
    given(...annAnswers)
      .when(buzz('ann'))
      .thenNothing()
    given(...annAnswers, buzzed('bob'))
      .when(buzz('bob'))
      .thenNothing()
  })

  test('meant for another question is refused', () => {
    given(...skipped(1), asked(2), opened({ turn: 2 }))
      .when(buzz('ann', { turn: 1 }))
      .refused('question-closed')
  })

  test('is refused before the first question', () => {
    given().when(buzz('ann')).refused('not-started')
  })

  test('is refused when the question is closed', () => {
    given(...skipped())
      .when(buzz('ann'))
      .refused('question-closed')
  })

  test('is told that time is up, where it is', () => {
    given(...open, turnClosed('time-out'))
      .when(buzz('ann'))
      .refused('time-is-up')
  })

  test('after the deadline counts as long as nobody has closed the buzzers', () => {
    const room = given(asked(), opened({ endsAt: 5000 }))
    room.when(buzz('ann', { scoreMs: 4990 }), 5010).then(buzzed('ann', { scoreMs: 4990 }), floorGiven('ann'))
    room
      .when(byClock(), 5010)
      .and()
      .when(buzz('ann', { scoreMs: 4990 }), 5020)
      .refused('time-is-up')
  })

  test('of someone who never joined is refused', () => {
    given(...open)
      .when(buzz('dan'))
      .refused('no-seat')
  })
})

describe('a false start', () => {
  test('locks for a quarter of a second', () => {
    given(asked()).when(buzz('ann'), 2000).then(falseStarted('ann', 2250))
    expect(falseStartMs).toBe(250)
  })

  test('is a press whose score lies before the opening', () => {
    given(...open)
      .when(buzz('ann', { scoreMs: -1 }), 2000)
      .then(falseStarted('ann', 2250))
  })

  test('starts anew with each press while it lasts', () => {
    given(asked(), falseStarted('ann', 2250), opened()).when(buzz('ann'), 2249).then(falseStarted('ann', 2499))
  })

  test('is over when its time is', () => {
    given(asked(), falseStarted('ann', 2250), opened()).when(buzz('ann'), 2250).then(buzzed('ann'), floorGiven('ann'))
  })

  test('locks nobody else', () => {
    given(asked(), falseStarted('ann', 2250), opened()).when(buzz('bob'), 2000).then(buzzed('bob'), floorGiven('bob'))
  })

  test('is forgotten with the next question', () => {
    given(asked(1), falseStarted('ann', 2250), turnClosed('skipped'), asked(2), opened({ turn: 2 }))
      .when(buzz('ann', { turn: 2 }), 2000)
      .then(buzzed('ann', { turn: 2 }), floorGiven('ann', { turn: 2 }))
  })
})

describe('after a wrong answer', () => {
  test('the player is locked out of the question', () => {
    given(...annAnswers, verdictGiven('ann', 'wrong', 0), opened())
      .when(buzz('ann'))
      .refused('locked-out')
  })

  test('the question passes to the next in the queue', () => {
    given(...annAnswers, buzzed('bob'))
      .when(judge('ann', 'wrong'))
      .then(verdictGiven('ann', 'wrong', 0), floorGiven('bob'))
  })

  test('the queue goes by score, not by arrival', () => {
    given(...annAnswers, buzzed('bob', { scoreMs: 520 }), buzzed('cat', { scoreMs: 480 }))
      .when(judge('ann', 'wrong'))
      .then(verdictGiven('ann', 'wrong', 0), floorGiven('cat'))
  })

  test('the buzzers open once more where nobody waits', () => {
    given(...annAnswers)
      .when(judge('ann', 'wrong'), 3000)
      .then(verdictGiven('ann', 'wrong', 0), opened({ opensAt: 3000 }))
  })

  test('the buzzers open once more where the rules say so', () => {
    under({ afterWrong: 'reopen' })
      .given(...annAnswers)
      .when(judge('ann', 'wrong'), 3000)
      .then(verdictGiven('ann', 'wrong', 0), opened({ opensAt: 3000 }))
  })

  test('the question is closed where nobody is left', () => {
    given(roomOpened(), joined('ann'), ...annAnswers)
      .when(judge('ann', 'wrong'))
      .then(verdictGiven('ann', 'wrong', 0), turnClosed('nobody'))
  })

  test('nobody is left where the others were removed', () => {
    given(removed('bob'), removed('cat'), ...annAnswers)
      .when(judge('ann', 'wrong'))
      .then(verdictGiven('ann', 'wrong', 0), turnClosed('nobody'))
  })

  test('the question does not pass to someone who was removed meanwhile', () => {
    given(...annAnswers, buzzed('bob', { scoreMs: 400 }), buzzed('cat', { scoreMs: 500 }), removed('bob'))
      .when(judge('ann', 'wrong'))
      .then(verdictGiven('ann', 'wrong', 0), floorGiven('cat'))
  })

  test('whoever pressed in an earlier opening presses again', () => {
    given(...annAnswers, verdictGiven('ann', 'wrong', 0), verdictUndone('ann'), opened())
      .when(buzz('ann'))
      .then(buzzed('ann'), floorGiven('ann'))
  })
})

describe('a press that arrives late but was earlier', () => {
  const late = [...open, buzzed('ann', { scoreMs: 500 }), floorGiven('ann'), buzzed('bob', { scoreMs: 300 })]

  test('does not take the floor from its holder', () => {
    const { state } = given(...late)
    expect(state.turn?.floor?.seat).toBe('ann')
  })

  test('stands behind whoever has the floor and before the rest', () => {
    const { state } = given(...late, buzzed('cat', { scoreMs: 400 }))
    expect(state.turn && seatsOf(queueOf(state.turn))).toEqual(['ann', 'bob', 'cat'])
  })

  test('stands behind whoever has had the floor', () => {
    const { state } = given(
      ...late,
      verdictGiven('ann', 'wrong', 0),
      floorGiven('bob'),
      buzzed('cat', { scoreMs: 100 }),
    )
    expect(state.turn && seatsOf(queueOf(state.turn))).toEqual(['ann', 'bob', 'cat'])
  })

  test('earns what the second to answer earns', () => {
    under({ scoring: 'by-place' })
      .given(...late, verdictGiven('ann', 'wrong', 0), floorGiven('bob'))
      .when(judge('bob', 'right'))
      .then(verdictGiven('bob', 'right', 2), turnClosed('answered'))
  })
})

describe('the order of presses', () => {
  test('equal scores keep the order in which they came', () => {
    const { state } = given(...open, buzzed('bob', { scoreMs: 300 }), buzzed('ann', { scoreMs: 300 }))
    expect(state.turn && seatsOf(inOrder(state.turn))).toEqual(['bob', 'ann'])
  })

  test('those of an earlier opening come before those of a later one', () => {
    const { state } = given(
      ...open,
      buzzed('ann', { scoreMs: 900 }),
      floorGiven('ann'),
      verdictGiven('ann', 'wrong', 0),
      opened(),
      buzzed('bob', { scoreMs: 100 }),
    )
    expect(state.turn && seatsOf(inOrder(state.turn))).toEqual(['ann', 'bob'])
    expect(state.turn && seatsOf(queueOf(state.turn))).toEqual(['bob'])
  })
})
