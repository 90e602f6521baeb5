import type { Ms } from '../ids.ts'
import type { Lighting } from './commands.ts'
import type { Draft } from './events.ts'
import { nextInQueue, someoneIsLeft } from './ask.ts'
import type { Press, RoomState, Rules, Turn } from './state.ts'

const second = 1000

/** The buzzers, or the choices, open as soon as the light can be everywhere, for as long as the rules say. */
export function opening({ rules }: RoomState, turn: Turn, now: Ms, { leadMs, tieHash, tieSecret }: Lighting): Draft {
  const opensAt = now + leadMs
  const endsAt = inSeconds(opensAt, secondsFor(rules, turn))
  const options = turn.choosing ? { options: (turn.secret.choices ?? []).map(({ text }) => text) } : {}
  const { open, secret } = unsealing(rules, turn)
  return {
    type: 'buzzersOpened',
    turn: turn.turn,
    opensAt,
    endsAt,
    tieHash,
    ...options,
    ...open,
    secret: { tieSecret, ...secret },
  }
}

/** The question itself, where stakes came before it: on phones only if they show it at all. */
export function unsealing(
  { textOnPhones }: Rules,
  { text, secret }: Turn,
): Record<'open' | 'secret', { text?: string }> {
  const { sealed, text: told } = secret
  if (sealed === undefined || text !== null || told !== undefined) return { open: {}, secret: {} }
  return textOnPhones ? { open: { text: sealed }, secret: {} } : { open: {}, secret: { text: sealed } }
}

/** Words of a final need some time also where the round is played by the buzzer. */
const finalSeconds = 60

/** How long people may press, choose or type; `null`: until the host decides. */
export function secondsFor({ pressSeconds, choices, typing }: Rules, turn: Turn): number | null {
  if (turn.choosing) return choices?.seconds ?? null
  if (turn.typing) return typing ? typing.seconds : finalSeconds
  return pressSeconds
}

/** This seat may answer from now on, for as long as the rules say. */
export function floor({ rules, secret }: RoomState, { turn, presses }: Turn, press: Press, now: Ms): Draft {
  const called = press.called ?? presses.filter(({ called }) => called !== null).length
  const percent = secret.extraTime?.[press.seat] ?? 0
  const endsAt = inSeconds(now, rules.answerSeconds && (rules.answerSeconds * (100 + percent)) / 100)
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
