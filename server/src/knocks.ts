import type { Ms } from '@knopka/shared/ids'
import { RateLimiterRes } from 'rate-limiter-flexible'
import type { Allowance, Store } from './store/store.ts'

/** Counts what may be guessed or flooded, per address. A whole venue is one address, so what is right costs nothing. */
export interface Knocks {
  wrongPin: Limit
  newRoom: Limit
  wrongPassword: Limit
  group: Limit
  /** Of a plan or a scorecard. */
  wrongKey: Limit
  progress: Limit
}

export interface Limit {
  /** @returns seconds to wait, or 0 when this address may go on */
  waitSeconds(address: string): Promise<number>
  /** Counts one more. @returns seconds to wait when it was one too many, or 0 */
  take(address: string): Promise<number>
}

const minute = 60
/** Who may go on is not looked up again at once: a whole venue comes in from one address. */
const freeMs = 1000
const mostFree = 1000

export const createKnocks = (store: Store): Knocks => ({
  wrongPin: limit(store, { name: 'wrong-pin', points: 30, seconds: minute }),
  newRoom: limit(store, { name: 'new-room', points: 20, seconds: minute }),
  wrongPassword: limit(store, { name: 'wrong-password', points: 10, seconds: minute }),
  group: limit(store, { name: 'group', points: 60, seconds: minute }),
  wrongKey: limit(store, { name: 'wrong-key', points: 30, seconds: minute }),
  // A whole team is one address, and a hundred thousand reviews come in fifty parts.
  progress: limit(store, { name: 'progress', points: 300, seconds: minute }),
})

function limit(store: Store, allowance: Allowance): Limit {
  const limiter = store.limiter(allowance)
  const free = new Map<string, Ms>()
  return {
    async waitSeconds(address) {
      if ((free.get(address) ?? -Infinity) > performance.now()) return 0
      const spent = await limiter.get(address)
      if (spent && spent.remainingPoints <= 0) return secondsLeft(spent)
      if (free.size >= mostFree) free.clear()
      free.set(address, performance.now() + freeMs)
      return 0
    },
    async take(address) {
      free.delete(address)
      try {
        await limiter.consume(address)
        return 0
      } catch (full) {
        if (full instanceof RateLimiterRes) return secondsLeft(full)
        throw full
      }
    },
  }
}

const secondsLeft = ({ msBeforeNext }: RateLimiterRes) => Math.max(1, Math.ceil(msBeforeNext / 1000))
