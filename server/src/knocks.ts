import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

/** Counts what may be guessed or flooded, per address. A whole venue is one address, so a right PIN costs nothing. */
export interface Knocks {
  wrongPin: Limit
  newRoom: Limit
}

export interface Limit {
  /** @returns seconds to wait, or 0 when this address may go on */
  waitSeconds(address: string): Promise<number>
  count(address: string): Promise<void>
}

const minute = 60

export const createKnocks = (): Knocks => ({ wrongPin: limit(30, minute), newRoom: limit(20, minute) })

function limit(points: number, duration: number): Limit {
  const limiter = new RateLimiterMemory({ points, duration })
  return {
    async waitSeconds(address) {
      const spent = await limiter.get(address)
      return spent && spent.remainingPoints <= 0 ? Math.max(1, Math.ceil(spent.msBeforeNext / 1000)) : 0
    },
    async count(address) {
      await limiter.consume(address).catch((full: unknown) => {
        if (!(full instanceof RateLimiterRes)) throw full
      })
    },
  }
}
