import type { RoomEvent } from '@knopka/shared/game'
import type { Redis } from 'ioredis'
import type { Tell } from './listeners.ts'
import type { Hearer } from './redis-channels.ts'
import type { Appended } from './store.ts'

/**
 * Follows one log. A channel says everything once at most, and nothing to whoever is away; the log itself has the rest.
 */
export class Trail implements Hearer {
  #key: string
  #tell: Tell<Appended>
  /** How long the log is, as far as it was told; `null` before following begins. */
  #told: number | null = null
  /** The last event that was told, as it stands in the log. */
  #last: string | null = null

  constructor(key: string, tell: Tell<Appended>) {
    this.#key = key
    this.#tell = tell
  }

  async catchUp(ear: Redis): Promise<void> {
    if (this.#told === null) return this.#begin(ear)
    const told = (await this.#isSameLog(ear, this.#told)) ? this.#told : 0
    const lines = await ear.lrange(this.#key, told, -1)
    const isErased = told < this.#told && lines.length === 0
    this.#told = told
    if (isErased) this.#sayErased()
    if (lines.length > 0) this.#say(lines)
  }

  hear(message: string, when: 'early' | 'now'): 'gap' | undefined {
    const end = message.indexOf('\n')
    if (end < 0) return this.#hearErased(when)
    const from = Number(message.slice(0, end))
    const told = this.#told ?? 0
    // What was read by the way is not even looked at.
    if (from < told && when === 'early') return undefined
    // Later nothing is heard that was read before: a message was lost, or the room was opened anew under an old PIN.
    if (from !== told) return 'gap'
    this.#say(message.slice(end + 1).split('\n'))
    return undefined
  }

  /** What was read by the way may be of before. */
  #hearErased(when: 'early' | 'now'): 'gap' | undefined {
    if (when === 'early') return 'gap'
    this.#sayErased()
    return undefined
  }

  async #begin(ear: Redis): Promise<void> {
    const told = await ear.llen(this.#key)
    this.#last = told > 0 ? await ear.lindex(this.#key, told - 1) : null
    this.#told = told
  }

  /**
   * While nobody heard, the room may have been opened anew, or a Redis that does not write everything to its disk at
   * once has lost the end of the log. What stands there now is then told from its beginning; where nothing does, that.
   */
  async #isSameLog(ear: Redis, told: number): Promise<boolean> {
    return told === 0 || (await ear.lindex(this.#key, told - 1)) === this.#last
  }

  #sayErased(): void {
    this.#told = 0
    this.#last = null
    this.#tell(() => ({ from: 0, events: [] }))
  }

  #say(lines: string[]): void {
    const from = this.#told ?? 0
    this.#told = from + lines.length
    this.#last = lines.at(-1) ?? null
    this.#tell(() => ({ from, events: lines.map((line) => JSON.parse(line) as RoomEvent) }))
  }
}
