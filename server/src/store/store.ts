import type { RoomEvent } from '@knopka/shared/game'
import type { Ms, Pin } from '@knopka/shared/ids'
import type { RateLimiterAbstract } from 'rate-limiter-flexible'

/** Events that were added to a log together; `from` is its length before them. None from 0 on: the log was erased. */
export interface Appended {
  from: number
  events: RoomEvent[]
}

/** The logs of all rooms. */
export interface RoomStore {
  /**
   * [RS1] Events after the first `from`, oldest first.
   * [RS2] `[]` for a PIN that was never used, or whose time is over.
   */
  read(pin: Pin, from: number): Promise<RoomEvent[]>

  /**
   * [RS3] Adds all events or none, only if the log holds exactly `expected` events: fewer are a conflict too.
   * [RS4] Durable when it resolves, and seen by every read from then on.
   * [RS5] Of several writers at once that expect the same, one wins.
   * [RS6] Renews the room's time to live. When that is over the PIN is free, to be opened by `append(pin, 0, …)`.
   * @param events at least one, made of what JSON can say; a property that is `undefined` is left out
   * @param ttlMs how long the room is kept from now on; otherwise as long as the store keeps rooms
   */
  append(pin: Pin, expected: number, events: RoomEvent[], ttlMs?: Ms): Promise<'appended' | 'conflict'>

  /**
   * [RS7] From when it resolves on, tells every append by anyone: in the log's order, none missing, none after the
   * returned function was called.
   */
  follow(pin: Pin, onCommit: (commit: Appended) => void): Promise<() => void>

  /**
   * [RS8] Removes the log for good: nobody reads any of it from when it resolves on, and the PIN is free, as when its
   * time is over. Tells those who follow, in the log's order, by a commit of no events from 0. Does no harm where there
   * is nothing.
   */
  erase(pin: Pin): Promise<void>
}

/**
 * What outlives rooms, by key. A key holds a value, or a set, or counters, and is only ever asked for what it holds.
 * Values are made of what JSON can say. Durable when its promises resolve.
 */
export interface Shelf {
  /** [SH1] Takes the place of what was there. @param ttlMs how long it is kept; `null`: until it is deleted */
  put(key: string, value: unknown, ttlMs: Ms | null): Promise<void>

  /** [SH2] The value, or `null` where there is none or its time is over. */
  get(key: string): Promise<unknown>

  /** [SH3] Keeps what is there, else puts `value` without an end. @returns the value that stands, for all alike */
  putIfAbsent(key: string, value: unknown): Promise<unknown>

  /** [SH4] Whatever it holds. Does no harm where there is nothing. */
  delete(key: string): Promise<void>

  /**
   * [SH5] Adds to a set: none of several writers at once loses what another adds, and to add twice is to add once.
   * Renews the time to live of the whole set. @param ttlMs how long it is kept; `null`: until it is deleted
   */
  gather(key: string, members: string[], ttlMs: Ms | null): Promise<void>

  /** The members, each once, in no particular order; `[]` where there is no set or its time is over. */
  gathered(key: string): Promise<string[]>

  /**
   * [SH6] Adds to named counters, all together; none of several writers at once loses what another adds. Kept until it
   * is deleted. Where the store fails meanwhile nobody knows whether it was added, or was added twice.
   * @param steps whole numbers
   */
  count(key: string, steps: Record<string, number>): Promise<void>

  /** The counters by name; `{}` where nothing was counted. */
  counts(key: string): Promise<Record<string, number>>

  /** [SH7] What is there, whatever it holds, is kept so long from now on. Does no harm where there is nothing. */
  renew(key: string, ttlMs: Ms): Promise<void>
}

/** What is no fact of the game, such as who is connected where. Best effort: kept nowhere, and any message may be lost. */
export interface Signals {
  /** [SG1] Reaches all who hear this room now, at every node, the teller's own too. Never throws, never waits. */
  tell(pin: Pin, message: unknown): void

  /** [SG2] Messages of one teller come in the order in which they were told; none after the returned function was called. */
  hear(pin: Pin, onMessage: (message: unknown) => void): Promise<() => void>
}

/** So many `points` in so many `seconds`, for each key, counted over all nodes together. */
export interface Allowance {
  /** Keeps its counts apart from those of other allowances. */
  name: string
  points: number
  seconds: number
}

export interface Store {
  rooms: RoomStore
  shelf: Shelf
  signals: Signals

  /** [AL1] Counts what one address may ask of all nodes. */
  limiter(allowance: Allowance): RateLimiterAbstract

  /** [ST1] The one clock, since the Unix epoch: it never goes back while the store is open. */
  now(): Ms

  /** [ST3] Resolves if the store can be asked now. @throws when it cannot be reached, or not soon */
  check(): Promise<void>

  /** [ST2] Finishes what was begun; whatever is asked of the store afterwards is rejected. */
  close(): Promise<void>
}
