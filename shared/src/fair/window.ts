import type { Ms } from '../ids.ts'
import type { Link } from './link.ts'

/** A message may overtake a press inside the page by this much. */
const overtakeMs = 20
const lateMs = 22
/** Who was not heard of for this long is not waited for. */
const silentMs = 1000

/** What is known of someone who has not pressed yet. */
export interface Silent {
  link: Link
  /** The latest reading of the phone's clock that has come in. */
  phoneClock: Ms
  /** When it came. */
  heardAt: Ms
}

/**
 * Whether no press of this phone that would beat `best` can still be on its way: messages come in order, so one that
 * was sent later, or a time in which 99 of 100 presses would have come, says so.
 * @param best the earliest press so far, on the server's clock
 */
export function isCleared(silent: Silent, best: Ms, now: Ms): boolean {
  return silent.phoneClock - silent.link.offsetMs > best + overtakeMs || now >= clearsBy(silent, best)
}

/** When {@link isCleared} becomes true by itself. */
export const clearsBy = ({ link, heardAt }: Silent, best: Ms): Ms =>
  Math.min(best + link.uplinkMostMs + lateMs, heardAt + silentMs)
