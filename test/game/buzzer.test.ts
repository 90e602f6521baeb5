import { describe, expect, test } from 'vitest'
import { falseStartMs, inOrder, lookUp, nextDeadline, noShards, queueOf, type Rules } from '@knopka/shared/game'
import { buzz, byClock, byHost, judge, settle, undo } from '../support/commands.ts'
import {
  asked,
  buzzed,
  buzzersKeptOpen,
  falseStarted,
  firstIn,
  floorGiven,
  foundFirst,
  joined,
  letBackIn,
  opened,
  paused,
  removed,
  resumed,
  roomOpened,
  skipped,
  turnClosed,
  verdictGiven,
  verdictUndone,
} from '../support/events.ts'
import { at, given, under } from '../support/given.ts'

const open = [asked(), opened()]
const annAnswers = [...open, buzzed('ann'), floorGiven('ann')]
const seatsOf = (presses: { seat: string }[]) => presses.map(({ seat }) => seat)

describe('a press', () => {
  test('gives the floor to whoever was first', () => {
    given(...open)
      .whenSettled(buzz('ann'))
      .then(firstIn('ann'), foundFirst('ann'))
  })

  test('gives the floor to nobody until it is known that no earlier one can come in', () => {
    given(...open)
      .when(buzz('ann'))
      .then(firstIn('ann'))
  })

  test('keeps its score, how sure it is, when it came and what was not believed', () => {
    given(...open)
      .when(buzz('ann', { scoreMs: 412.5, certaintyMs: 18, cameMs: 470, overruledMs: 7 }))
      .then(firstIn('ann', { scoreMs: 412.5, certaintyMs: 18, cameMs: 470, overruledMs: 7 }))
  })

  test('keeps how far its seat is believed from now on, also with the next question', () => {
    const trust = { budgetMs: 12, stalls: 0.5, lateLights: 0.25 }
    const { state } = given(...open)
      .whenSettled(buzz('ann', { trust }))
      .and(turnClosed('skipped'), asked(2), opened({ turn: 2 }), firstIn('bob', { turn: 2 }))
    expect(lookUp(state.secret.trust ?? noShards, 'ann')).toEqual(trust)
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
    room.when(buzz('ann', { scoreMs: 4990 }), 5010).then(firstIn('ann', { scoreMs: 4990, settlesAt: 5160 }))
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
    given(asked())
      .when(buzz('ann', { at: 2000 }), 2040)
      .then(falseStarted('ann', 2250))
    expect(falseStartMs).toBe(250)
  })

  test('is a press whose score lies before the opening', () => {
    given(...open)
      .when(buzz('ann', { scoreMs: -1, at: 2000 }), 2040)
      .then(falseStarted('ann', 2250))
  })

  const tooEarly = [asked(), falseStarted('ann', 2250), opened()]

  test('starts anew with each press while it lasts', () => {
    given(...tooEarly)
      .when(buzz('ann', { at: 2249 }), 2249)
      .then(falseStarted('ann', 2499))
  })

  test('starts anew with a press that was made while it lasted, though it came in later', () => {
    given(...tooEarly)
      .when(buzz('ann', { at: 2249 }), 2300)
      .then(falseStarted('ann', 2499))
  })

  test('is over when its time is', () => {
    given(...tooEarly)
      .when(buzz('ann', { at: 2250 }), 2300)
      .then(firstIn('ann', { settlesAt: 2450 }))
  })

  test('locks nobody else', () => {
    given(...tooEarly)
      .when(buzz('bob', { at: 2000 }), 2000)
      .then(firstIn('bob', { settlesAt: 2150 }))
  })

  test('is a press before the light, while it is on its way to all', () => {
    const room = given(asked(), opened({ opensAt: 2200 }))
      .when(buzz('ann', { scoreMs: -100, at: 2100 }), 2120)
      .and()
    expect(room.state.turn?.secret.early?.ann).toBe(2350)
    room.when(buzz('ann', { scoreMs: 149, at: 2349 }), 2380).then(falseStarted('ann', 2599))
    room.when(buzz('ann', { scoreMs: 150, at: 2350 }), 2380).then(firstIn('ann', { scoreMs: 150, settlesAt: 2530 }))
  })

  test('pays for what it claims, like every press', () => {
    const trust = { budgetMs: 7, stalls: 0.05, lateLights: 0.5 }
    const room = given(asked())
      .when(buzz('ann', { at: 2000, trust }), 2040)
      .and()
    expect(lookUp(room.state.secret.trust ?? noShards, 'ann')).toEqual(trust)
  })

  test('earns no trust, so that nobody fills theirs up by pressing for nothing', () => {
    const spent = { budgetMs: 7, stalls: 0.05, lateLights: 0.5 }
    given(asked(), falseStarted('ann', 1000, 1, spent))
      .when(buzz('ann', { at: 2000, trust: { budgetMs: 40, stalls: 0, lateLights: 1 } }), 2040)
      .then(falseStarted('ann', 2250, 1, { budgetMs: 7, stalls: 0, lateLights: 0.5 }))
    given(asked())
      .when(buzz('ann', { at: 2000, trust: { budgetMs: 40, stalls: 1, lateLights: 1 } }), 2040)
      .then(falseStarted('ann', 2250))
  })

  test('waits for nobody', () => {
    const { state } = given(...open)
      .when(buzz('ann', { scoreMs: -1 }))
      .and()
    expect(nextDeadline(state)).toBeNull()
  })

  test('is forgotten with the next question', () => {
    given(asked(1), falseStarted('ann', 2250), turnClosed('skipped'), asked(2), opened({ turn: 2 }))
      .when(buzz('ann', { turn: 2, at: 2000 }), 2000)
      .then(firstIn('ann', { turn: 2, settlesAt: 2150 }))
  })
})

describe('in a strict room', () => {
  const strict = under({ strict: true })
  const lit = [asked(), opened({ opensAt: 2000 })]

  test('a press within a tenth of a second after the light is a false start, whatever it scores', () => {
    const room = strict.given(...lit)
    room.when(buzz('ann', { at: 2099, scoreMs: 100 }), 2120).then(falseStarted('ann', 2500))
    room.when(buzz('ann', { at: 2100, scoreMs: 100 }), 2120).then(firstIn('ann', { scoreMs: 100, settlesAt: 2270 }))
    given(...lit)
      .when(buzz('ann', { at: 2099, scoreMs: 100 }), 2120)
      .then(firstIn('ann', { scoreMs: 100, settlesAt: 2270 }))
  })

  test('a press before the light locks until half a second after it', () => {
    strict
      .given(...lit)
      .when(buzz('ann', { at: 1500, scoreMs: -500 }), 1520)
      .then(falseStarted('ann', 2500))
  })

  test('a press while it is locked still starts a quarter of a second anew, where that is later', () => {
    const locked = strict.given(...lit, falseStarted('ann', 2500))
    locked.when(buzz('ann', { at: 2200, scoreMs: 200 }), 2220).then(falseStarted('ann', 2500))
    locked.when(buzz('ann', { at: 2400, scoreMs: 400 }), 2420).then(falseStarted('ann', 2650))
    locked.when(buzz('ann', { at: 2500, scoreMs: 500 }), 2520).then(firstIn('ann', { scoreMs: 500, settlesAt: 2670 }))
  })

  test('a press while the host reads locks for a quarter of a second: nobody knows the light yet', () => {
    strict
      .given(asked())
      .when(buzz('ann', { at: 2000 }), 2040)
      .then(falseStarted('ann', 2250))
  })
})

describe('who was first', () => {
  const annCame = [...open, firstIn('ann', { scoreMs: 500 })]

  test('is the one with the earlier press, though it arrived later', () => {
    given(...annCame, buzzed('bob', { scoreMs: 300 }))
      .when(settle(), 1080)
      .then(foundFirst('bob'))
  })

  test.each<[Rules['setting'], number]>([
    ['room', 150],
    ['call', 250],
    ['screen', 250],
    ['friends', 250],
  ])('is waited for no longer than the rules say: in a %s %i ms', (setting, windowMs) => {
    const room = under({ setting })
      .given(...open)
      .when(buzz('ann'), 3000)
      .and(buzzed('bob', { scoreMs: 200 }))
    expect(nextDeadline(room.state)).toBe(3000 + windowMs)
    room.when(byClock(), 2999 + windowMs).thenNothing()
    room.when(byClock(), 3000 + windowMs).then(foundFirst('bob'))
  })

  test('is whoever came in first, where the order of arrival counts', () => {
    const room = under({ setting: 'arrival' }).given(...open)
    const first = room.when(buzz('ann', { scoreMs: 500 }), 3000)
    first.then(firstIn('ann', { scoreMs: 500, settlesAt: 3000 }), foundFirst('ann'))
    first
      .and()
      .when(buzz('bob', { scoreMs: 300 }), 3010)
      .then(buzzed('bob', { scoreMs: 300 }))
  })

  test('is found once, however many servers say so', () => {
    const room = given(...annCame)
      .when(settle())
      .and()
    room.when(settle()).thenNothing()
    room.when(byClock(), 60_000).thenNothing()
  })

  test('is found once, though the time to wait has run out', () => {
    given(...annCame)
      .when(byClock(), 1150)
      .and()
      .when(settle(), 1151)
      .thenNothing()
  })

  test('is not found for another opening, for another question, or before anyone pressed', () => {
    given(...annCame)
      .when(settle({ opening: 2 }))
      .thenNothing()
    given(...annCame)
      .when(settle({ turn: 2 }))
      .thenNothing()
    given(...open)
      .when(settle())
      .thenNothing()
    given(asked())
      .when(settle({ opening: 0 }))
      .thenNothing()
    given().when(settle()).thenNothing()
  })

  test('is not found of a later opening by what was said of the one before', () => {
    const again = given(...annAnswers, verdictGiven('ann', 'wrong', 0), opened(), firstIn('bob'))
    again.when(settle({ opening: 1 })).thenNothing()
    again.when(settle({ opening: 2 })).then(foundFirst('bob'))
  })

  test('is not looked for any more when the question is closed', () => {
    const room = given(...annCame, turnClosed('skipped'))
    room.when(settle()).thenNothing()
    expect(nextDeadline(room.state)).toBeNull()
  })

  test('waits for the end of a pause, and loses none of the time', () => {
    const room = given(...annCame, at(1100, paused()))
    room.when(settle(), 1120).thenNothing()
    room.when(byClock(), 60_000).thenNothing()
    const goesOn = given(...annCame, at(1100, paused()), resumed(5000))
    expect(nextDeadline(goesOn.state)).toBe(6150)
    goesOn.when(byClock(), 6149).thenNothing()
    goesOn.when(settle(), 6100).then(foundFirst('ann'))
  })

  test('is among all who press while the order is looked for, and none of them makes it last longer', () => {
    given(...annCame)
      .when(buzz('bob', { scoreMs: 480 }), 1140)
      .then(buzzed('bob', { scoreMs: 480, settlesAt: null }))
    const { state } = given(...annCame)
      .when(buzz('bob', { scoreMs: 480 }), 1140)
      .and()
    expect(nextDeadline(state)).toBe(1150)
  })

  test('is found also when the time to press runs out meanwhile', () => {
    const room = under({ pressSeconds: 1 })
      .given(asked(), opened({ endsAt: 1000 }))
      .when(buzz('ann', { scoreMs: 990 }), 995)
      .and()
    room.when(byClock(), 1000).thenNothing()
    room.when(byClock(), 1145).then(foundFirst('ann'))
  })

  test.each<[string, number, string]>([
    ['the same score', 500, 'bob'],
    ['2 ms less', 498, 'bob'],
    ['2 ms more', 502, 'bob'],
    ['more than that', 502.1, 'ann'],
  ])('is by chance where the scores are a tie: with %s', (_, scoreMs, first) => {
    given(...open, firstIn('ann', { scoreMs: 500, tieRank: 'm' }), buzzed('bob', { scoreMs, tieRank: 'b' }))
      .when(settle())
      .then(foundFirst(first))
  })

  test('is not by chance where the other was clearly earlier', () => {
    given(...open, firstIn('ann', { scoreMs: 500, tieRank: 'a' }), buzzed('bob', { scoreMs: 497.9, tieRank: 'b' }))
      .when(settle())
      .then(foundFirst('bob'))
  })

  test('is by what was fixed before, not by who came in first', () => {
    const ann = { scoreMs: 500, tieRank: 'a' }
    const bob = { scoreMs: 500, tieRank: 'b' }
    given(...open, firstIn('ann', ann), buzzed('bob', bob))
      .when(settle())
      .then(foundFirst('ann'))
    given(...open, firstIn('bob', bob), buzzed('ann', ann))
      .when(settle())
      .then(foundFirst('ann'))
  })

  test('ties with the best alone: a chain of ties reaches no further', () => {
    given(
      ...open,
      firstIn('ann', { scoreMs: 500, tieRank: 'c' }),
      buzzed('bob', { scoreMs: 501.5, tieRank: 'b' }),
      buzzed('cat', { scoreMs: 503, tieRank: 'a' }),
    )
      .when(settle())
      .then(foundFirst('bob'))
  })

  test('is not someone who was removed meanwhile', () => {
    given(...annCame, buzzed('bob', { scoreMs: 300 }), removed('bob'))
      .when(settle())
      .then(foundFirst('ann'))
  })

  test('is nobody yet where all who pressed were removed: the others may press on, as long as they could', () => {
    const room = given(asked(), opened({ endsAt: 9000 }), firstIn('ann', { scoreMs: 500 }), removed('ann'))
    room.when(settle()).then(buzzersKeptOpen())
    room.when(byClock(), 1150).then(buzzersKeptOpen())
    const open = room.when(byClock(), 1150).and()
    expect(nextDeadline(open.state)).toBe(9000)
    open.when(byClock(), 9000).then(turnClosed('time-out'))
    room.when(settle(), 9000).then(turnClosed('time-out'))
    const bobCame = open.when(buzz('bob', { scoreMs: 3000 }), 4000)
    bobCame.then(firstIn('bob', { scoreMs: 3000, settlesAt: 4150 }))
    bobCame.and().when(settle()).then(foundFirst('bob'))
  })

  test('is who pressed before all such were removed, when let back in: the press stands', () => {
    const keptOpen = [asked(), opened({ endsAt: 9000 }), firstIn('ann'), removed('ann'), buzzersKeptOpen()]
    const back = given(...keptOpen, letBackIn('ann'))
    back.when(byClock(), 4000).then(foundFirst('ann'))
    expect(nextDeadline(back.state)).toBe(back.state.turn?.opensAt)
    given(...keptOpen, paused(), letBackIn('ann'))
      .when(byClock(), 4000)
      .then()
  })

  test('is nobody where all who could press were removed', () => {
    given(...annCame, removed('ann'), removed('bob'), removed('cat'))
      .when(byClock(), 1150)
      .then(turnClosed('nobody'))
    given(asked(1, { only: ['ann'] }), opened(), firstIn('ann'), removed('ann'))
      .when(settle())
      .then(turnClosed('nobody'))
  })

  test('stays first: a better press that comes in later only stands in the queue', () => {
    const { state } = given(...annCame)
      .when(settle())
      .and()
      .when(buzz('bob', { scoreMs: 100 }), 1200)
      .and()
    expect(state.turn).toMatchObject({ floor: { seat: 'ann' }, settlesAt: null })
    expect(state.turn && seatsOf(queueOf(state.turn))).toEqual(['ann', 'bob'])
  })

  test('is looked for anew when the buzzers open once more, for as long again', () => {
    const again = under({ afterWrong: 'reopen' })
      .given(...annAnswers)
      .when(judge('ann', 'wrong', 1, { leadMs: 120, tieSecret: 'next-secret', tieHash: 'next-hash' }), 3000)
    again.then(
      verdictGiven('ann', 'wrong', 0),
      opened({ opensAt: 3120, tieSecret: 'next-secret', tieHash: 'next-hash' }),
    )
    again
      .and()
      .whenSettled(buzz('bob'), 3300)
      .then(firstIn('bob', { settlesAt: 3450 }), { ...floorGiven('bob'), tieSecret: 'next-secret' })
  })

  test('is not looked for any more when a verdict taken back gives the floor', () => {
    const room = given(...annAnswers, verdictGiven('ann', 'wrong', 0), opened(), firstIn('bob'))
      .when(undo('ann'))
      .and()
    expect(room.state.turn).toMatchObject({ floor: { seat: 'ann' }, settlesAt: null })
    room.when(settle({ opening: 2 })).thenNothing()
    room.when(judge('ann', 'wrong')).then(verdictGiven('ann', 'wrong', 0), floorGiven('bob'))
  })

  test('is also among those who press while the order is looked for, where there is no queue', () => {
    under({ afterWrong: 'reopen' })
      .given(...annCame)
      .whenSettled(buzz('bob', { scoreMs: 300 }))
      .then(buzzed('bob', { scoreMs: 300 }), foundFirst('bob'))
  })

  test('is not looked for in a game that is over', () => {
    given(...annCame)
      .when(byHost({ type: 'end' }))
      .and()
      .when(settle())
      .thenNothing()
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

  test('the queue goes by chance among ties, as the first place does', () => {
    const ties = [buzzed('bob', { scoreMs: 520, tieRank: 'm' }), buzzed('cat', { scoreMs: 522, tieRank: 'a' })]
    for (const came of [ties, ties.toReversed()]) {
      given(...annAnswers, ...came)
        .when(judge('ann', 'wrong'))
        .then(verdictGiven('ann', 'wrong', 0), floorGiven('cat'))
    }
    const apart = [buzzed('bob', { scoreMs: 520, tieRank: 'm' }), buzzed('cat', { scoreMs: 522.1, tieRank: 'a' })]
    given(...annAnswers, ...apart)
      .when(judge('ann', 'wrong'))
      .then(verdictGiven('ann', 'wrong', 0), floorGiven('bob'))
  })

  test('whoever had the floor and whose verdict was taken back is before those who tie with them', () => {
    given(
      ...open,
      buzzed('ann', { scoreMs: 500, tieRank: 'm' }),
      buzzed('bob', { scoreMs: 500, tieRank: 'c' }),
      buzzed('cat', { scoreMs: 500, tieRank: 'b' }),
      ...[floorGiven('ann'), verdictGiven('ann', 'wrong', 0), floorGiven('bob'), verdictUndone('ann')],
    )
      .when(judge('bob', 'wrong'))
      .then(verdictGiven('bob', 'wrong', 0), floorGiven('ann'))
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
      .whenSettled(buzz('ann'))
      .then(firstIn('ann'), foundFirst('ann'))
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
