import { randomInt } from 'node:crypto'
import type { Buzz, Probe } from '@knopka/shared/contracts'
import type { Turn } from '@knopka/shared/game'
import type { Ms } from '@knopka/shared/ids'

/** Round trips kept per link; at one probe a second, half a minute. */
const tripsKept = 30

/** What this server measured of one link. */
export class LinkMeter {
  #trips: Ms[] = []
  #pending = new Map<number, Ms>()

  /** The median of the last round trips in ms; `null` before the first. */
  get rttMs(): Ms | null {
    const sorted = [...this.#trips].sort((a, b) => a - b)
    return sorted[Math.floor(sorted.length / 2)] ?? null
  }

  get measured(): number {
    return this.#trips.length
  }

  probe(now: Ms): Probe {
    const nonce = randomInt(2 ** 32)
    this.#pending.set(nonce, now)
    return { nonce, now, rttMs: this.rttMs }
  }

  /** A nonce counts once: an answer that was never asked for, or comes again, says nothing. */
  answered(nonce: number, now: Ms): void {
    const sentAt = this.#pending.get(nonce)
    if (sentAt === undefined) return
    this.#pending.delete(nonce)
    this.#trips = [...this.#trips, now - sentAt].slice(-tripsKept)
  }
}

export interface PressScore {
  scoreMs: Ms
  certaintyMs: Ms
}

/**
 * When a press counts as made, in ms after the buzzers opened, and how far that may be off.
 * Here it is the instant of its arrival, and the error the time that the link may have held it back.
 * @param arrivedAt the store's clock when the message came in
 */
export function scorePress(meter: LinkMeter, _press: Buzz, arrivedAt: Ms, turn: Turn | null): PressScore {
  const opensAt = turn?.opensAt ?? Infinity
  const round = (ms: Ms) => Math.round(ms * 10) / 10
  const scoreMs = Number.isFinite(opensAt) ? round(arrivedAt - opensAt) : -1
  return { scoreMs, certaintyMs: round((meter.rttMs ?? 0) / 2) }
}
