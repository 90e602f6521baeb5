import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Store } from '@knopka/server/store'
import { events, listen, type Heard } from './contract.ts'

/** Appends to rooms two events at a time for as long as it is let, whatever happens to Redis meanwhile. */
export class Writers {
  /** The version of each room that was acknowledged last. */
  readonly acknowledged = new Map<string, number>()
  rejected = 0
  #store: Store
  #appended = 0
  #over = false
  #news = () => {}
  #done: Promise<unknown>

  constructor(store: Store, pins: string[]) {
    this.#store = store
    this.#done = Promise.all(pins.map((pin) => this.#write(pin)))
  }

  /** Resolves after so many more were acknowledged. */
  async appendsMore(count: number): Promise<void> {
    const wanted = this.#appended + count
    await this.#until(() => this.#appended >= wanted)
  }

  async isRejected(): Promise<void> {
    await this.#until(() => this.rejected > 0)
  }

  async stop(): Promise<void> {
    this.#over = true
    await this.#done
  }

  async #until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      await new Promise<void>((resolve) => (this.#news = resolve))
    }
  }

  async #write(pin: string): Promise<void> {
    const { rooms } = this.#store
    let version = 0
    while (!this.#over) {
      try {
        if ((await rooms.append(pin, version, events(version, 2))) === 'appended') this.#count(pin, (version += 2))
        else version = await this.#lengthBeyond(pin, version)
      } catch {
        this.rejected++
        this.#news()
        await nextTurn()
      }
    }
  }

  /** A conflict without news: the log has become shorter than it was. */
  async #lengthBeyond(pin: string, version: number): Promise<number> {
    const news = await this.#store.rooms.read(pin, version)
    return news.length > 0 ? version + news.length : (await this.#store.rooms.read(pin, 0)).length
  }

  #count(pin: string, version: number): void {
    this.acknowledged.set(pin, Math.max(version, this.acknowledged.get(pin) ?? 0))
    this.#appended++
    this.#news()
  }
}

/** The logs hold all that was acknowledged and no half of a commit, and were told event by event, each once. */
export async function expectWhole(store: Store, writers: Writers[], heard: Map<string, Heard>): Promise<void> {
  for (const [pin, one] of heard) {
    const log = await store.rooms.read(pin, 0)
    expect(log).toStrictEqual(events(0, log.length))
    expect(log.length % 2).toBe(0)
    for (const { acknowledged } of writers) expect(log.length).toBeGreaterThanOrEqual(acknowledged.get(pin) ?? 0)
    await one.until(log.length)
    let version = 0
    for (const { from, events } of one.commits) {
      expect(from).toBe(version)
      version += events.length
    }
    expect(one.commits.flatMap(({ events }) => events)).toStrictEqual(log)
  }
}

export async function followAll(store: Store, pins: string[]): Promise<Map<string, Heard>> {
  return new Map(await Promise.all(pins.map(async (pin) => [pin, await listen(store, pin)] as const)))
}
