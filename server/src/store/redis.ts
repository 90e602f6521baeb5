import type { RoomEvent } from '@knopka/shared/game'
import type { Ms, Pin } from '@knopka/shared/ids'
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible'
import { Audience } from './redis-audience.ts'
import { Channels } from './redis-channels.ts'
import { RedisClock } from './redis-clock.ts'
import { connect } from './redis-connect.ts'
import { Outage } from './redis-faults.ts'
import { RedisLink } from './redis-link.ts'
import { Trail } from './redis-trail.ts'
import type { Allowance, Appended, RoomStore, Shelf, Signals, Store } from './store.ts'

export interface RedisOptions {
  /** One address, or several of a cluster: `redis://:password@10.0.0.7:6379/0`, `rediss://` for TLS. */
  urls: string[]
  /** How long a room lives after its last event. */
  roomTtlMs: Ms
  /** Told once when Redis is lost; it is looked for until it is back. */
  onFault?: (fault: Error) => void
  /** The node's own clock, on which that of Redis is mapped; else that of the process. */
  monotonic?: () => Ms
}

/** Clocks are compared, and silent connections asked whether they live. */
const beatMs = 10_000

// All that belongs to a room has a name with the same part in braces: a cluster keeps it on one node.
const logOf = (pin: Pin) => `{room:${pin}}:log`
const commitsOf = (pin: Pin) => `{room:${pin}}:commits`
const signalsOf = (pin: Pin) => `{room:${pin}}:signals`
const shelfKey = (key: string) => `shelf:${key}`

/**
 * Everything in Redis 7 or newer, for any number of processes at once.
 * @throws {Error} says what to do, where it cannot be used
 */
export async function openRedisStore(options: RedisOptions): Promise<Store> {
  const { urls, roomTtlMs, onFault = () => {}, monotonic } = options
  const link = new RedisLink(await connect(urls), new Outage(onFault))
  const channels = new Channels(link)
  const clock = new RedisClock(() => timeOf(link), monotonic)
  await clock.sync().catch(async (fault: unknown) => {
    await link.close()
    throw fault
  })
  const beat = setInterval(() => {
    channels.beat()
    // Without an answer the clock goes on as it did.
    clock.sync().catch(() => {})
  }, beatMs).unref()
  return {
    rooms: new RedisRooms(link, channels, roomTtlMs),
    shelf: new RedisShelf(link),
    signals: new RedisSignals(link, channels),
    limiter: (allowance) => limiterFor(link, allowance),
    now: () => clock.now(),
    check: () => link.check(),
    async close() {
      clearInterval(beat)
      await link.close()
      channels.close()
    },
  }
}

/** Always the same node of a cluster: each has a clock of its own. */
async function timeOf(link: RedisLink): Promise<Ms> {
  const [seconds, micros] = await link.ask((client) => client.timeAt('{clock}'))
  return Number(seconds) * 1000 + Number(micros) / 1000
}

/** While Redis is away each node counts for itself: nobody is locked out, and not everything let through. */
function limiterFor({ client }: RedisLink, { name, points, seconds }: Allowance): RateLimiterRedis {
  const limits = { points, duration: seconds }
  return new RateLimiterRedis({
    ...limits,
    storeClient: client,
    keyPrefix: `limit:${name}`,
    rejectIfRedisNotReady: true,
    insuranceLimiter: new RateLimiterMemory(limits),
  })
}

class RedisRooms implements RoomStore {
  #link: RedisLink
  #ttlMs: Ms
  #followers: Audience<Appended>

  constructor(link: RedisLink, channels: Channels, ttlMs: Ms) {
    this.#link = link
    this.#ttlMs = wholeMs(ttlMs)
    this.#followers = new Audience(channels, commitsOf, (pin, tell) => new Trail(logOf(pin), tell))
  }

  async read(pin: Pin, from: number): Promise<RoomEvent[]> {
    const lines = await this.#link.ask((client) => client.lrange(logOf(pin), from, -1))
    return lines.map((line) => JSON.parse(line) as RoomEvent)
  }

  async append(pin: Pin, expected: number, events: RoomEvent[], ttlMs?: Ms): Promise<'appended' | 'conflict'> {
    const lines = events.map((event) => JSON.stringify(event))
    const keptMs = ttlMs === undefined ? this.#ttlMs : wholeMs(ttlMs)
    return this.#link.ask((client) => client.appendToLog(logOf(pin), commitsOf(pin), expected, keptMs, lines))
  }

  follow(pin: Pin, onCommit: (commit: Appended) => void): Promise<() => void> {
    return this.#followers.add(pin, onCommit)
  }

  async erase(pin: Pin): Promise<void> {
    await this.#link.ask((client) => client.eraseLog(logOf(pin), commitsOf(pin)))
  }
}

class RedisShelf implements Shelf {
  #link: RedisLink

  constructor(link: RedisLink) {
    this.#link = link
  }

  async put(key: string, value: unknown, ttlMs: Ms | null): Promise<void> {
    const line = JSON.stringify(value)
    await this.#link.ask((client) =>
      ttlMs === null ? client.set(shelfKey(key), line) : client.set(shelfKey(key), line, 'PX', wholeMs(ttlMs)),
    )
  }

  async get(key: string): Promise<unknown> {
    const line = await this.#link.ask((client) => client.get(shelfKey(key)))
    return line === null ? null : JSON.parse(line)
  }

  async putIfAbsent(key: string, value: unknown): Promise<unknown> {
    const line = JSON.stringify(value)
    const there = await this.#link.ask((client) => client.set(shelfKey(key), line, 'NX', 'GET'))
    return JSON.parse(there ?? line)
  }

  async delete(key: string): Promise<void> {
    await this.#link.ask((client) => client.del(shelfKey(key)))
  }

  async gather(key: string, members: string[], ttlMs: Ms | null): Promise<void> {
    const endsIn = ttlMs === null ? '' : wholeMs(ttlMs)
    await this.#link.ask((client) => client.gatherInSet(shelfKey(key), endsIn, members))
  }

  gathered(key: string): Promise<string[]> {
    return this.#link.ask((client) => client.smembers(shelfKey(key)))
  }

  async count(key: string, steps: Record<string, number>): Promise<void> {
    const pairs = Object.entries(steps).flat()
    await this.#link.ask((client) => client.addToCounters(shelfKey(key), pairs))
  }

  async counts(key: string): Promise<Record<string, number>> {
    const counters = await this.#link.ask((client) => client.hgetall(shelfKey(key)))
    return Object.fromEntries(Object.entries(counters).map(([name, count]) => [name, Number(count)]))
  }

  async renew(key: string, ttlMs: Ms): Promise<void> {
    await this.#link.ask((client) => client.pexpire(shelfKey(key), wholeMs(ttlMs)))
  }
}

class RedisSignals implements Signals {
  #link: RedisLink
  #listeners: Audience<unknown>

  constructor(link: RedisLink, channels: Channels) {
    this.#link = link
    this.#listeners = new Audience(channels, signalsOf, (_pin, tell) => ({
      // What was said before is nobody's news any more.
      catchUp: () => Promise.resolve(),
      hear: (line) => void tell(() => JSON.parse(line) as unknown),
    }))
  }

  tell(pin: Pin, message: unknown): void {
    if (!this.#link.isReady) return
    this.#link.client.spublish(signalsOf(pin), JSON.stringify(message)).catch(() => {})
  }

  hear(pin: Pin, onMessage: (message: unknown) => void): Promise<() => void> {
    return this.#listeners.add(pin, onMessage)
  }
}

/** Redis takes no fractions, and no time that is over already. */
const wholeMs = (ms: Ms): Ms => Math.max(1, Math.ceil(ms))
