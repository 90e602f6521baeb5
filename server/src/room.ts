import {
  advance,
  blankReplica,
  decide,
  evolve,
  isRefusal,
  nextDeadline,
  type Command,
  type Replica,
  type RefusalCode,
  type RoomEvent,
  type RoomState,
} from '@knopka/shared/game'
import type { Ms, Pin } from '@knopka/shared/ids'
import type { Logger } from 'pino'
import type { Appended, Store } from './store/store.ts'

/** A deadline that the store could not take is said again so much later. */
const tryAgainMs = 1000
/** After the last thing that happened in a study room, it and its notes are kept for a year. */
const studyTtlMs = 365 * 24 * 3_600_000

/** What a log begins with. */
const openings = new Set<RoomEvent['type']>(['roomOpened', 'interviewOpened', 'studyOpened'])

export type Outcome = { ok: true; version: number } | { ok: false; code: RefusalCode }

export type Watcher = (commit: Appended, state: RoomState) => void

interface Waiting {
  command: Command
  resolve: (outcome: Outcome) => void
  reject: (fault: unknown) => void
}

/**
 * One running game on this node: a replica of its log, and a queue in front of it. Everything that waits is decided
 * against the moving state and appended at once, so that one batch per room is in flight.
 */
export class Room {
  readonly pin: Pin
  #store: Store
  #log: Logger
  #replica: Replica = blankReplica
  #waiting: Waiting[] = []
  #running = false
  #latest: Promise<unknown> = Promise.resolve()
  #closed = false
  /** How often the log was erased: what was read before is of a log that is gone. */
  #erasures = 0
  #watchers = new Set<Watcher>()
  #unfollow: () => void = () => {}
  #deadline: NodeJS.Timeout | undefined

  private constructor(pin: Pin, store: Store, log: Logger) {
    this.pin = pin
    this.#store = store
    this.#log = log.child({ room: pin })
  }

  /** Folds the log and follows it. A PIN that was never used gives a room at version 0. */
  static async load(pin: Pin, store: Store, log: Logger): Promise<Room> {
    const room = new Room(pin, store, log)
    room.#unfollow = await store.rooms.follow(pin, (commit) => room.#follow(commit))
    try {
      await room.#catchUp()
      return room
    } catch (fault) {
      room.close()
      throw fault
    }
  }

  get state(): RoomState {
    return this.#replica.state
  }

  get version(): number {
    return this.#replica.version
  }

  /** Resolves once it is decided and durable. @throws when the store fails; saying it again is then harmless */
  submit(command: Command): Promise<Outcome> {
    const outcome = new Promise<Outcome>((resolve, reject) => {
      this.#waiting.push({ command, resolve, reject })
      if (!this.#running) void this.#run()
    })
    this.#latest = outcome
    return outcome
  }

  /** Resolves when all that was submitted here up to now has been decided, and is in the log. */
  async drained(): Promise<void> {
    await this.#latest.catch(() => {})
  }

  /** Calls `watcher` with every commit from now on, in the log's order. @returns a function that ends it */
  watch(watcher: Watcher): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  close(): void {
    this.#closed = true
    this.#unfollow()
    clearTimeout(this.#deadline)
    this.#watchers.clear()
  }

  async #run(): Promise<void> {
    this.#running = true
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0)
      try {
        await this.#settle(batch)
      } catch (fault) {
        // Nobody knows whether the batch is in the log: whoever asks again, finds out.
        batch.forEach(({ reject }) => reject(fault))
        await this.#catchUp().catch((again: unknown) => this.#log.error({ err: again }, 'the log cannot be read'))
      }
    }
    this.#running = false
  }

  async #settle(batch: Waiting[]): Promise<void> {
    for (;;) {
      const from = this.version
      const { events, outcomes, state } = this.#decideAll(batch)
      const done = events.length === 0 || (await this.#append(from, events, state)) === 'appended'
      if (!done) {
        await this.#catchUp()
        // A conflict without news: the log is shorter than what is known here, for its time was over.
        if (this.version === from) this.#replica = blankReplica
        continue
      }
      // Where nobody else was quicker, what was decided on the way is what folding would give.
      if (this.version === from) this.#take({ from, events }, { version: from + events.length, state })
      batch.forEach(({ resolve }, index) => resolve(outcomes[index] as Outcome))
      return
    }
  }

  /** A team that studies comes back, also after weeks. */
  #append(from: number, events: RoomEvent[], { mode }: RoomState): Promise<'appended' | 'conflict'> {
    return this.#store.rooms.append(this.pin, from, events, mode === 'study' ? studyTtlMs : undefined)
  }

  #decideAll(batch: Waiting[]): { events: RoomEvent[]; outcomes: Outcome[]; state: RoomState } {
    const now = this.#store.now()
    const events: RoomEvent[] = []
    let { state } = this.#replica
    const outcomes = batch.map(({ command }): Outcome => {
      const decision = decide(state, command, now)
      if (isRefusal(decision)) return { ok: false, code: decision.refused }
      state = decision.reduce(evolve, state)
      events.push(...decision)
      return { ok: true, version: this.version + events.length }
    })
    return { events, outcomes, state }
  }

  #follow(commit: Appended): void {
    if (commit.events.length === 0) return this.#forget(commit)
    if (this.#apply(commit) === 'gap') {
      this.#catchUp().catch((fault: unknown) => this.#log.error({ err: fault }, 'the log cannot be read'))
    }
  }

  /** The log was erased: whoever watches sees a room that was never opened. */
  #forget(erasure: Appended): void {
    this.#erasures++
    if (this.version === 0) return
    this.#replica = blankReplica
    this.#watchers.forEach((watcher) => watcher(erasure, this.state))
    this.#armDeadline()
  }

  async #catchUp(): Promise<void> {
    const [from, erasures] = [this.version, this.#erasures]
    const events = await this.#store.rooms.read(this.pin, from)
    if (erasures === this.#erasures) this.#apply({ from, events })
    else await this.#catchUp()
  }

  /** Own commits are applied at once and known already when they come back by subscription. */
  #apply({ from, events }: Appended): 'gap' | undefined {
    // Told again from its beginning, the log is no longer the one that is known here.
    if (from === 0 && this.#isAnother(events)) this.#replica = blankReplica
    const before = this.version
    const next = advance(this.#replica, { from, items: events })
    if (next === 'gap') return next
    this.#take({ from: before, events: events.slice(before - from) }, next)
  }

  /** The PIN was opened anew when its time was over, or the store has lost the log's end: more than the opening is told. */
  #isAnother([first, ...more]: RoomEvent[]): boolean {
    if (this.version === 0 || !first || !openings.has(first.type)) return false
    const { roomId } = (first.secret ?? {}) as { roomId?: string }
    return more.length > 0 || roomId !== this.state.secret.roomId
  }

  #take(news: Appended, next: Replica): void {
    if (news.events.length === 0) return
    this.#replica = next
    this.#watchers.forEach((watcher) => watcher(news, this.state))
    this.#armDeadline()
  }

  /** A deadline is data in the state: whoever holds the room says when it has come, and saying it twice is harmless. */
  #armDeadline(leastMs = 0): void {
    clearTimeout(this.#deadline)
    const deadline = nextDeadline(this.state)
    if (deadline === null || this.#closed) return
    const expire = { type: 'expire', by: 'server', role: 'server', commandId: `expire:${deadline}` } as const
    const ring = () => {
      const early = deadline - this.#store.now()
      if (early > 0) this.#deadline = setTimeout(ring, Math.ceil(early))
      else this.submit(expire).catch((fault: unknown) => this.#missDeadline(deadline, fault))
    }
    this.#deadline = setTimeout(ring, Math.max(leastMs, Math.ceil(deadline - this.#store.now())))
  }

  /** Nobody else may ever say it: an evening in which nothing more happens would wait for it for good. */
  #missDeadline(deadline: Ms, fault: unknown): void {
    this.#log.error({ err: fault }, 'a deadline was not kept')
    if (nextDeadline(this.state) === deadline) this.#armDeadline(tryAgainMs)
  }
}
