import { describe, test } from 'vitest'
import type { Command, Speaker } from '@knopka/shared/game'
import { buzz, byCohost, byHost, byPlayer, join, lighting, saidBy, settle, type Unspoken } from '../support/commands.ts'
import { asked, firstIn, joined, opened, renamed, roomLocked } from '../support/events.ts'
import { given } from '../support/given.ts'

describe('who may say what', () => {
  const forHosts: Unspoken[] = [
    { type: 'hideName', seat: 'ann', hidden: true },
    { type: 'remove', seat: 'ann' },
    { type: 'letBackIn', seat: 'ann' },
    { type: 'lockRoom', locked: true },
    { type: 'chooseAddress', address: 'http://10.0.0.7:3000' },
    { type: 'ask', turn: 1, questionId: 'q1', tieBreak: false, question: null },
    { type: 'openBuzzers', turn: 1, ...lighting },
    { type: 'skip', turn: 1 },
    { type: 'reveal', turn: 1 },
    { type: 'pause' },
    { type: 'resume', leadMs: 0 },
    { type: 'showStandings', shown: true },
    { type: 'giveVerdict', turn: 1, seat: 'ann', verdict: 'right', ...lighting },
    { type: 'undoVerdict', turn: 1, seat: 'ann' },
    { type: 'correctScore', seat: 'ann', points: 1, reason: 'Luck' },
    { type: 'end' },
  ]
  const notHosts: Speaker['role'][] = ['player', 'screen', 'server']

  test.each(forHosts.map((unspoken) => [unspoken.type, unspoken] as const))('%s is for hosts', (_, unspoken) => {
    for (const role of notHosts)
      given()
        .when(saidBy('ann', role, unspoken))
        .refused('not-yours')
  })

  test('replacing a link is for the host alone', () => {
    given()
      .when(byCohost({ type: 'replaceLink', link: 'host', capability: 'mine' }))
      .refused('not-yours')
  })

  test('pressing and joining are for players', () => {
    for (const role of ['host', 'cohost', 'screen', 'server'] as const) {
      given(asked(), opened())
        .when({ ...buzz('ann'), role })
        .refused('not-yours')
      given()
        .when({ ...join('dan'), role })
        .refused('not-yours')
    }
  })

  test('only the clock says that time is up', () => {
    for (const role of ['host', 'cohost', 'player', 'screen'] as const) {
      given()
        .when(saidBy('ann', role, { type: 'expire' }))
        .refused('not-yours')
    }
  })

  test('only a server says that no earlier press can come in', () => {
    for (const role of ['host', 'cohost', 'player', 'screen'] as const) {
      given(asked(), opened(), firstIn('ann'))
        .when({ ...settle(), role })
        .refused('not-yours')
    }
  })

  test('a screen says nothing at all', () => {
    given()
      .when(saidBy('ann', 'screen', { type: 'rename', seat: 'ann', name: 'Eve' }))
      .refused('not-yours')
  })
})

describe('a command that comes twice', () => {
  const rename = byPlayer('ann', { type: 'rename', seat: 'ann', name: 'Anna' })

  test('is decided once, whatever has happened since', () => {
    given().when(rename).and(renamed('ann', 'Ann')).when(rename).thenNothing()
  })

  test('is another command when someone else sends the same id', () => {
    const lock = { ...byHost({ type: 'lockRoom', locked: true }), commandId: rename.commandId }
    given().when(rename).and().when(lock).then(roomLocked())
  })

  test('is known by its id alone, not by what it says', () => {
    const other = { ...byPlayer('ann', { type: 'rename', seat: 'ann', name: 'Annabel' }), commandId: rename.commandId }
    given().when(rename).and().when(other).thenNothing()
  })

  test('may come again when it was refused', () => {
    const join = byPlayer('dan', { type: 'join', name: 'Dan' })
    given(roomLocked()).when(join).refused('room-locked')
    given(roomLocked(), roomLocked(false)).when(join).then(joined('dan'))
  })

  test('is remembered for sixteen commands of the same seat', () => {
    const names = Array.from({ length: 16 }, (_, index) =>
      byPlayer('ann', { type: 'rename', seat: 'ann', name: `Ann ${index}` }),
    )
    const room = names.reduce((room, command) => room.when(command).and(), given().when(rename).and())
    room.when(names[0] as Command).thenNothing()
    room.when(rename).then(renamed('ann', 'Anna'))
  })
})
