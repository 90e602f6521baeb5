import { clearsBy, isCleared, presets, scorePress, spentBy, type Scored } from '@knopka/shared/fair'
import { falseStartMs, tieMs } from '@knopka/shared/game'
import type { Ms } from '@knopka/shared/ids'
import type { Seat } from './seat.ts'

export type Setting = keyof typeof presets

/** When the buzzers open, and by which of the product's settings. */
export interface Opening {
  opensAt: Ms
  setting: Setting
  /** From the node at which the first press came in to the other, and back. */
  hopsMs: readonly [there: Ms, back: Ms]
}

/** A press as it was scored, in the order in which they came. */
export interface Heard {
  seat: number
  cameAt: Ms
  scored: Scored
  isEarly: boolean
}

export interface Decision {
  winner: number
  firstAt: Ms
  decidedAt: Ms
  /** All that came until then. */
  heard: Heard[]
}

interface Counted {
  seat: number
  cameAt: Ms
  /** As all nodes would write it, were their clocks one. */
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
  opening: Opening,
  tieBreak: (seat: number) => number,
): Decision | null {
  const arrivals = seats
    .flatMap(({ presses }, seat) => presses.map(({ press, cameAt }) => ({ press, cameAt, seat })))
    .sort((a, b) => a.cameAt - b.cameAt)
  const { setting, hopsMs } = opening
  const { windowMs, truth } = presets[setting]
  const queue: Counted[] = []
  const heard: Heard[] = []
  let firstAt = Infinity
  let decidedAt = Infinity
  for (const { press, cameAt, seat: index } of arrivals) {
    if (queue.some(({ seat }) => seat === index)) continue
    const seat = seats[index] as Seat
    const opensAt = opening.opensAt + seat.skewMs
    const scored = scorePress(seat.link, seat.trust, { ...press, cameAt }, seat.evidenceAt(cameAt), { opensAt, truth })
    const isInTime = cameAt + (isAfar(seat, seats, queue) ? hopsMs[1] : 0) <= decidedAt
    const isEarly = isInTime && isFalseStart(seat, scored)
    seat.trust = isEarly ? spentBy(seat.trust, scored.trust) : scored.trust
    if (isInTime) heard.push({ seat: index, cameAt, scored, isEarly })
    if (!isInTime || isEarly) continue
    firstAt = Math.min(firstAt, cameAt)
    queue.push({ seat: index, cameAt, at: scored.at - seat.skewMs, scoreMs: scored.scoreMs })
    decidedAt = Math.min(firstAt + windowMs, allClearedAt(seats, queue, hopsMs))
  }
  return queue.length === 0 ? null : { winner: first(queue, tieBreak), firstAt, decidedAt, heard }
}

/** A press before the light costs a pause, and so does each one within the pause. */
function isFalseStart(seat: Seat, { at, scoreMs }: Scored): boolean {
  if (scoreMs >= 0 && at >= seat.lockedUntil) return false
  seat.lockedUntil = at + falseStartMs
  return true
}

/** The node at which the first press came in decides; what happens at the other one it hears of a hop later. */
const isAfar = ({ node }: Seat, seats: readonly Seat[], [first]: readonly Counted[]): boolean =>
  first !== undefined && node !== seats[first.seat]?.node

/** Once all who are silent at either node are cleared of what came last, and the one that decides knows of it. */
function allClearedAt(seats: readonly Seat[], queue: readonly Counted[], [there, back]: Opening['hopsMs']): Ms {
  const best = Math.min(...queue.map(({ at }) => at))
  const { cameAt, seat: index } = queue.at(-1) as Counted
  const cameAfar = isAfar(seats[index] as Seat, seats, queue)
  let last = cameAt
  seats.forEach((seat, index) => {
    const afar = isAfar(seat, seats, queue)
    const knownAt = cameAt + (afar === cameAfar ? 0 : afar ? there : back)
    const isSilent = seat.lockedUntil <= knownAt && !queue.some((counted) => counted.seat === index)
    const cleared = isSilent ? clearedAt(seat, best + seat.skewMs, knownAt) : knownAt
    last = Math.max(last, cleared + (afar ? back : 0))
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
