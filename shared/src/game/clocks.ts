import type { Ms } from '../ids.ts'
import type { Lighting } from './commands.ts'
import type { Draft } from './events.ts'
import { nextInQueue, someoneIsLeft } from './ask.ts'
import type { Press, RoomState, Turn } from './state.ts'

const second = 1000

/** The buzzers, or the choices, open as soon as the light can be everywhere, for as long as the rules say. */
export function opening(
  { rules }: RoomState,
  { turn, choosing, secret }: Turn,
  now: Ms,
  { leadMs, tieHash, tieSecret }: Lighting,
): Draft {
  const opensAt = now + leadMs
  const endsAt = inSeconds(opensAt, choosing ? (rules.choices?.seconds ?? null) : rules.pressSeconds)
  const options = choosing ? { options: (secret.choices ?? []).map(({ text }) => text) } : {}
  return { type: 'buzzersOpened', turn, opensAt, endsAt, tieHash, ...options, secret: { tieSecret } }
}

/** This seat may answer from now on, for as long as the rules say. */
export function floor({ rules }: RoomState, { turn, presses }: Turn, press: Press, now: Ms): Draft {
  const called = press.called ?? presses.filter(({ called }) => called !== null).length
  const endsAt = inSeconds(now, rules.answerSeconds)
  return { type: 'floorGiven', turn, seat: press.seat, press: { ...press, called }, endsAt }
}

const inSeconds = (now: Ms, seconds: number | null) => (seconds === null ? null : now + seconds * second)

/** The order is found: who was first has the floor. Where all of them were removed meanwhile, others may still press. */
export function settled(state: RoomState, turn: Turn, now: Ms): Draft[] {
  const first = nextInQueue(state, turn)
  if (!first) return [withoutPresses(state, turn, now)]
  const { tieSecret } = turn.secret
  return [{ ...floor(state, turn, first, now), ...(tieSecret ? { tieSecret } : {}) }]
}

function withoutPresses(state: RoomState, turn: Turn, now: Ms): Draft {
  const isOver = turn.endsAt !== null && now >= turn.endsAt
  if (!someoneIsLeft(state, turn)) return { type: 'turnClosed', turn: turn.turn, reason: 'nobody' }
  return isOver
    ? { type: 'turnClosed', turn: turn.turn, reason: 'time-out' }
    : { type: 'buzzersKeptOpen', turn: turn.turn }
}
