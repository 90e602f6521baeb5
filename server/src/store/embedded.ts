import { performance } from 'node:perf_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RoomEvent } from '@knopka/shared/game'
import type { Ms, Pin } from '@knopka/shared/ids'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { Data, logFrom, memberKey, membersOf, openTables } from './embedded-data.ts'
import { cannotUse, holdFolder } from './holder.ts'
import { tellAll, type Listener } from './listeners.ts'
import type { Appended, RoomStore, Shelf, Signals, Store } from './store.ts'

export interface EmbeddedOptions {
  /** Where the data lies; made if need be. */
  folder: string
  /** How long a room lives after its last event. */
  roomTtlMs: Ms
  clock?: () => Ms
}

const sweepEveryMs = 3_600_000
/** So many are read before others get their turn. */
const membersAtOnce = 5000

/**
 * Everything in one folder, for one process; no other program is needed.
 * @throws {Error} says what to do, where another process has the folder or it cannot be used
 */
export async function openEmbeddedStore({ folder, roomTtlMs, clock = startClock() }: EmbeddedOptions): Promise<Store> {
  const letGo = await holdFolder(folder)
  try {
    const data = new Data(openTables(folder), clock)
    await data.sweep()
    const sweeping = setInterval(() => void data.sweepAgain(), sweepEveryMs).unref()
    return {
      rooms: new EmbeddedRooms(data, roomTtlMs),
      shelf: new EmbeddedShelf(data),
      signals: new EmbeddedSignals(),
      limiter: ({ points, seconds }) => new RateLimiterMemory({ points, duration: seconds }),
      now: clock,
      check: () => data.look(() => void data.tables.ends.getKeysCount({ limit: 1 })),
      async close() {
        clearInterval(sweeping)
        await data.close()
        await letGo()
      },
    }
  } catch (fault) {
    await letGo()
    return cannotUse(folder, fault)
  }
}

/** The wall clock is read once: set back or forward in the middle of a game, it would move every deadline. */
function startClock(): () => Ms {
  const epoch = Date.now() - performance.now()
  return () => epoch + performance.now()
}

/** Who listens to a room in this process. */
class Listeners<Message> {
  #byPin = new Map<Pin, Set<Listener<Message>>>()

  add(pin: Pin, onMessage: Listener<Message>): () => void {
    // A function of its own for each, so that who listens twice hears twice and leaves once at a time.
    const listener = (message: Message) => onMessage(message)
    const listeners = this.#byPin.get(pin) ?? new Set()
    this.#byPin.set(pin, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0 && this.#byPin.get(pin) === listeners) this.#byPin.delete(pin)
    }
  }

  tell(pin: Pin, message: () => Message): void {
    const listeners = this.#byPin.get(pin)
    if (listeners) tellAll(listeners, message)
  }
}

class EmbeddedSignals implements Signals {
  #listeners = new Listeners<unknown>()

  tell(pin: Pin, message: unknown): void {
    const line = JSON.stringify(message)
    this.#listeners.tell(pin, () => JSON.parse(line) as unknown)
  }

  hear(pin: Pin, onMessage: (message: unknown) => void): Promise<() => void> {
    return Promise.resolve(this.#listeners.add(pin, onMessage))
  }
}

class EmbeddedRooms implements RoomStore {
  #data: Data
  #ttlMs: Ms
  #followers = new Listeners<Appended>()

  constructor(data: Data, ttlMs: Ms) {
    this.#data = data
    this.#ttlMs = ttlMs
  }

  read(pin: Pin, from: number): Promise<RoomEvent[]> {
    return this.#data.look(() => {
      if (this.#data.isOver('room', pin)) return []
      return [...this.#data.tables.log.getRange(logFrom(pin, from))].map(({ value }) => JSON.parse(value) as RoomEvent)
    })
  }

  async append(pin: Pin, expected: number, events: RoomEvent[], ttlMs = this.#ttlMs): Promise<'appended' | 'conflict'> {
    const lines = events.map((event) => JSON.stringify(event))
    return this.#data.write('room', pin, async () => {
      const { log, ends } = this.#data.tables
      if (expected > 0 && !log.doesExist([pin, expected - 1])) return 'conflict'
      const written = await log.ifNoExists([pin, expected], () => {
        lines.forEach((line, index) => void log.put([pin, expected + index], line))
        void ends.put(['room', pin], this.#data.now() + ttlMs)
      })
      if (!written) return 'conflict'
      this.#followers.tell(pin, () => ({ from: expected, events: lines.map((line) => JSON.parse(line) as RoomEvent) }))
      return 'appended'
    })
  }

  follow(pin: Pin, onCommit: (commit: Appended) => void): Promise<() => void> {
    return Promise.resolve(this.#followers.add(pin, onCommit))
  }

  erase(pin: Pin): Promise<void> {
    return this.#data.eraseLog(pin, () => this.#followers.tell(pin, () => ({ from: 0, events: [] })))
  }
}

class EmbeddedShelf implements Shelf {
  #data: Data

  constructor(data: Data) {
    this.#data = data
  }

  async put(key: string, value: unknown, ttlMs: Ms | null): Promise<void> {
    const line = JSON.stringify(value)
    return this.#data.write('shelf', key, () => this.#write(key, line, ttlMs))
  }

  get(key: string): Promise<unknown> {
    return this.#data.look(() => (this.#data.isOver('shelf', key) ? null : this.#read(key)))
  }

  async putIfAbsent(key: string, value: unknown): Promise<unknown> {
    const line = JSON.stringify(value)
    return this.#data.write('shelf', key, async () => {
      if (!this.#data.tables.shelf.doesExist(key)) await this.#write(key, line, null)
      return this.#read(key)
    })
  }

  delete(key: string): Promise<void> {
    return this.#data.remove('shelf', key)
  }

  async gather(key: string, added: string[], ttlMs: Ms | null): Promise<void> {
    const { root, members } = this.#data.tables
    const rows = added.map((member) => [memberKey(key, member), member] as const)
    return this.#data.write('shelf', key, async () => {
      await root.batch(() => {
        for (const [row, member] of rows) void members.put(row, member)
        this.#endIn(key, ttlMs)
      })
    })
  }

  async gathered(key: string): Promise<string[]> {
    // A set of yesterday lies in one piece.
    const found = new Set(((await this.get(key)) ?? []) as string[])
    const { end, start: first } = membersOf(key)
    let start = first
    for (;;) {
      const rows = this.#data.isOver('shelf', key)
        ? []
        : [...this.#data.tables.members.getRange({ start, end, exclusiveStart: true, limit: membersAtOnce })]
      for (const { value } of rows) found.add(value)
      const last = rows.at(-1)
      if (!last || rows.length < membersAtOnce) return [...found]
      start = last.key
      await nextTurn()
    }
  }

  async count(key: string, steps: Record<string, number>): Promise<void> {
    return this.#data.write('shelf', key, () => {
      const known = new Map(Object.entries((this.#read(key) ?? {}) as Record<string, number>))
      for (const [name, step] of Object.entries(steps)) known.set(name, (known.get(name) ?? 0) + step)
      return this.#write(key, JSON.stringify(Object.fromEntries(known)), null)
    })
  }

  async counts(key: string): Promise<Record<string, number>> {
    return ((await this.get(key)) ?? {}) as Record<string, number>
  }

  async renew(key: string, ttlMs: Ms): Promise<void> {
    return this.#data.write('shelf', key, async () => {
      const { shelf, members, ends } = this.#data.tables
      const isThere = shelf.doesExist(key) || members.getKeysCount({ ...membersOf(key), limit: 1 }) > 0
      if (isThere) await ends.put(['shelf', key], this.#data.now() + ttlMs)
    })
  }

  #read(key: string): unknown {
    const line = this.#data.tables.shelf.get(key)
    return line === undefined ? null : JSON.parse(line)
  }

  async #write(key: string, line: string, ttlMs: Ms | null): Promise<void> {
    const { root, shelf } = this.#data.tables
    await root.batch(() => {
      void shelf.put(key, line)
      this.#endIn(key, ttlMs)
    })
  }

  #endIn(key: string, ttlMs: Ms | null): void {
    const { ends } = this.#data.tables
    if (ttlMs === null) void ends.remove(['shelf', key])
    else void ends.put(['shelf', key], this.#data.now() + ttlMs)
  }
}
