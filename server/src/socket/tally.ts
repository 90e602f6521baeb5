import type { Ms } from '@knopka/shared/ids'

const windowMs = 1000

/** Counts what comes within a second. One number a message, no timer and no promise: a flood must not cost more. */
export class Tally {
  #count = 0
  #since: Ms = -Infinity

  /** Counts one more. @param now of a monotonic clock @returns how many there were in this second, with this one */
  add(now: Ms): number {
    if (now - this.#since >= windowMs) {
      this.#since = now
      this.#count = 0
    }
    return ++this.#count
  }

  /** Whether nothing of it matters any more. */
  isOver(now: Ms): boolean {
    return now - this.#since >= windowMs
  }
}
