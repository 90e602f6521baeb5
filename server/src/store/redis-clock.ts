import { performance } from 'node:perf_hooks'
import { estimateOffset, type ClockSample } from '@knopka/shared/clock'
import type { Ms } from '@knopka/shared/ids'

/** Probes in a row; the one with the shortest round trip says most. */
const probes = 8
/** How fast a small difference is made up for. Links are measured by this clock, and shall not see it hurry. */
const partsPerMs = 200e-6
/** A larger difference is no drift: another machine has taken over, or this one has slept. */
const jumpMs = 100

/**
 * The clock of Redis, mapped on this process's monotonic clock, so that all nodes read the same time. The wall clock of
 * a node decides nothing.
 */
export class RedisClock {
  #ask: () => Promise<Ms>
  #monotonic: () => Ms
  /** What is added to the monotonic clock: it was `from` at `since`, and goes slowly `to`. */
  #offset: { since: Ms; from: Ms; to: Ms } | null = null
  #last: Ms = -Infinity

  /** @param ask reads the clock of Redis once */
  constructor(ask: () => Promise<Ms>, monotonic: () => Ms = () => performance.now()) {
    this.#ask = ask
    this.#monotonic = monotonic
  }

  /** Compares the clocks. @throws when Redis does not answer; the clock then goes on as it did */
  async sync(): Promise<void> {
    const samples: ClockSample[] = []
    while (samples.length < probes) samples.push(await this.#probe())
    this.#aim(estimateOffset(samples).offsetMs)
  }

  /** Never goes back: where it is ahead of its time, it stands still. */
  now(): Ms {
    const here = this.#monotonic()
    this.#last = Math.max(this.#last, here + this.#offsetAt(here))
    return this.#last
  }

  async #probe(): Promise<ClockSample> {
    const sent = this.#monotonic()
    const there = await this.#ask()
    const here = this.#monotonic()
    return { here, there, rttMs: here - sent }
  }

  #aim(to: Ms): void {
    const since = this.#monotonic()
    const now = this.#offsetAt(since)
    this.#offset = { since, from: Math.abs(to - now) > jumpMs ? to : now, to }
  }

  #offsetAt(here: Ms): Ms {
    if (!this.#offset) return -Infinity
    const { since, from, to } = this.#offset
    const most = (here - since) * partsPerMs
    return from + Math.min(most, Math.max(-most, to - from))
  }
}
