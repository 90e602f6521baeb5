import { performance } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'

/** How busy the load itself was while it measured: a load that never waits measures itself. */
export class Busy {
  #shares: number[] = []

  /** @returns a function that ends the stretch */
  watch(): () => void {
    const before = performance.eventLoopUtilization()
    return () => void this.#shares.push(performance.eventLoopUtilization(before).utilization)
  }

  /** 0 to 1. */
  get share(): number {
    return this.#shares.reduce((sum, share) => sum + share, 0) / Math.max(1, this.#shares.length)
  }
}

/** People take their time: the server's own timers must not beat with ours. */
export const pause = (leastMs: number, mostMs: number): Promise<void> =>
  setTimeout(leastMs + Math.random() * (mostMs - leastMs))
