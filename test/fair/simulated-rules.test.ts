import { decide, evolve, isRefusal, type Command, type RoomState } from '@knopka/shared/game'
import { expect, test, vi } from 'vitest'
import type { Decision, Opening } from '../bench/simulation/decision.ts'
import { playEvening } from '../bench/simulation/room.ts'
import { byClock, byPlayer, settle } from '../support/commands.ts'
import { asked, joined, opened } from '../support/events.ts'
import { under } from '../support/given.ts'

// A busy machine takes its time over so many rounds.
vi.setConfig({ testTimeout: 300_000 })

const seats = ['ann', 'bob', 'cat', 'dan']

/** What is decided happens. */
function after(state: RoomState, command: Command, now: number): RoomState {
  const decision = decide(state, command, now)
  if (isRefusal(decision)) throw new Error(decision.refused)
  return decision.reduce((state, draft) => evolve(state, { ...draft, at: now, by: command.by }), state)
}

/** Who gets the floor of the rules for the same presses, settled at the same instant. */
function winnerByRules(
  { heard, decidedAt }: Decision,
  { opensAt, setting }: Opening,
  tieBreak: (seat: number) => number,
) {
  const { state } = under({ setting }).given(joined('dan'), asked(), opened({ opensAt }))
  const pressed = heard.reduce((state, { seat: index, cameAt, scored: { at, scoreMs, overruledMs, trust } }) => {
    const said = { type: 'buzz', turn: 1, pressedAt: at, frameWaitMs: 0 } as const
    const press = { ...said, at, scoreMs, overruledMs, trust, certaintyMs: 0, cameMs: cameAt - opensAt }
    // As text, since ranks are; of one length, so that they stand in the order of the numbers.
    const tieRank = tieBreak(index).toFixed(15)
    return after(state, byPlayer(seats[index] ?? '', { ...press, tieRank }), cameAt)
  }, state)
  expect(pressed.turn?.floor).toBeNull()
  const isCut = pressed.turn?.settlesAt === decidedAt
  return after(pressed, isCut ? byClock() : settle(), decidedAt).turn?.floor?.seat
}

test.each(['screen', 'call', 'room', 'friends'] as const)(
  'on a %s the simulation names whom the rules name for the same presses',
  (setting) => {
    let rounds = 0
    for (let room = 0; room < 25; room++) {
      const evening = { mix: 'mixed', seats: 4, rounds: 40, nodes: 1, knowsKernel: false } as const
      playEvening({
        ...evening,
        ...{ seed: `by the rules ${room}`, setting },
        watch: (decision, opening, tieBreak) => {
          rounds++
          expect(winnerByRules(decision, opening, tieBreak)).toBe(seats[decision.winner])
        },
      })
    }
    expect(rounds).toBeGreaterThan(900)
  },
)
