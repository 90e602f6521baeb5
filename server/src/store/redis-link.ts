import { readFileSync } from 'node:fs'
import { Redis, type Result } from 'ioredis'
import type { Ms } from '@knopka/shared/ids'
import { addressOf, type Client } from './redis-connect.ts'
import { patienceMs, plain, within, type Outage } from './redis-faults.ts'

declare module 'ioredis' {
  interface RedisCommander<Context> {
    /** `append.lua` */
    appendToLog(
      log: string,
      channel: string,
      expected: number,
      ttlMs: Ms,
      lines: string[],
    ): Result<'appended' | 'conflict', Context>
    /** `erase.lua` */
    eraseLog(log: string, channel: string): Result<number, Context>
    /** `gather.lua` */
    gatherInSet(set: string, ttlMs: Ms | '', members: string[]): Result<number, Context>
    /** `count.lua` */
    addToCounters(counters: string, pairs: (string | number)[]): Result<number, Context>
    /** Seconds and microseconds. The key says which node of a cluster is asked. */
    timeAt(key: string): Result<[string, string], Context>
  }
}

const appendScript = new URL('../../src/store/append.lua', import.meta.url)
const eraseScript = new URL('../../src/store/erase.lua', import.meta.url)
const gatherScript = new URL('../../src/store/gather.lua', import.meta.url)
const countScript = new URL('../../src/store/count.lua', import.meta.url)
/** The answer of a healthy Redis to whoever only wants to know that it is there. */
const soonMs = 1000

/** All that is asked of Redis goes through here, except for what is heard from it. */
export class RedisLink {
  readonly client: Client
  readonly outage: Outage
  #begun = new Set<Promise<unknown>>()
  #closed = false
  /** While Redis is away: resolves when it is back, rejects when it has been away for too long. */
  #back: Promise<unknown> | null = null

  /** @param client is connected */
  constructor(client: Client, outage: Outage) {
    this.client = client
    this.outage = outage
    client.defineCommand('appendToLog', { numberOfKeys: 2, lua: readFileSync(appendScript, 'utf8') })
    client.defineCommand('eraseLog', { numberOfKeys: 2, lua: readFileSync(eraseScript, 'utf8') })
    client.defineCommand('gatherInSet', { numberOfKeys: 1, lua: readFileSync(gatherScript, 'utf8') })
    client.defineCommand('addToCounters', { numberOfKeys: 1, lua: readFileSync(countScript, 'utf8') })
    client.defineCommand('timeAt', { numberOfKeys: 1, lua: `return redis.call('TIME')` })
    client.on('error', (fault: Error) => this.#lose(fault))
    client.on('close', () => this.#lose(new Error('the connection was lost')))
    client.on('ready', () => this.#regain())
  }

  /** Of a single Redis or of a cluster whose nodes are known: commands are sent at once. */
  get isReady(): boolean {
    return !this.#closed && this.client.status === 'ready'
  }

  /**
   * Whatever is asked is answered or rejected within some seconds. What was sent already when the connection broke is
   * sent again when it is back; an append that had been applied before is then answered with `conflict`. This does no
   * harm: the room reads the log, and every command carries an id by which it is known there.
   */
  ask<Reply>(command: (client: Client) => Promise<Reply>): Promise<Reply> {
    const reply = this.#ask(command)
    const leave = () => void this.#begun.delete(done)
    const done: Promise<void> = reply.then(leave, leave)
    this.#begun.add(done)
    return reply
  }

  demandOpen(): void {
    if (this.#closed) throw new Error('The store is closed')
  }

  /** @throws {Error} when one of the nodes that hold data does not answer soon */
  async check(): Promise<void> {
    try {
      if (!this.isReady) throw new Error('not connected')
      await within(soonMs, Promise.all(this.#masters().map((node) => node.ping())))
    } catch (fault) {
      throw plain(fault)
    }
  }

  /** Finishes what was begun. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.all(this.#begun)
    this.client.disconnect()
  }

  #masters(): Redis[] {
    const { client } = this
    if (client instanceof Redis) return [client]
    const known = new Map(client.nodes('master').map((node) => [addressOf(node), node]))
    return [...new Set(client.slots.map(([master]) => master))].map((address = '') => {
      const node = known.get(address)
      if (!node) throw new Error(`${address} cannot be reached`)
      return node
    })
  }

  async #ask<Reply>(command: (client: Client) => Promise<Reply>): Promise<Reply> {
    this.demandOpen()
    try {
      await this.#back
      return await within(patienceMs, command(this.client))
    } catch (fault) {
      throw plain(fault)
    }
  }

  #lose(fault: Error): void {
    if (this.#closed || this.#back || this.client.status === 'ready') return
    this.outage.begin('commands', fault)
    this.#back = within(patienceMs, new Promise<void>((resolve) => this.client.once('ready', () => resolve())))
    this.#back.catch(() => {})
  }

  #regain(): void {
    this.#back = null
    this.outage.end('commands')
  }
}
