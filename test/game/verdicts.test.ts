import { describe, expect, test } from 'vitest'
import { isLockedOut, newestJudgement, scoresOf, turnsOf, type Turn, type Verdict } from '@knopka/shared/game'
import {
  answer,
  ask,
  buzz,
  byCohost,
  closeAnswers,
  judge,
  judgeAnswers,
  lighting,
  openBuzzers,
  undo,
} from '../support/commands.ts'
import {
  answeredBy,
  asked,
  buzzed,
  firstIn,
  floorGiven,
  foundFirst,
  gameEnded,
  opened,
  paused,
  skipped,
  turnClosed,
  verdictGiven,
  verdictUndone,
} from '../support/events.ts'
import { at, given, play, under } from '../support/given.ts'

const open = [asked(), opened()]
const annAnswers = [...open, buzzed('ann', { scoreMs: 300 }), floorGiven('ann')]
const bobNext = [...annAnswers, buzzed('bob', { scoreMs: 400 }), verdictGiven('ann', 'wrong', 0), floorGiven('bob')]
const wrongOnce = [...annAnswers, verdictGiven('ann', 'wrong', 0), opened()]

describe('a verdict', () => {
  test.each<[Verdict, number]>([
    ['right', 1],
    ['partly', 0.5],
  ])('of %s closes the question', (verdict, points) => {
    given(...annAnswers)
      .when(judge('ann', verdict))
      .then(verdictGiven('ann', verdict, points), turnClosed('answered'))
  })

  test('may come from a co-host', () => {
    given(...annAnswers)
      .when(byCohost({ type: 'giveVerdict', turn: 1, seat: 'ann', verdict: 'right', ...lighting }))
      .then(verdictGiven('ann', 'right', 1), turnClosed('answered'))
  })

  test('is for those who pressed', () => {
    given(...annAnswers)
      .when(judge('cat', 'right'))
      .refused('never-pressed')
  })

  test('is for the one who answers, not for those who wait', () => {
    given(...annAnswers, buzzed('bob'))
      .when(judge('bob', 'right'))
      .refused('someone-answers')
  })

  test('is refused for a question that was never asked', () => {
    given(...annAnswers)
      .when(judge('ann', 'right', 7))
      .refused('question-closed')
  })

  test('given twice by two hosts is given once', () => {
    given(...annAnswers)
      .when(judge('ann', 'right'))
      .and()
      .when(judge('ann', 'right'))
      .refused('already-judged')
  })
})

describe('mending the newest verdict of the present question', () => {
  test('from right to wrong lets the next one answer', () => {
    given(...annAnswers, buzzed('bob'), verdictGiven('ann', 'right', 1), turnClosed('answered'))
      .when(judge('ann', 'wrong'))
      .then(verdictUndone('ann'), verdictGiven('ann', 'wrong', 0), floorGiven('bob'))
  })

  test('from right to wrong opens the buzzers where nobody waits', () => {
    given(...annAnswers, verdictGiven('ann', 'right', 1), turnClosed('answered'))
      .when(judge('ann', 'wrong'), 3000)
      .then(verdictUndone('ann'), verdictGiven('ann', 'wrong', 0), opened({ opensAt: 3000 }))
  })

  test('from wrong to right closes the question, though the buzzers are open once more', () => {
    given(...wrongOnce)
      .when(judge('ann', 'right'))
      .then(verdictUndone('ann'), verdictGiven('ann', 'right', 1), turnClosed('answered'))
  })

  test('from wrong to right takes the floor from the next one', () => {
    given(...bobNext)
      .when(judge('ann', 'right'))
      .then(verdictUndone('ann'), verdictGiven('ann', 'right', 1), turnClosed('answered'))
  })

  test('is refused in a pause', () => {
    given(...wrongOnce, paused())
      .when(judge('ann', 'right'))
      .refused('paused')
  })

  test('after the end changes points alone', () => {
    given(...annAnswers, verdictGiven('ann', 'right', 1), turnClosed('answered'), gameEnded())
      .when(judge('ann', 'wrong'))
      .then(verdictUndone('ann'), verdictGiven('ann', 'wrong', 0))
  })
})

describe('mending an older verdict', () => {
  test('of an earlier question changes points alone', () => {
    given(...answeredBy('ann', 1), ...skipped(2), asked(3))
      .when(judge('ann', 'partly', 1))
      .then(verdictUndone('ann', 1), verdictGiven('ann', 'partly', 0.5, 1))
  })

  test('of the present question changes points alone', () => {
    given(...bobNext, verdictGiven('bob', 'wrong', 0), opened())
      .when(judge('ann', 'partly'))
      .then(verdictUndone('ann'), verdictGiven('ann', 'partly', 0.5))
  })

  test('lets nobody answer the same question for points twice', () => {
    given(...bobNext, verdictGiven('bob', 'wrong', 0), opened())
      .when(judge('ann', 'partly'))
      .and()
      .when(buzz('ann'))
      .refused('locked-out')
  })

  test('to what it was is refused', () => {
    given(...answeredBy('ann', 1), asked(2))
      .when(judge('ann', 'right', 1))
      .refused('already-judged')
  })

  test('keeps the place that the player answered from', () => {
    under({ scoring: 'by-place' })
      .given(...bobNext, verdictGiven('bob', 'right', 2), turnClosed('answered'), asked(2))
      .when(judge('ann', 'right'))
      .then(verdictUndone('ann'), verdictGiven('ann', 'right', 3))
  })
})

describe('a verdict for someone who waited in the queue of a closed question', () => {
  const bobWaited = [...annAnswers, buzzed('bob'), verdictGiven('ann', 'right', 1), turnClosed('answered')]

  test('gives points and opens nothing', () => {
    const { state } = given(...bobWaited)
      .when(judge('bob', 'partly'))
      .and()
    expect(scoresOf(state).get('bob')).toBe(0.5)
    expect(state.turn).toMatchObject({ closed: 'answered', floor: null })
  })

  test('is taken back without giving a floor that was never had', () => {
    given(...bobWaited)
      .when(judge('bob', 'partly'))
      .and()
      .when(undo('bob'))
      .then(verdictUndone('bob'))
  })

  test('is taken back in a pause too', () => {
    given(...bobWaited, paused())
      .when(judge('bob', 'partly'))
      .and()
      .when(undo('bob'))
      .then(verdictUndone('bob'))
  })

  test('does not open a skipped question when it is taken back', () => {
    given(...annAnswers, turnClosed('skipped'))
      .when(judge('ann', 'right'))
      .and()
      .when(undo('ann'))
      .then(verdictUndone('ann'))
  })
})

describe('undo', () => {
  test('of the newest verdict gives the floor back', () => {
    given(...annAnswers, verdictGiven('ann', 'right', 1), turnClosed('answered'))
      .when(undo('ann'))
      .then(verdictUndone('ann'), floorGiven('ann'))
  })

  test('gives the time to answer anew', () => {
    under({ answerSeconds: 5 })
      .given(...annAnswers, verdictGiven('ann', 'right', 1), turnClosed('answered'))
      .when(undo('ann'), 9000)
      .then(verdictUndone('ann'), floorGiven('ann', { endsAt: 14_000 }))
  })

  test('of a wrong answer takes the floor back from the next one, who stays in the queue', () => {
    const room = given(...bobNext)
      .when(undo('ann'))
      .and()
    expect(room.state.turn?.floor?.seat).toBe('ann')
    room.when(judge('ann', 'wrong')).then(verdictGiven('ann', 'wrong', 0), floorGiven('bob'))
  })

  test('of a wrong answer lets the player in again', () => {
    const { turn } = given(...wrongOnce)
      .when(undo('ann'))
      .and().state
    expect(isLockedOut(turn as Turn, { seat: 'ann', team: null })).toBe(false)
  })

  test('of an older wrong answer of the present question lets the player press again', () => {
    given(...bobNext, verdictGiven('bob', 'wrong', 0), opened())
      .when(undo('ann'))
      .and()
      .whenSettled(buzz('ann'))
      .then(firstIn('ann'), foundFirst('ann'))
  })

  test('of an older verdict of the present question leaves the floor where it is', () => {
    given(...bobNext, buzzed('cat'), verdictGiven('bob', 'wrong', 0), floorGiven('cat'))
      .when(undo('ann'))
      .then(verdictUndone('ann'))
  })

  test('three questions later takes back the points and nothing else', () => {
    const room = given(...answeredBy('ann', 1), ...answeredBy('bob', 2), ...skipped(3), asked(4))
      .when(undo('ann', 1))
      .and()
    expect(room.state.turn).toMatchObject({ turn: 4, floor: null, closed: null })
    expect(scoresOf(room.state).get('ann') ?? 0).toBe(0)
    expect(scoresOf(room.state).get('bob')).toBe(1)
  })

  test('twice is refused: nothing stands any more', () => {
    given(...annAnswers, verdictGiven('ann', 'right', 1), turnClosed('answered'))
      .when(undo('ann'))
      .and()
      .when(undo('ann'))
      .refused('no-verdict')
  })

  test('is refused where nothing was judged', () => {
    given(...annAnswers)
      .when(undo('ann'))
      .refused('no-verdict')
    given().when(undo('ann')).refused('no-verdict')
  })

  test('of the newest verdict waits for the end of a pause', () => {
    given(...annAnswers, verdictGiven('ann', 'right', 1), turnClosed('answered'), paused())
      .when(undo('ann'))
      .refused('paused')
  })

  test('after the end takes back points alone', () => {
    given(...annAnswers, verdictGiven('ann', 'right', 1), turnClosed('answered'), gameEnded())
      .when(undo('ann'))
      .then(verdictUndone('ann'))
  })

  test('by one key means the newest verdict that stands', () => {
    const { state } = given(
      ...answeredBy('ann', 1),
      asked(2),
      opened({ turn: 2 }),
      buzzed('bob', { turn: 2 }),
      floorGiven('bob', { turn: 2 }),
      at(5000, verdictGiven('bob', 'wrong', 0, 2)),
    )
    expect(newestJudgement(turnsOf(state))).toMatchObject({ turn: 2, kind: 'spoken', judgement: { seat: 'bob' } })
  })

  test('by one key means a verdict that was mended last, however old its question', () => {
    const { state } = given(
      ...answeredBy('ann', 1),
      at(4000, verdictGiven('bob', 'wrong', 0, 1)),
      ...skipped(2),
      at(5000, verdictUndone('ann', 1)),
      at(5000, verdictGiven('ann', 'partly', 0.5, 1)),
    )
    expect(newestJudgement(turnsOf(state))).toMatchObject({
      turn: 1,
      judgement: { seat: 'ann', verdict: 'partly' },
    })
  })

  test('by one key means what was judged in writing, where that came after every verdict', () => {
    const written = under({ typing: { kind: 'text', seconds: null } }).given(...answeredBy('ann', 1)).state
    const judged = play(written, ask(2), openBuzzers(2), answer('bob', 'GIL', { turn: 2 }), closeAnswers(2))
    expect(newestJudgement(turnsOf(judged))).toMatchObject({ turn: 1, kind: 'spoken' })
    const right = play(judged, judgeAnswers(['gil'], 'right', 2))
    expect(newestJudgement(turnsOf(right))).toMatchObject({ turn: 2, kind: 'typed', verdict: 'right' })
  })

  test('by one key means nothing where no verdict stands', () => {
    expect(newestJudgement(turnsOf(given(...skipped()).state))).toBeUndefined()
  })
})
