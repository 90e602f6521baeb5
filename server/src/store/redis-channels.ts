import { setTimeout as pause } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { another, backoffMs, guessAddress } from './redis-connect.ts'
import { patienceMs, within } from './redis-faults.ts'
import type { RedisLink } from './redis-link.ts'

/** Whoever wants to know what is said on a channel. */
export interface Hearer {
  /**
   * Called with the connection that hears the channel from now on, to read there what was said before: replies and
   * messages of one connection come in the order of what happened.
   */
  catchUp(ear: Redis): Promise<void>
  /**
   * @param when `'early'`: it came while the hearer caught up, and may be known from there
   * @returns `'gap'` to be asked to catch up
   */
  hear(message: string, when: 'early' | 'now'): 'gap' | undefined
}

class Held {
  readonly channel: string
  readonly hearer: Hearer
  /** The node that was named as the channel's. */
  address: string | undefined
  ear: Redis | undefined
  /** Nothing is missing: the next message is the next thing that happens. */
  joined = false
  /** What came while it was not joined. */
  early: string[] = []
  over = false

  constructor(channel: string, hearer: Hearer) {
    this.channel = channel
    this.hearer = hearer
  }
}

/**
 * Sharded channels, heard by connections that do nothing else: one to each node that has some. The first join, a lost
 * connection, a slot that moved and a gap all take the same path.
 */
export class Channels {
  #link: RedisLink
  #held = new Map<string, Held>()
  #ears = new Map<string, Promise<Redis>>()
  #missing = new Set<Held>()

  constructor(link: RedisLink) {
    this.#link = link
  }

  demandOpen(): void {
    this.#link.demandOpen()
  }

  /** @returns when the channel is heard, a function that ends it @throws {Error} when this takes too long */
  async join(channel: string, hearer: Hearer): Promise<() => void> {
    const held = new Held(channel, hearer)
    this.#held.set(channel, held)
    try {
      await within(patienceMs, this.#bring(held))
    } catch (fault) {
      this.#leave(held)
      throw fault
    }
    return () => this.#leave(held)
  }

  /** Finds the connections that are dead without a word from the network. */
  beat(): void {
    for (const ear of this.#ears.values()) ear.then((ear) => ear.ping()).catch(() => {})
  }

  close(): void {
    for (const held of this.#held.values()) held.over = true
    for (const ear of this.#ears.values()) ear.then((ear) => ear.disconnect()).catch(() => {})
  }

  /** For as long as it takes, unless it is left meanwhile. */
  async #bring(held: Held): Promise<void> {
    held.joined = false
    this.#missing.add(held)
    for (let tries = 1; !held.over && !held.joined; tries++) {
      try {
        await this.#enter(held, held.address ?? guessAddress(this.#link.client, held.channel, tries))
      } catch (fault) {
        held.address = /^MOVED \d+ (\S+)/.exec((fault as Error).message)?.[1]
        if (held.address && tries < 5) continue
        this.#link.outage.begin('channels', fault)
        await pause(backoffMs(tries))
      }
    }
    this.#settle(held)
  }

  async #enter(held: Held, address: string): Promise<void> {
    const ear = await this.#earAt(address)
    if (held.over) return
    held.ear = ear
    await ear.ssubscribe(held.channel)
    do {
      held.early = []
      await held.hearer.catchUp(ear)
    } while (held.early.some((message) => held.hearer.hear(message, 'early') === 'gap'))
    held.early = []
    held.joined = true
  }

  #settle(held: Held): void {
    this.#missing.delete(held)
    if (this.#missing.size === 0) this.#link.outage.end('channels')
  }

  #leave(held: Held): void {
    if (held.over) return
    held.over = true
    this.#settle(held)
    // Somebody else may have come meanwhile, who hears by the same connection.
    if (this.#held.get(held.channel) !== held) return
    this.#held.delete(held.channel)
    held.ear?.sunsubscribe(held.channel).catch(() => {})
  }

  #hear(ear: Redis, channel: string, message: string): void {
    const held = this.#held.get(channel)
    if (!held || held.ear !== ear) return
    if (!held.joined) held.early.push(message)
    else if (held.hearer.hear(message, 'now') === 'gap') void this.#bring(held)
  }

  #earAt(address: string): Promise<Redis> {
    const known = this.#ears.get(address)
    if (known) return known
    const ear = this.#open(address)
    this.#ears.set(address, ear)
    return ear
  }

  async #open(address: string): Promise<Redis> {
    const ear = another(this.#link.client, address)
    ear.on('smessage', (channel: string, message: string) => this.#hear(ear, channel, message))
    ear.on('error', () => {})
    // A node says that some channel is no longer its own, and not which one.
    ear.on('moved', () => this.#doubt(ear))
    ear.on('end', () => {
      this.#ears.delete(address)
      this.#doubt(ear)
    })
    await ear.connect()
    return ear
  }

  #doubt(ear: Redis): void {
    for (const held of this.#held.values()) {
      if (held.ear === ear && held.joined) void this.#bring(held)
    }
  }
}
