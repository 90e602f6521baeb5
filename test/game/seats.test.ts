import { describe, expect, test } from 'vitest'
import { noShards, put, type Draft, type Seat, type Shards } from '@knopka/shared/game'
import { byCohost, byHost, byPlayer, buzz, join, saidBy } from '../support/commands.ts'
import {
  asked,
  firstIn,
  gameEnded,
  joined,
  letBackIn,
  nameHidden,
  names,
  opened,
  removed,
  renamed,
  roomLocked,
  roomOpened,
} from '../support/events.ts'
import { given, noRoom, roomWith, under } from '../support/given.ts'

describe('joining', () => {
  test('whoever joins first is number one', () => {
    given(roomOpened())
      .when(join('ann'))
      .then(joined('ann', { number: 1 }))
  })

  test('numbers go up and are never given twice, also after a removal', () => {
    given(removed('cat'))
      .when(join('dan'))
      .then(joined('dan', { number: 4 }))
  })

  test('a latecomer joins in the middle of a question and may press at once', () => {
    const room = given(asked(), opened()).when(join('dan')).and()
    room.when(buzz('dan')).then(firstIn('dan'))
  })

  test('joining twice changes nothing', () => {
    given().when(join('ann')).thenNothing()
  })

  test('joining twice under another name keeps the first', () => {
    given().when(join('ann', 'Annabel')).thenNothing()
  })

  test.each([
    ['Артём', 'Артем'],
    ['артем', 'АРТЁМ'],
    ['Ёлка', 'елка'],
    ['Ann', 'ANN'],
  ])('%s and %s are one name', (taken, wanted) => {
    given(roomOpened(), joined('ann', { name: taken }))
      .when(join('bob', wanted))
      .refused('name-taken')
  })

  test('the name of someone who was removed is free again', () => {
    given(removed('ann'))
      .when(join('dan', 'Ann'))
      .then(joined('dan', { name: 'Ann' }))
  })

  test('a locked room takes no newcomers', () => {
    given(roomLocked()).when(join('dan')).refused('room-locked')
  })

  test('a locked room keeps whoever is in it', () => {
    given(roomLocked()).when(join('ann')).thenNothing()
  })

  test('a room that is unlocked takes newcomers again', () => {
    given(roomLocked(), roomLocked(false)).when(join('dan')).then(joined('dan'))
  })

  test('nobody joins a game that is over', () => {
    given(gameEnded()).when(join('dan')).refused('game-over')
  })

  test('whoever was in a game that is over comes back to its end', () => {
    given(gameEnded()).when(join('ann')).thenNothing()
  })

  test('whoever was removed does not come back by joining', () => {
    given(removed('ann')).when(join('ann')).refused('removed')
  })

  test('a room takes five thousand and not one more', () => {
    const { state } = given(roomOpened())
    const crowd = Array.from({ length: 4999 }, (_, index) => joined(`seat-${index}`, { number: index + 1 }).secret.seat)
    const roster = crowd.reduce<Shards<Seat>>(
      (roster, { id, ...seat }) => put(roster, id, { ...seat, team: null }),
      noShards,
    )
    const room = roomWith({ ...state, secret: { ...state.secret, roster } })
    room.when(join('dan')).then(joined('dan', { number: 5000 }))
    room.when(join('dan')).and().when(join('ann')).refused('room-full')
  })

  test('a name goes to whoever took it last, and back to those who are let in again', () => {
    const taken = [removed('ann'), joined('dan', { name: names.ann, number: 4 })]
    given(removed('ann'))
      .when(join('dan', names.ann))
      .then(joined('dan', { name: names.ann, number: 4 }))
    given(...taken)
      .when(byHost({ type: 'letBackIn', seat: 'ann' }))
      .refused('name-taken')
    const back = [...taken, removed('dan'), letBackIn('ann')]
    given(...back)
      .when(join('eve', names.ann))
      .refused('name-taken')
    given(...back)
      .when(byHost({ type: 'letBackIn', seat: 'dan' }))
      .refused('name-taken')
  })

  test('a name that was given up is free', () => {
    given(renamed('ann', 'Дина'))
      .when(join('dan', names.ann))
      .then(joined('dan', { name: names.ann, number: 4 }))
    given(renamed('ann', 'Дина')).when(join('dan', 'дина')).refused('name-taken')
  })

  test('there is no joining a room that was never opened', () => {
    noRoom().when(join('ann')).refused('no-room')
  })
})

describe('names', () => {
  test('a player takes another name', () => {
    given()
      .when(byPlayer('ann', { type: 'rename', seat: 'ann', name: 'Anna' }))
      .then(renamed('ann', 'Anna'))
  })

  test('a player may not rename anyone else', () => {
    given()
      .when(byPlayer('ann', { type: 'rename', seat: 'bob', name: 'Bobby' }))
      .refused('not-yours')
  })

  test.each([byHost, byCohost])('every host may rename a player', (say) => {
    given()
      .when(say({ type: 'rename', seat: 'bob', name: 'Bobby' }))
      .then(renamed('bob', 'Bobby'))
  })

  test('a name stays free of doubles when someone is renamed', () => {
    given()
      .when(byHost({ type: 'rename', seat: 'ann', name: 'BOB' }))
      .refused('name-taken')
  })

  test('a name may change its case or its ё', () => {
    given(roomOpened(), joined('ann', { name: 'артем' }))
      .when(byPlayer('ann', { type: 'rename', seat: 'ann', name: 'Артём' }))
      .then(renamed('ann', 'Артём'))
  })

  test('the same name once more changes nothing', () => {
    given()
      .when(byPlayer('ann', { type: 'rename', seat: 'ann', name: 'Ann' }))
      .thenNothing()
  })

  test('a new name stands on the presses that were made under the old one', () => {
    const { state } = given(asked(), opened(), firstIn('ann'), renamed('ann', 'Anna'))
    expect(state.turn?.presses.map(({ name }) => name)).toEqual(['Anna'])
  })

  test('a host hides a name and shows it again', () => {
    given()
      .when(byHost({ type: 'hideName', seat: 'ann', hidden: true }))
      .then(nameHidden('ann'))
    given(nameHidden('ann'))
      .when(byHost({ type: 'hideName', seat: 'ann', hidden: false }))
      .then(nameHidden('ann', false))
  })

  test('hiding a hidden name changes nothing', () => {
    given(nameHidden('ann'))
      .when(byHost({ type: 'hideName', seat: 'ann', hidden: true }))
      .thenNothing()
  })

  test('a press under a hidden name is hidden too', () => {
    given(nameHidden('ann'), asked(), opened())
      .when(buzz('ann'))
      .then(firstIn('ann', { hidden: true }))
  })

  test('where names are approved, a newcomer is hidden at first', () => {
    under({ approveNames: true })
      .given()
      .when(join('dan'))
      .then(joined('dan', { hidden: true }))
  })

  test('where names are approved, a player who takes another name is hidden again', () => {
    under({ approveNames: true })
      .given(nameHidden('ann', false))
      .when(byPlayer('ann', { type: 'rename', seat: 'ann', name: 'Rude' }))
      .then(renamed('ann', 'Rude'), nameHidden('ann'))
  })
})

describe('removing', () => {
  test('a host removes a player', () => {
    given()
      .when(byHost({ type: 'remove', seat: 'ann' }))
      .then(removed('ann'))
  })

  test('removing twice changes nothing', () => {
    given(removed('ann'))
      .when(byHost({ type: 'remove', seat: 'ann' }))
      .thenNothing()
  })

  test('a host lets a removed player back in', () => {
    given(removed('ann'))
      .when(byHost({ type: 'letBackIn', seat: 'ann' }))
      .then(letBackIn('ann'))
  })

  test('letting in someone who was never removed changes nothing', () => {
    given()
      .when(byHost({ type: 'letBackIn', seat: 'ann' }))
      .thenNothing()
  })

  test('nobody comes back to a name that someone else took meanwhile', () => {
    given(removed('ann'), joined('dan', { name: 'Ann' }))
      .when(byHost({ type: 'letBackIn', seat: 'ann' }))
      .refused('name-taken')
  })

  test('a removed player does not press', () => {
    given(asked(), opened(), removed('ann')).when(buzz('ann')).refused('removed')
  })

  test('whoever was let back in presses again', () => {
    given(asked(), opened(), removed('ann'), letBackIn('ann')).when(buzz('ann')).then(firstIn('ann'))
  })

  test.each(['nobody', 'constructor', 'toString', '__proto__'])('there is no seat named %s', (seat) => {
    given()
      .when(byHost({ type: 'remove', seat }))
      .refused('no-seat')
    given()
      .when(byHost({ type: 'letBackIn', seat }))
      .refused('no-seat')
    given()
      .when(byHost({ type: 'rename', seat, name: 'Eve' }))
      .refused('no-seat')
    given()
      .when(byHost({ type: 'hideName', seat, hidden: true }))
      .refused('no-seat')
    given()
      .when(byHost({ type: 'correctScore', seat, points: 1, reason: 'Luck' }))
      .refused('no-seat')
  })
})

describe('the room', () => {
  test('a host locks the room, once', () => {
    given()
      .when(byHost({ type: 'lockRoom', locked: true }))
      .then(roomLocked())
    given(roomLocked())
      .when(byHost({ type: 'lockRoom', locked: true }))
      .thenNothing()
  })

  test('a host chooses the address that phones go to, once', () => {
    const address = 'http://10.0.0.7:3000'
    const chosen: Draft = { type: 'addressChosen', address }
    given()
      .when(byHost({ type: 'chooseAddress', address }))
      .then(chosen)
    given(chosen)
      .when(byHost({ type: 'chooseAddress', address }))
      .thenNothing()
  })

  test('a new link for co-hosts leaves the one for hosts alone', () => {
    given()
      .when(byHost({ type: 'replaceLink', link: 'cohost', capability: 'fresh' }))
      .then({ type: 'linksReplaced', secret: { links: { host: 'host-link', cohost: 'fresh' } } })
  })

  test('a new link for hosts leaves the one for co-hosts alone', () => {
    given()
      .when(byHost({ type: 'replaceLink', link: 'host', capability: 'fresh' }))
      .then({ type: 'linksReplaced', secret: { links: { host: 'fresh', cohost: 'cohost-link' } } })
  })

  test('a room is opened once', () => {
    noRoom().when(open()).then(roomOpened())
    given(roomOpened()).when(open()).refused('no-room')
  })
})

function open() {
  const { secret, rounds, total: _total, ...open } = roomOpened()
  const { plan, ...kept } = secret
  return saidBy('server', 'server', { ...open, ...kept, drawn: { rounds, plan }, type: 'open' })
}
