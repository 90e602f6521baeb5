import { expect } from 'vitest'
import {
  decide,
  evolve,
  isRefusal,
  unopened,
  type Command,
  type Decision,
  type Draft,
  type RefusalCode,
  type RoomEvent,
  type RoomState,
  type Rules,
} from '@knopka/shared/game'
import type { Ms, SeatId } from '@knopka/shared/ids'
import { settle } from './commands.ts'
import { deepFreeze } from './freeze.ts'
import { joined, roomOpened, somePress } from './events.ts'

/** What happened, and when, where that matters; else at 0. */
export type Fact = Draft & { at?: Ms; by?: SeatId }

/** When a command comes, where a test does not say. */
export const now = 1000

export const at = (instant: Ms, draft: Draft): Fact => ({ ...draft, at: instant })

/** A quiz with Ann, Bob and Cat in it, after these events; a room of its own where the first one opens it. */
export const given = (...facts: Fact[]) => under({}).given(...facts)

/** As `given`, in a room with other rules. */
export const under = (rules: Partial<Rules>) => ({
  given(...facts: Fact[]) {
    const usual = [roomOpened({ rules }), joined('ann'), joined('bob'), joined('cat')]
    return roomWith(after(unopened, facts[0]?.type === 'roomOpened' ? facts : [...usual, ...facts]))
  },
})

/** The room after these commands, none of which is refused. */
export const play = (state: RoomState, ...commands: Command[]): RoomState =>
  commands.reduce((state, command) => {
    const decision = decide(state, command, now)
    if (isRefusal(decision)) throw new Error(`${command.type} was refused: ${decision.refused}`)
    return decision.reduce(evolve, state)
  }, state)

/** Why a command would be refused; `null` where it would not. */
export function refusal(state: RoomState, command: Command, instant: Ms = now): RefusalCode | null {
  const decision = decide(state, command, instant)
  return isRefusal(decision) ? decision.refused : null
}

/** A PIN that nobody has opened a room under. */
export const noRoom = () => roomWith(unopened)

interface Room {
  state: RoomState
  when(command: Command, instant?: Ms): Outcome
  /** A press or anything else, and then no earlier press can come in any more. */
  whenSettled(command: Command, instant?: Ms): Outcome
}

interface Outcome {
  then(...expected: Draft[]): void
  thenNothing(): void
  refused(code: RefusalCode): void
  /** The game goes on with what the command brought about, and then with these events. */
  and(...facts: Fact[]): Room
}

/** A room in this state, for what would take too many events to reach. */
export const roomWith = (state: RoomState): Room => ({
  state,
  when: (command, instant = now) => outcomeOf(state, [command], instant),
  whenSettled: (command, instant = now) => outcomeOf(state, [command, settling], instant),
})

/** The room after these events. */
export const after = (state: RoomState, facts: Fact[]): RoomState =>
  deepFreeze(facts.reduce((state, fact) => evolve(state, { at: 0, by: 'host', ...placed(state, fact) }), state))

/** What the room knows of a press: as the how-manieth it came in, and which one brings the floor. */
function placed({ turn }: RoomState, fact: Fact): Fact {
  const presses = turn?.presses ?? []
  if (fact.type === 'buzzed') {
    return { ...fact, arrival: presses.filter(({ opening }) => opening === turn?.openings).length }
  }
  if (fact.type !== 'floorGiven') return fact
  const press = presses.findLast(({ seat }) => seat === fact.seat) ?? fact.press
  return {
    ...fact,
    press: { ...press, called: press.called ?? presses.filter(({ called }) => called !== null).length },
  }
}

type Said = Command | ((state: RoomState) => Command)

const settling = ({ turn }: RoomState) => settle({ turn: turn?.turn ?? 0, opening: turn?.openings ?? 0 })

function outcomeOf(state: RoomState, said: Said[], instant: Ms): Outcome {
  const decision = decided(state, said, instant)
  const outcome = isRefusal(decision) ? decision : decision.map(factOf)
  return {
    then: (...expected) => expect(outcome).toEqual(expected),
    thenNothing: () => expect(outcome).toEqual([]),
    refused: (refused) => expect(outcome).toEqual({ refused }),
    and(...facts) {
      if (isRefusal(decision)) throw new Error(`The command was refused: ${decision.refused}`)
      return roomWith(after(decision.reduce(evolve, state), facts))
    },
  }
}

/** What these commands bring about, one after the other; the first refusal ends it. */
function decided(state: RoomState, [first, ...rest]: Said[], instant: Ms): Decision {
  if (!first) return []
  const decision = decide(state, deepFreeze(typeof first === 'function' ? first(state) : first), instant)
  if (isRefusal(decision)) return decision
  const next = decided(decision.reduce(evolve, state), rest, instant)
  return isRefusal(next) ? next : [...decision, ...next]
}

/** An event without when, by whom and by which command: `decide` adds those to all alike. */
function factOf(event: RoomEvent): object {
  const { secret, ...open } = without(unplaced(event), 'at', 'by')
  const rest = secret && without(secret, 'commandId')
  return rest && Object.keys(rest).length > 0 ? { ...open, secret: rest } : open
}

/** As the factories of events make it; tests of a press's place look at the state. */
function unplaced(event: RoomEvent): RoomEvent {
  if (event.type === 'buzzed') return { ...event, arrival: 0 }
  return event.type === 'floorGiven' ? { ...event, press: somePress(event.seat) } : event
}

const without = <T extends object, Key extends keyof T>(value: T, ...keys: Key[]) =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key as Key))) as Omit<T, Key>
