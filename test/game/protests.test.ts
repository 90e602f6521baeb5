import { expect, test } from 'vitest'
import { mineOf, viewOf } from '@knopka/shared/game'
import { protest, ruleOnProtest } from '../support/commands.ts'
import {
  answeredBy,
  asked,
  gameEnded,
  protested,
  protestRuled,
  removed,
  teamPicked,
  turnClosed,
  verdictGiven,
} from '../support/events.ts'
import { given, under } from '../support/given.ts'

const room = given(...answeredBy('ann'))

test('who pressed may ask for a review, once a question, also when the next one is on', () => {
  room.when(protest('ann')).then(protested('ann'))
  room.when(protest('ann')).and().when(protest('ann')).refused('protested')
  given(...answeredBy('ann'), asked(2))
    .when(protest('ann'))
    .then(protested('ann'))
})

test('who had no part in it may not, nor who is out, nor when all is over', () => {
  room.when(protest('bob')).refused('took-no-part')
  room.when(protest('ann', 2)).refused('took-no-part')
  given(...answeredBy('ann'), removed('ann'))
    .when(protest('ann'))
    .refused('removed')
  given(...answeredBy('ann'), gameEnded())
    .when(protest('ann'))
    .refused('game-over')
})

test('so may a team-mate of whoever was judged, once there is a verdict, and nobody of another team', () => {
  const teams = { count: 2, formedBy: 'players', presses: 'anyone', score: 'sum' } as const
  const seated = [teamPicked(['ann', 1], ['bob', 1], ['cat', 2]), asked()]
  const judgedWrong = [{ ...verdictGiven('ann', 'wrong', 0), team: 1 }, turnClosed('nobody')]
  under({ teams })
    .given(...seated)
    .when(protest('bob'))
    .refused('took-no-part')
  const judged = under({ teams }).given(...seated, ...judgedWrong)
  judged.when(protest('bob')).then(protested('bob'))
  judged.when(protest('cat')).refused('took-no-part')
})

test('the host rules, and may rule anew', () => {
  const asking = room.when(protest('ann')).and()
  asking.when(ruleOnProtest('ann', true)).then(protestRuled('ann', true))
  const upheld = asking.when(ruleOnProtest('ann', true)).and()
  upheld.when(ruleOnProtest('ann', true)).thenNothing()
  upheld.when(ruleOnProtest('ann', false)).then(protestRuled('ann', false))
  asking.when(ruleOnProtest('bob', true)).refused('no-protest')
})

test('a protest is between its player and the hosts', () => {
  const { state } = room.when(protest('ann')).and().when(ruleOnProtest('ann', false)).and()
  expect(viewOf(state, { role: 'cohost', seat: 'cohost' }).secret.protests).toMatchObject([
    { turn: 1, seat: 'ann', upheld: false },
  ])
  for (const role of ['screen', 'player'] as const) {
    expect(viewOf(state, { role, seat: null }).secret.protests).toBeUndefined()
  }
  expect(mineOf(state, 9, 'ann')?.protest).toMatchObject({ turn: 1, upheld: false })
  expect(mineOf(state, 9, 'bob')?.protest).toBeNull()
})
