import type { Ms, SeatId } from '../ids.ts'
import type { Draft } from './events.ts'
import type { RoomState } from './state.ts'

const second = 1000

/** The buzzers open now, for as long as the rules say. */
export function opening({ rules }: RoomState, turn: number, now: Ms): Draft {
  return { type: 'buzzersOpened', turn, opensAt: now, endsAt: inSeconds(now, rules.pressSeconds) }
}

/** This seat may answer from now on, for as long as the rules say. */
export function floor({ rules }: RoomState, turn: number, seat: SeatId, now: Ms): Draft {
  return { type: 'floorGiven', turn, seat, endsAt: inSeconds(now, rules.answerSeconds) }
}

const inSeconds = (now: Ms, seconds: number | null) => (seconds === null ? null : now + seconds * second)
