import { secondsFor, stageOf, votesMs, type RoomState, type Turn } from '@knopka/shared/game'
import type { Ms } from '@knopka/shared/ids'

/** A clock that the hall watches. */
interface Clock {
  endsAt: Ms
  totalMs: Ms
  /** Since when it stands still, in a pause. */
  stillAt: Ms | null
}

const second = 1000

/** How long this question stays open to presses, choices or words; `null`: until the host decides. */
export const openSeconds = ({ rules }: RoomState, turn: Turn): number | null => secondsFor(rules, turn)

/** Of the buzzers, of everyone's answers, of the answer given aloud or of the hall's vote, whichever runs; `null` where the host decides. */
export function clockOf(state: RoomState): Clock | null {
  const { phase, rules, pausedAt: stillAt, turn } = state
  if (phase !== 'playing' || !turn) return null
  const stage = stageOf(turn)
  const jury = turn.floor?.jury
  // What the hall has heard is not timed any more, though the clock of the answer runs on.
  if (jury) return jury.split ? null : clock(jury.endsAt, votesMs / second, stillAt)
  if (stage === 'answering' && !turn.floor?.timedOut) return clock(turn.floor?.endsAt, rules.answerSeconds, stillAt)
  return stage === 'open' ? clock(turn.endsAt, openSeconds(state, turn), stillAt) : null
}

function clock(endsAt: Ms | null | undefined, seconds: number | null, stillAt: Ms | null): Clock | null {
  return typeof endsAt !== 'number' || seconds === null ? null : { endsAt, totalMs: seconds * second, stillAt }
}

/** How much is left, in ms; a clock of another machine never shows more than the whole. */
export const leftMs = ({ endsAt, totalMs, stillAt }: Clock, now: Ms): Ms =>
  Math.min(totalMs, Math.max(0, endsAt - (stillAt ?? now)))

/** What the digits say: 1 until the very end. */
export const secondsLeft = (clock: Clock, now: Ms): number => Math.ceil(leftMs(clock, now) / second)

/** Whether the hall hears a tick as the digits step from one figure to the next. */
export const ticks = (before: number | null, after: number | null): boolean =>
  before !== null && after === before - 1 && after >= 1 && after <= 5

/** `12:05`, and above an hour `1:02:05`. */
export function countdown(leftMs: Ms): string {
  const seconds = Math.ceil(leftMs / second)
  const digits = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return `${hours > 0 ? `${hours}:${digits(minutes)}` : minutes}:${digits(seconds % 60)}`
}
