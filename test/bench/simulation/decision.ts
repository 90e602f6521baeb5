import { clearsBy, isCleared, presets, scorePress, spentBy, type Scored, type Truth } from '@knopka/shared/fair'
import { falseStartMs } from '@knopka/shared/game'
import type { Ms } from '@knopka/shared/ids'
import type { Seat } from './seat.ts'

/** Where all are in places of their own; in one room nobody is waited for as long. */
const { windowMs } = presets.screen
const tieMs = 2

export interface Decision {
  winner: number
  delayMs: Ms
}

interface Counted {
  seat: number
  at: Ms
  scoreMs: Ms
}

/**
 * The collection window of one round, over presses that have all come: the earliest instant at which nobody who is
 * silent can still be first, or the cap.
 * @param tieBreak a number per seat, secret until the decision; the least one wins a tie
 */
export function decideRound(
  seats: readonly Seat[],
  opensAt: Ms,
  truth: Truth,
  tieBreak: (seat: number) => number,
): Decision | null {
  const arrivals = seats
    .flatMap(({ presses }, seat) => presses.map(({ press, cameAt }) => ({ press, cameAt, seat })))
    .sort((a, b) => a.cameAt - b.cameAt)
  const queue: Counted[] = []
  let firstAt = Infinity
  let decidedAt = Infinity
  for (const { press, cameAt, seat: index } of arrivals) {
    if (queue.some(({ seat }) => seat === index)) continue
    const seat = seats[index] as Seat
    const scored = scorePress(seat.link, seat.trust, { ...press, cameAt }, seat.evidenceAt(cameAt), { opensAt, truth })
    const isEarly = cameAt <= decidedAt && isFalseStart(seat, scored)
    seat.trust = isEarly ? spentBy(seat.trust, scored.trust) : scored.trust
    if (cameAt > decidedAt || isEarly) continue
    firstAt = Math.min(firstAt, cameAt)
    queue.push({ seat: index, at: scored.at, scoreMs: scored.scoreMs })
    decidedAt = Math.min(firstAt + windowMs, allClearedAt(seats, queue, cameAt))
  }
  return queue.length === 0 ? null : { winner: first(queue, tieBreak), delayMs: decidedAt - firstAt }
}

/** A press before the light costs a pause, and so does each one within the pause. */
function isFalseStart(seat: Seat, { at, scoreMs }: Scored): boolean {
  if (scoreMs >= 0 && at >= seat.lockedUntil) return false
  seat.lockedUntil = at + falseStartMs
  return true
}

function allClearedAt(seats: readonly Seat[], queue: readonly Counted[], now: Ms): Ms {
  const best = Math.min(...queue.map(({ at }) => at))
  let last = now
  seats.forEach((seat, index) => {
    if (seat.lockedUntil > now || queue.some((counted) => counted.seat === index)) return
    last = Math.max(last, clearedAt(seat, best, now))
  })
  return last
}

/** Asked whenever something is heard of the phone, and when it would be cleared by time alone. */
function clearedAt({ link, answers }: Seat, best: Ms, now: Ms): Ms {
  const from = answers.findLastIndex(({ cameAt }) => cameAt <= now)
  const heard = answers[from]
  let silent = { link, phoneClock: heard?.phoneClock ?? 0, heardAt: heard?.cameAt ?? -Infinity }
  if (isCleared(silent, best, now)) return now
  for (const { cameAt, phoneClock } of answers.slice(from + 1)) {
    const byTime = clearsBy(silent, best)
    if (byTime <= cameAt) return byTime
    silent = { link, phoneClock, heardAt: cameAt }
    if (isCleared(silent, best, cameAt)) return cameAt
  }
  return clearsBy(silent, best)
}

function first(queue: readonly Counted[], tieBreak: (seat: number) => number): number {
  const best = Math.min(...queue.map(({ scoreMs }) => scoreMs))
  const tied = queue.filter(({ scoreMs }) => scoreMs <= best + tieMs)
  return tied.reduce((a, b) => (tieBreak(b.seat) < tieBreak(a.seat) ? b : a)).seat
}
