import { describe, expect, test } from 'vitest'
import { mineOf, nextDeadline, viewOf } from '@knopka/shared/game'
import { byClock, byHost, callJury, judge, undo, vote } from '../support/commands.ts'
import {
  answerTimedOut,
  asked,
  buzzed,
  floorGiven,
  juryCalled,
  juryClosed,
  opened,
  removed,
  turnClosed,
  verdictGiven,
  voted,
} from '../support/events.ts'
import { given } from '../support/given.ts'

const answering = [asked(), opened(), buzzed('ann'), floorGiven('ann')]
const voting = [...answering, juryCalled(6000)]
const nobody = { right: 0, partly: 0, wrong: 0 }

describe('the hall is asked', () => {
  test('while somebody answers, and has five seconds', () => {
    given(...answering)
      .when(callJury(), 1000)
      .then(juryCalled(6000))
  })

  test('by the host, and not twice at once', () => {
    given(asked(), opened()).when(callJury()).refused('nobody-answers')
    given(...voting)
      .when(callJury())
      .refused('jury-votes')
    given(...answering)
      .when(callJury(2))
      .refused('question-closed')
  })

  test('once more, where the host wants to know it again', () => {
    const { state } = given(...voting)
      .when(vote('bob', 'right'))
      .and(juryClosed({ ...nobody, right: 1 }), juryCalled(20_000))
    expect(state.turn?.floor?.jury?.split).toBeNull()
    expect(state.turn?.secret.votes).toBeUndefined()
  })
})

describe('a vote', () => {
  test('is for everyone but the one who answered', () => {
    given(...voting)
      .when(vote('bob', 'partly'))
      .then(voted('partly', 1))
    given(...voting)
      .when(vote('ann', 'right'))
      .refused('own-answer')
    given(...voting, removed('bob'))
      .when(vote('bob', 'right'))
      .refused('removed')
    given(...answering)
      .when(vote('bob', 'right'))
      .refused('no-jury')
    given().when(vote('bob', 'right')).refused('no-jury')
  })

  test('may be changed as long as the time lasts, and counts once', () => {
    const room = given(...voting)
      .when(vote('bob', 'right'))
      .and()
    room.when(vote('bob', 'right')).thenNothing()
    room.when(vote('bob', 'wrong')).then(voted('wrong', 1))
    room
      .when(vote('bob', 'wrong'))
      .and()
      .when(vote('cat', 'wrong'))
      .and()
      .when(byClock(), 6500)
      .then(juryClosed({ ...nobody, wrong: 2 }))
  })

  test('comes too late once the hall has spoken', () => {
    given(...voting, juryClosed(nobody))
      .when(vote('bob', 'right'))
      .refused('time-is-up')
  })

  test('is known to nobody but who gave it; how many have voted stands on the wall', () => {
    const { state } = given(...voting)
      .when(vote('bob', 'right'))
      .and()
    for (const role of ['host', 'screen', 'player'] as const) {
      expect(JSON.stringify(viewOf(state, { role, seat: null }))).not.toContain('"votes"')
    }
    expect(viewOf(state, { role: 'screen', seat: null }).turn?.secret.voted).toBe(1)
    expect(mineOf(state, 9, 'bob')?.vote).toBe('right')
    expect(mineOf(state, 9, 'cat')?.vote).toBeNull()
  })
})

describe('the hall has spoken', () => {
  test('when the time is over, with a moment for what is on its way', () => {
    const room = given(...voting)
    expect(nextDeadline(room.state)).toBe(6500)
    room.when(byClock(), 6499).thenNothing()
    room.when(byClock(), 6500).then(juryClosed(nobody))
  })

  test('and the host decides, also before that, and otherwise', () => {
    given(...voting, juryClosed({ ...nobody, wrong: 2 }))
      .when(judge('ann', 'right'))
      .then(verdictGiven('ann', 'right', 1), turnClosed('answered'))
    const { state } = given(...voting)
      .when(judge('ann', 'right'))
      .and()
    expect(nextDeadline(state)).toBeNull()
  })

  test('beside the time to answer, whichever ends first', () => {
    const room = given(asked(), opened(), buzzed('ann'), floorGiven('ann', { endsAt: 4000 }), juryCalled(6000))
    expect(nextDeadline(room.state)).toBe(4000)
    room.when(byClock(), 4000).then(answerTimedOut('ann'))
    expect(nextDeadline(room.when(byClock(), 4000).and().state)).toBe(6500)
  })

  test('about this answer alone: whoever has the floor next, or once more, is heard first', () => {
    const { state } = given(...voting)
      .when(judge('ann', 'wrong'))
      .and()
    expect(state.turn?.floor).toBeNull()
    const again = given(...voting, verdictGiven('ann', 'right', 1), turnClosed('answered'))
      .when(undo('ann'))
      .and()
    expect(again.state.turn?.floor).toMatchObject({ seat: 'ann', jury: null })
  })

  test('later by as much as a pause lasts', () => {
    const { state } = given(...voting)
      .when(byHost({ type: 'pause' }), 2000)
      .and({ type: 'resumed', shiftMs: 3000 })
    expect(nextDeadline(state)).toBe(9500)
  })
})
