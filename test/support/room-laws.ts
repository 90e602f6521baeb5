import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  advance,
  blankReplica,
  decide,
  evolve,
  isQuiet,
  isRefusal,
  redact,
  unopened,
  viewOf,
  type Command,
  type Item,
  type Replica,
  type RoomEvent,
  type RoomState,
  type Viewer,
} from '@knopka/shared/game'
import { chunksOf, commitOf, delivery } from './commits.ts'
import { deepFreeze } from './freeze.ts'
import type { Played } from './played.ts'

export function same(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toStrictEqual(expected)
}

export const stateAt = ({ states }: Played, version: number): RoomState => states[version] as RoomState

export const received = ({ events }: Played, viewer: Viewer, from = 0, to = events.length): Item[] =>
  events.slice(from, to).map((event) => redact(event, viewer))

export const marksIn = (bytes: unknown, mark: RegExp): string[] => JSON.stringify(bytes).match(mark) ?? []

/** A room, and an instant of it. */
export const cutAnywhere = (rooms: fc.Arbitrary<Played>) =>
  fc.tuple(rooms, fc.nat(1_000_000)).map(([room, cut]) => ({ room, cut: cut % (room.events.length + 1) }))

const lookAt = (room: Played, version: number, viewer: Viewer): Replica => ({
  version,
  state: viewOf(stateAt(room, version), viewer),
})

interface Rooms<Move> {
  rooms: fc.Arbitrary<Played>
  viewers: Viewer[]
  /** Anything, by anyone. */
  wildMove: fc.Arbitrary<Move>
  commandIn: (room: Played, state: RoomState, move: Move) => Command
  opening: Command['type']
  numRuns: number
}

/** What holds for a room of any mode. */
export function testRoomLaws<Move>({ rooms, viewers, wildMove, commandIn, opening, numRuns }: Rooms<Move>): void {
  const runs = { numRuns }
  const cutRooms = cutAnywhere(rooms)

  test('folding what a viewer is sent gives what a viewer is shown', () => {
    fc.assert(
      fc.property(cutRooms, ({ room, cut }) => {
        for (const viewer of viewers) {
          const items = received(room, viewer)
          const first = advance(lookAt(room, 0, viewer), { from: 0, items: items.slice(0, cut) }) as Replica
          same(first, lookAt(room, cut, viewer))
          same(advance(first, { from: cut, items: items.slice(cut) }), lookAt(room, items.length, viewer))
        }
      }),
      runs,
    )
  })

  test('an event is quiet only where it changes nothing', () => {
    fc.assert(
      fc.property(rooms, (room) => {
        for (const viewer of viewers) {
          room.events.forEach((event, index) => {
            if (!isQuiet(redact(event, viewer))) return
            same(viewOf(stateAt(room, index + 1), viewer), viewOf(stateAt(room, index), viewer))
          })
        }
      }),
      runs,
    )
  })

  test('a log folds to the same room, however it is cut into commits, also after it was written down', () => {
    fc.assert(
      fc.property(rooms, fc.array(fc.integer({ min: 1, max: 7 })), (room, lengths) => {
        const stored = JSON.parse(JSON.stringify(room.events)) as RoomEvent[]
        const last = stateAt(room, stored.length)
        same(stored.reduce(evolve, unopened), last)
        const replica = chunksOf(stored, lengths).reduce(
          (known, commit) => advance(known, commit) as Replica,
          blankReplica,
        )
        same(replica, { version: stored.length, state: last })
      }),
      runs,
    )
  })

  test('commits that come twice, overlap or leave a gap lead everyone to the same replica', () => {
    const anyone = fc.constantFrom(...viewers)
    fc.assert(
      fc.property(rooms, fc.array(delivery, { maxLength: 20 }), anyone, (room, deliveries, viewer) => {
        const items = received(room, viewer)
        let replica = lookAt(room, 0, viewer)
        for (const { from, length } of deliveries) {
          const commit = commitOf(items, from % (items.length + 1), length)
          const next = advance(replica, commit)
          replica = next === 'gap' ? lookAt(room, commit.from, viewer) : next
          same(replica, lookAt(room, replica.version, viewer))
        }
      }),
      runs,
    )
  })

  test('every room that can be reached answers every command', () => {
    fc.assert(
      fc.property(cutRooms, fc.array(wildMove, { minLength: 20, maxLength: 20 }), ({ room, cut }, moves) => {
        const state = stateAt(room, cut)
        for (const move of moves) {
          const decision = decide(state, deepFreeze(commandIn(room, state, move)), room.now)
          if (!isRefusal(decision)) decision.reduce(evolve, state)
        }
      }),
      runs,
    )
  })

  test('a command that comes again changes nothing', () => {
    fc.assert(
      fc.property(rooms, ({ decided, states, now }) => {
        let version = 0
        for (const { command, count } of decided) {
          version += count
          if (command.type !== opening) same(decide(states[version] as RoomState, command, now), [])
        }
      }),
      runs,
    )
  })
}
