import { areStandingsUp, noShards } from '@knopka/shared/game'
import { describe, expect, test } from 'vitest'
import { ask, buzz, byCohost, byHost, judge, openBuzzers, question } from '../support/commands.ts'
import {
  answeredBy,
  asked,
  buzzed,
  dropped,
  firstIn,
  floorGiven,
  gameEnded,
  joined,
  opened,
  paused,
  removed,
  revealed,
  roomOpened,
  skipped,
  standingsShown,
  turnClosed,
  verdictGiven,
} from '../support/events.ts'
import { given, under, type Fact } from '../support/given.ts'

const skip = (turn = 1) => byHost({ type: 'skip', turn })
const reveal = (turn = 1) => byHost({ type: 'reveal', turn })
const end = () => byHost({ type: 'end' })

const answering = [asked(), opened(), buzzed('ann'), floorGiven('ann')]

describe('asking', () => {
  test('the first question of the plan opens the evening', () => {
    given().when(ask(1)).then(asked(1))
  })

  test('a question may be asked before anyone has joined', () => {
    given(roomOpened()).when(ask(1)).then(asked(1))
  })

  test('the next question follows when the one before is closed', () => {
    given(...skipped(1))
      .when(ask(2))
      .then(asked(2))
  })

  test('a question waits until the one before is closed', () => {
    given(asked(1)).when(ask(2)).refused('turn-open')
    given(...answering)
      .when(ask(2))
      .refused('turn-open')
  })

  test('two hosts who click at once ask one question', () => {
    const again = byCohost({ type: 'ask', turn: 1, questionId: 'q1', tieBreak: false, question: question(1) })
    given().when(ask(1)).and().when(again).thenNothing()
  })

  test('a click that means the question after the next is refused', () => {
    given().when(ask(2)).refused('question-closed')
  })

  test('a click that means another question than the plan is refused', () => {
    given()
      .when(ask(1, { questionId: 'q2', question: question(2) }))
      .refused('question-closed')
  })

  test('phones get the text where the rules say so', () => {
    under({ textOnPhones: true })
      .given()
      .when(ask(1))
      .then(asked(1, { onPhones: true }))
  })

  test('a question without a note is asked without one', () => {
    const { note, ...bare } = question(1)
    expect(note).toBeDefined()
    given()
      .when(ask(1, { question: bare }))
      .then(asked(1, { note: null }))
  })

  test('after the last question of the evening there are none left', () => {
    given(roomOpened({ total: 1 }), ...skipped(1, { total: 1 }))
      .when(ask(2))
      .refused('no-questions-left')
  })

  test('a new question puts the standings away', () => {
    expect(given(standingsShown(), asked()).state.standingsShown).toBeNull()
  })

  test('nothing is asked in a pause', () => {
    given(...skipped(1), paused())
      .when(ask(2))
      .refused('paused')
  })

  test('nothing is asked when the game is over', () => {
    given(gameEnded()).when(ask(1)).refused('game-over')
  })
})

describe('a question that the bank no longer has', () => {
  const gone = (number: number) => ask(number, { question: null })

  test('is dropped, and one of the spare ones takes its place', () => {
    given().when(gone(1)).then(dropped('q1', 3))
    given(dropped('q1', 3))
      .when(ask(1, { questionId: 'q4', question: question(4) }))
      .then(asked(1, { of: 4 }))
  })

  test('makes the evening shorter where there is no spare one', () => {
    given(roomOpened({ total: 2, plan: ['q1', 'q2'] }))
      .when(gone(1))
      .then(dropped('q1', 1))
  })

  test('ends the questions when it was the last', () => {
    given(roomOpened({ total: 1, plan: ['q1'] }))
      .when(gone(1))
      .and()
      .when(ask(1))
      .refused('no-questions-left')
  })
})

describe('a tie-break', () => {
  /** With the first of those in reserve, behind the three of the evening. */
  const tieBreak = (turn: number, of = 4) => ask(turn, { tieBreak: true, questionId: `q${of}`, question: question(of) })

  test('is for those who share the first place', () => {
    given(...answeredBy('ann', 1), ...answeredBy('bob', 2))
      .when(tieBreak(3))
      .then(asked(3, { only: ['ann', 'bob'], of: 4 }))
  })

  test('is refused where one leads alone', () => {
    given(...answeredBy('ann', 1))
      .when(tieBreak(2))
      .refused('no-tie')
  })

  test('is refused where nobody plays', () => {
    given(roomOpened()).when(tieBreak(1)).refused('no-tie')
  })

  test('does not wait for those who were removed', () => {
    given(...answeredBy('ann', 1), ...answeredBy('bob', 2), removed('bob'))
      .when(tieBreak(3))
      .refused('no-tie')
  })

  test('comes after the last question too, from the spare ones', () => {
    const both = [...answeredBy('ann', 1), ...answeredBy('bob', 2)].map((fact) =>
      fact.type === 'questionAsked' ? { ...fact, total: 2 } : fact,
    )
    given(roomOpened({ total: 2 }), joined('ann'), joined('bob'), ...both)
      .when(tieBreak(3, 3))
      .then(asked(3, { only: ['ann', 'bob'], total: 3 }))
  })

  test('is refused where the plan is used up', () => {
    given(roomOpened({ total: 1, plan: ['q1'] }), joined('ann'), joined('bob'), ...skipped(1))
      .when(tieBreak(2))
      .refused('no-spare-left')
  })

  test('adds a question to the evening', () => {
    const { state } = given(...skipped(1), asked(2, { only: ['ann', 'bob'] }))
    expect(state.total).toBe(4)
  })

  test('lets only those press who share the first place', () => {
    const room = given(asked(1, { only: ['ann', 'bob'] }), opened())
    room.when(buzz('cat')).refused('not-in-tie-break')
    room.when(buzz('bob')).then(firstIn('bob'))
  })

  test('is over when both were wrong, though others are in the room', () => {
    given(
      asked(1, { only: ['ann', 'bob'] }),
      opened(),
      buzzed('ann'),
      floorGiven('ann'),
      verdictGiven('ann', 'wrong', 0),
      opened(),
      buzzed('bob'),
      floorGiven('bob'),
    )
      .when(judge('bob', 'wrong'))
      .then(verdictGiven('bob', 'wrong', 0), turnClosed('nobody'))
  })
})

describe('opening the buzzers', () => {
  test('starts the clock where the rules have one', () => {
    under({ pressSeconds: 10 })
      .given(asked())
      .when(openBuzzers(), 5000)
      .then(opened({ opensAt: 5000, endsAt: 15_000 }))
  })

  test('starts no clock where the host decides', () => {
    given(asked())
      .when(openBuzzers(), 5000)
      .then(opened({ opensAt: 5000, endsAt: null }))
  })

  test('waits until the light can be everywhere, and the clock with it', () => {
    under({ pressSeconds: 10 })
      .given(asked())
      .when(openBuzzers(1, { leadMs: 180 }), 5000)
      .then(opened({ opensAt: 5180, endsAt: 15_180 }))
  })

  test('fixes what will break ties, and tells nobody what it is', () => {
    const { state } = given(asked())
      .when(openBuzzers(1, { tieSecret: 'other-secret', tieHash: 'other-hash' }))
      .and()
    expect(state.turn).toMatchObject({
      tieHash: 'other-hash',
      secret: { tieSecret: 'other-secret', tieRanks: noShards },
    })
  })

  test('is done once for each question', () => {
    given(asked(), opened()).when(openBuzzers()).refused('already-open')
  })

  test('is refused while someone answers, and when the question is closed', () => {
    given(...answering)
      .when(openBuzzers())
      .refused('someone-answers')
    given(...skipped(1))
      .when(openBuzzers())
      .refused('question-closed')
  })

  test('is refused for another question than the present one', () => {
    given(...skipped(1), asked(2))
      .when(openBuzzers(1))
      .refused('question-closed')
    given().when(openBuzzers(1)).refused('question-closed')
  })

  test('is refused in a pause', () => {
    given(asked(), paused()).when(openBuzzers()).refused('paused')
  })
})

describe('skipping', () => {
  test.each([
    ['while the host reads', [asked()]],
    ['while the buzzers are open', [asked(), opened()]],
    ['while someone answers', answering],
  ])('closes a question %s', (_, facts) => {
    given(...facts)
      .when(skip())
      .then(turnClosed('skipped'))
  })

  test('is refused when the question is closed', () => {
    given(...skipped())
      .when(skip())
      .refused('question-closed')
  })

  test('is refused for another question than the present one', () => {
    given(...skipped(1), asked(2))
      .when(skip(1))
      .refused('question-closed')
  })

  test('is refused in a pause', () => {
    given(asked(), paused()).when(skip()).refused('paused')
  })
})

describe('revealing', () => {
  test('shows the note of a closed question', () => {
    given(...skipped())
      .when(reveal())
      .then(revealed('Note 1'))
  })

  test('is refused while the question is open', () => {
    given(asked()).when(reveal()).refused('turn-open')
  })

  test('is refused where there is no note', () => {
    given(asked(1, { note: null }), turnClosed('skipped'))
      .when(reveal())
      .refused('no-note')
  })

  test('twice changes nothing', () => {
    given(...skipped(), revealed('Note 1'))
      .when(reveal())
      .thenNothing()
  })

  test('is refused for a question of the past', () => {
    given(...skipped(1), asked(2))
      .when(reveal(1))
      .refused('question-closed')
  })

  test('works in a pause and after the end', () => {
    given(...skipped(), paused())
      .when(reveal())
      .then(revealed('Note 1'))
    given(...skipped(), gameEnded())
      .when(reveal())
      .then(revealed('Note 1'))
  })
})

describe('standings', () => {
  test('are shown and put away when the host says so, once', () => {
    given()
      .when(byHost({ type: 'showStandings', shown: true }))
      .then(standingsShown())
    given(standingsShown())
      .when(byHost({ type: 'showStandings', shown: true }))
      .thenNothing()
    given(standingsShown())
      .when(byHost({ type: 'showStandings', shown: false }))
      .then(standingsShown(false))
  })

  test('that came of their own accord are put away by the host, and come again with the next question', () => {
    const show = byHost({ type: 'showStandings', shown: true })
    const hide = byHost({ type: 'showStandings', shown: false })
    const room = (...more: Fact[]) => under({ standings: 'after-each' }).given(...skipped(), ...more)
    room().when(show).thenNothing()
    room().when(hide).then(standingsShown(false))
    room(standingsShown(false)).when(show).then(standingsShown())
    expect(areStandingsUp(room(standingsShown(false)).state)).toBe(false)
    expect(areStandingsUp(room(standingsShown(false), ...skipped(2)).state)).toBe(true)
  })
})

describe('the end', () => {
  test('tells where the results are', () => {
    given(...skipped())
      .when(end())
      .then(gameEnded())
  })

  test('closes the question that is open', () => {
    given(asked(), opened()).when(end()).then(turnClosed('skipped'), gameEnded())
  })

  test('comes once', () => {
    given(gameEnded()).when(end()).thenNothing()
  })

  test('may come in a pause, which is over then', () => {
    const { state } = given(asked(), paused()).when(end()).and()
    expect(state).toMatchObject({ phase: 'over', pausedAt: null })
  })

  test('may come before the first question', () => {
    given().when(end()).then(gameEnded())
  })

  test('leaves nothing to skip, to open or to press', () => {
    const room = given(asked(), opened(), turnClosed('skipped'), gameEnded())
    room.when(skip()).refused('game-over')
    room.when(openBuzzers()).refused('game-over')
    room.when(buzz('ann')).refused('game-over')
  })
})
