import { mineOf, type Mine, type RoomState, type Verdict } from '@knopka/shared/game'
import { describe, expect, test, vi } from 'vitest'
import { minutesLeft } from '../../client/src/lib/text/form.ts'
import { captionOf } from '../../client/src/play/captions.ts'
import { protestingOf, wentAgainst } from '../../client/src/play/protest.ts'
import { reviewText } from '../../client/src/play/review-text.ts'
import { text } from '../../client/src/play/text.ts'
import { byHost, callJury, choose, closeAnswers, protest, ruleOnProtest } from '../support/commands.ts'
import {
  answeredBy,
  asked,
  askedByChoice,
  buzzed,
  choicesMarked,
  floorGiven,
  gameEnded,
  opened,
  openedChoices,
  skipped,
  teamPicked,
  turnClosed,
  verdictGiven,
} from '../support/events.ts'
import { given, under } from '../support/given.ts'

/** Words follow the browser's languages, and Node need not know any. */
vi.hoisted(() => vi.stubGlobal('navigator', { languages: ['ru-RU'] }))

const mine = (state: RoomState, seat: string): Mine => {
  const own = mineOf(state, 1, seat)
  if (!own) throw new Error(`${seat} is not in the game`)
  return own
}

const judged = (verdict: Verdict) => [
  asked(),
  opened(),
  buzzed('ann'),
  floorGiven('ann'),
  verdictGiven('ann', verdict, 0),
  turnClosed('answered'),
]

describe('a question went against', () => {
  const against = ({ state }: { state: RoomState }, seat = 'ann') =>
    state.turn !== null && wentAgainst(state.turn, mine(state, seat))

  test('whoever pressed and was judged wrong, or right in part', () => {
    expect((['right', 'partly', 'wrong'] as const).map((verdict) => against(given(...judged(verdict))))).toEqual([
      false,
      true,
      true,
    ])
    expect(against(given(...judged('wrong')), 'bob')).toBe(false)
    expect(against(given(...judged('wrong').slice(0, -1)))).toBe(false)
  })

  test('the team-mates of whoever was judged, and no other team', () => {
    const teams = { count: 2, formedBy: 'players', presses: 'anyone', score: 'sum' } as const
    const lost = under({ teams }).given(
      teamPicked(['ann', 1], ['bob', 1], ['cat', 2]),
      asked(),
      { ...verdictGiven('ann', 'wrong', 0), team: 1 },
      turnClosed('nobody'),
    )
    expect(['ann', 'bob', 'cat'].map((seat) => against(lost, seat))).toEqual([true, true, false])
  })

  test('nobody, where it was for practice', () => {
    const { state } = given(...judged('wrong'))
    expect(state.turn && wentAgainst({ ...state.turn, practice: true }, mine(state, 'ann'))).toBe(false)
  })

  test('whoever chose and earned nothing', () => {
    const room = under({ choices: { points: 'plain', seconds: null } }).given(askedByChoice(), openedChoices())
    const { choices = [] } = room.state.turn?.secret ?? {}
    const [right, wrong] = [choices.findIndex(({ right }) => right), choices.findIndex(({ right }) => !right)]
    const closed = room
      .when(choose('ann', [wrong]))
      .and()
      .when(choose('bob', [right]))
      .and()
      .when(closeAnswers())
      .and()
    expect(['ann', 'bob', 'cat'].map((seat) => against(closed, seat))).toEqual([true, false, false])
    const marks = [{ seat: 'ann', options: [wrong], afterMs: 2000, points: 0 }]
    const isVoid = room.when(choose('ann', [wrong])).and(turnClosed('answered'), choicesMarked([], [1, 0, 0], marks))
    expect(against(isVoid)).toBe(false)
  })
})

describe('a protest', () => {
  const at = (state: RoomState, against: number | null) => protestingOf(state, mine(state, 'ann'), against)
  const lost = given(...judged('wrong'))

  test('is offered while the question is closed and the next is read, and never while people press', () => {
    expect(at(lost.state, 1)).toEqual({ turn: 1, state: 'may' })
    expect(at(given(...judged('wrong'), asked(2)).state, 1)).toEqual({ turn: 1, state: 'may' })
    expect(at(given(...judged('wrong'), asked(2), opened({ turn: 2 })).state, 1)).toEqual({ turn: 1, state: 'held' })
  })

  test('is not offered to whom nothing went against, nor when it is long past, nor after the end', () => {
    expect(at(lost.state, null)).toBeNull()
    expect(at(given(...judged('wrong'), ...skipped(2), asked(3)).state, 1)).toBeNull()
    expect(at(given(...judged('wrong'), gameEnded()).state, 1)).toBeNull()
  })

  test('is at the host’s, and then upheld or rejected, also when the next question is on', () => {
    const made = lost.when(protest('ann')).and(asked(2), opened({ turn: 2 }))
    expect(at(made.state, 1)).toEqual({ turn: 1, state: 'asked' })
    const ruled = (upheld: boolean) => made.when(ruleOnProtest('ann', upheld)).and().state
    expect([true, false].map((upheld) => at(ruled(upheld), 1)?.state)).toEqual(['upheld', 'rejected'])
    // Once the verdict is mended, nothing went against anyone.
    expect(at(ruled(true), null)?.state).toBe('upheld')
  })

  test('of the question before gives way to one that may be made', () => {
    const { state } = lost.when(protest('ann')).and(...answeredBy('ann', 2))
    expect(at(state, 2)).toEqual({ turn: 2, state: 'may' })
  })
})

test('the one who answers hears that the hall votes on it', () => {
  const answering = given(asked(), opened(), buzzed('ann'), floorGiven('ann'))
  const line = (state: RoomState) => captionOf('first', state, mine(state, 'ann'), 0).line
  expect(line(answering.state)).toBe(text().first.line)
  expect(line(answering.when(callJury()).and().state)).toBe(reviewText().aboutYou)
})

describe('a break', () => {
  const room = given(...skipped())
  const broken = (minutes: number | null) => room.when(byHost({ type: 'takeBreak', minutes }), 0).and().state
  const caption = (state: RoomState, now: number) => captionOf('closed', state, mine(state, 'ann'), now)

  test('says how long it is, and that it is over soon; nothing happens by itself', () => {
    const { word, left, soon, open } = text().break
    expect(caption(broken(15), 1)).toMatchObject({ word, line: left('15:00') })
    expect(caption(broken(15), 15 * 60_000)).toMatchObject({ word, line: soon })
    expect(caption(broken(null), 1)).toEqual({ head: word, word, line: open })
  })

  test('gives way to the end of the evening', () => {
    const { state } = room.when(byHost({ type: 'takeBreak', minutes: 15 })).and(gameEnded())
    expect(captionOf('over', state, mine(state, 'ann'), 0)).toEqual(text().over)
  })

  test('is counted down in minutes and seconds', () => {
    expect([1, 60_000, 725_000].map(minutesLeft)).toEqual(['0:01', '1:00', '12:05'])
  })
})
