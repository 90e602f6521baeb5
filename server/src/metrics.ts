import type { HandshakeRefusal } from '@knopka/shared/contracts'
import type { Role } from '@knopka/shared/game'
import type { Ms } from '@knopka/shared/ids'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Store } from './store/store.ts'

/** In seconds: from what nobody feels to what everybody does. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

/** Why a connection was ended from here: it did not read, it flooded. */
export type HangUpReason = 'slow' | 'flood'

/** What this process tells of itself: numbers alone, no room, no seat and no address. */
export class Metrics {
  readonly #registry = new Registry()
  readonly #registers = [this.#registry]
  readonly #presses = new Counter({
    name: 'knopka_presses_total',
    help: 'Presses that were answered, by whether they stand. One that is said again is counted again.',
    labelNames: ['outcome'],
    registers: this.#registers,
  })
  readonly #pressToCommit = new Histogram({
    name: 'knopka_press_to_commit_seconds',
    help: 'From the arrival of a press that stands to its being durable in the log.',
    buckets,
    registers: this.#registers,
  })
  readonly #commitToEmit = new Histogram({
    name: 'knopka_commit_to_emit_seconds',
    help: 'From a commit’s coming to this process to its having been handed to the connections of its room.',
    buckets,
    registers: this.#registers,
  })
  readonly #conflicts = new Counter({
    name: 'knopka_conflicts_total',
    help: 'Appends that found the log longer or shorter than expected: another process was first, or a PIN was taken.',
    registers: this.#registers,
  })
  readonly #rooms = new Gauge({
    name: 'knopka_rooms_held',
    help: 'Rooms whose log this process follows, with somebody in them or until a minute after.',
    registers: this.#registers,
  })
  readonly #reconnects = new Counter({
    name: 'knopka_reconnects_total',
    help: 'Handshakes let in by a seat token: a device that was here before, after a lost link, a reload or a restart.',
    registers: this.#registers,
  })
  readonly #refusedKnocks = new Counter({
    name: 'knopka_refused_knocks_total',
    help: 'Handshakes that were refused, by the code that the page was told.',
    labelNames: ['code'],
    registers: this.#registers,
  })
  readonly #hungUp = new Counter({
    name: 'knopka_hung_up_total',
    help: 'Connections that were ended from here, by why: they did not read, or they flooded.',
    labelNames: ['reason'],
    registers: this.#registers,
  })
  readonly #unsent = new Gauge({
    name: 'knopka_unsent_bytes',
    help: 'What waited in this process to be sent, over all connections, when it was last looked at.',
    registers: this.#registers,
  })

  /** Measures the process too: memory, garbage collection, how late the event loop is. That is not for nothing. */
  measureProcess(): void {
    collectDefaultMetrics({ register: this.#registry })
  }

  /** @param count asked at every look */
  watchConnections(count: () => Map<Role, number>): void {
    new Gauge({
      name: 'knopka_connections',
      help: 'Connections that are in a room, by role.',
      labelNames: ['role'],
      registers: this.#registers,
      collect() {
        this.reset()
        for (const [role, number] of count()) this.set({ role }, number)
      },
    })
  }

  pressed(stands: boolean, tookMs: Ms): void {
    this.#presses.inc({ outcome: stands ? 'stands' : 'refused' })
    if (stands) this.#pressToCommit.observe(tookMs / 1000)
  }

  /** A commit was handed to all connections of its room. */
  emitted(tookMs: Ms): void {
    this.#commitToEmit.observe(tookMs / 1000)
  }

  conflicted(): void {
    this.#conflicts.inc()
  }

  held(more: 1 | -1): void {
    this.#rooms.inc(more)
  }

  reconnected(): void {
    this.#reconnects.inc()
  }

  refused(code: HandshakeRefusal['code']): void {
    this.#refusedKnocks.inc({ code })
  }

  hungUp(reason: HangUpReason): void {
    this.#hungUp.inc({ reason })
  }

  unsent(bytes: number): void {
    this.#unsent.set(bytes)
  }

  /** In Prometheus' text format. */
  async text(): Promise<{ type: string; body: string }> {
    return { type: this.#registry.contentType, body: await this.#registry.metrics() }
  }
}

/** The same store, and counted what passes: rooms that are followed, appends that came too late. */
export function measured(store: Store, metrics: Metrics): Store {
  const { rooms } = store
  return {
    rooms: {
      read: (pin, from) => rooms.read(pin, from),
      async append(pin, expected, events, ttlMs) {
        const outcome = await rooms.append(pin, expected, events, ttlMs)
        if (outcome === 'conflict') metrics.conflicted()
        return outcome
      },
      async follow(pin, onCommit) {
        const unfollow = await rooms.follow(pin, onCommit)
        let follows = true
        metrics.held(1)
        return () => {
          if (follows) metrics.held(-1)
          follows = false
          unfollow()
        }
      },
      erase: (pin) => rooms.erase(pin),
    },
    shelf: store.shelf,
    signals: store.signals,
    limiter: (allowance) => store.limiter(allowance),
    now: () => store.now(),
    check: () => store.check(),
    close: () => store.close(),
  }
}
