import { describe, expect, test } from 'vitest'
import {
  advance,
  blankReplica,
  evolve,
  newsIn,
  nextQuestionId,
  redact,
  roundOf,
  viewOf,
  unopened,
  whyNotAsk,
  type Commit,
  type Draft,
  type Item,
  type Replica,
  type RoomEvent,
} from '@knopka/shared/game'
import { asked, joined, opened, roomOpened, turnClosed } from '../support/events.ts'

const events = [roomOpened(), joined('ann'), asked(), opened(), turnClosed('skipped')].map((draft: Draft) => ({
  ...draft,
  at: 0,
  by: 'host',
}))
const item = (index: number) => events[index] as Item
const commit = (from: number, to: number): Commit => ({ from, items: events.slice(from, to) })
const at = (version: number): Replica => ({ version, state: events.slice(0, version).reduce(evolve, unopened) })

describe('a replica', () => {
  test('begins with nothing', () => {
    expect(blankReplica).toEqual({ version: 0, state: unopened })
  })

  test('folds what comes next', () => {
    expect(advance(at(2), commit(2, 4))).toEqual(at(4))
  })

  test('passes over what it knows', () => {
    expect(advance(at(4), commit(1, 3))).toEqual(at(4))
    expect(advance(at(4), commit(2, 4))).toEqual(at(4))
  })

  test('takes from a commit only what is new', () => {
    expect(advance(at(3), commit(1, 5))).toEqual(at(5))
  })

  test('folds nothing across a gap', () => {
    expect(advance(at(2), commit(3, 5))).toBe('gap')
  })

  test('is moved on by an empty commit to where it was', () => {
    expect(advance(at(2), { from: 2, items: [] })).toEqual(at(2))
  })

  test('counts quiet events as versions', () => {
    const moved = advance(at(1), { from: 1, items: [{ quiet: 3 }] })
    expect(moved).toEqual({ version: 4, state: at(1).state })
  })

  test('passes over the part of a quiet run that it knows', () => {
    const moved = advance(at(3), { from: 1, items: [{ quiet: 3 }, item(4)] })
    expect(moved).toEqual({ version: 5, state: evolve(at(3).state, events[4] as RoomEvent) })
  })

  test('of a viewer begins with the first look', () => {
    const viewer = { role: 'player', seat: 'ann' } as const
    const state = viewOf(at(3).state, viewer)
    const sent = { from: 3, items: events.slice(3, 5).map((event) => redact(event, viewer)) }
    expect(advance({ version: 3, state }, sent)).toEqual({ version: 5, state: viewOf(at(5).state, viewer) })
  })
})

describe('the news in a commit', () => {
  test('are the events that were not known', () => {
    expect(newsIn(commit(1, 4), 2)).toEqual(events.slice(2, 4))
  })

  test('are none when all is known', () => {
    expect(newsIn(commit(1, 4), 4)).toEqual([])
  })

  test('leave out what is quiet', () => {
    expect(newsIn({ from: 1, items: [{ quiet: 2 }, item(3)] }, 1)).toEqual([events[3]])
    expect(newsIn({ from: 1, items: [{ quiet: 2 }, item(3)] }, 2)).toEqual([events[3]])
  })
})

test('a log of before there were rounds is an evening of one, in which all goes on', () => {
  const { rounds: _rounds, secret, ...open } = roomOpened()
  const { programme: _programme, ...kept } = secret
  const { only: _only, ...question } = asked()
  const old = [{ ...open, secret: kept }, joined('ann'), question, turnClosed('skipped')].map((fact) => ({
    ...fact,
    at: 0,
    by: 'host',
  })) as RoomEvent[]
  const state = old.reduce(evolve, unopened)
  expect(state.rounds).toEqual([{ title: null, count: 3, board: null }])
  expect(state.turn?.only).toBeNull()
  expect([whyNotAsk(state), nextQuestionId(state), roundOf(state)?.count]).toEqual([null, 'q2', 3])
})
