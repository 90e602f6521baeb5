import type { EventOf, RoomEvent } from '@knopka/shared/game'
import type { Store } from '@knopka/server/store'
import { openRedisStore } from '@knopka/server/store/redis'
import { onTestFinished } from 'vitest'
import { ServerProcess } from '../server/process.ts'
import { freePort } from '../support/free-port.ts'
import { folderWith } from '../server/scene.ts'
import { startRedis, type RedisServer, type RedisSettings } from '../support/redis.ts'

/** Long enough for the slowest machine: every wait in these tests ends with a state, not with a time. */
export const patienceMs = 120_000

export const roomTtlMs = 3_600_000

/** A server process on a port of its own, which can be killed and comes up there again. */
export class Node {
  readonly port: number
  #settings: Record<string, string>
  #process: ServerProcess

  private constructor(port: number, settings: Record<string, string>) {
    this.port = port
    this.#settings = settings
    this.#process = new ServerProcess(settings)
  }

  static async start(settings: Record<string, string>): Promise<Node> {
    const port = await freePort()
    // Shared by all nodes: a token signed by one is good at each.
    const secret = 'the same secret for all nodes'
    const own = { PORT: String(port), KNOPKA_DATA: await folderWith(), KNOPKA_SECRET: secret, KNOPKA_LOG: 'error' }
    const node = new Node(port, { ...own, ...settings })
    await node.#process.listening()
    return node
  }

  get process(): ServerProcess {
    return this.#process
  }

  async kill(): Promise<void> {
    await this.#process.kill('SIGKILL')
  }

  async startAgain(): Promise<void> {
    this.#process = new ServerProcess(this.#settings)
    await this.#process.listening()
  }
}

export async function redisForTest(settings: RedisSettings = {}): Promise<RedisServer> {
  const redis = await startRedis(settings)
  onTestFinished(() => redis.stop())
  return redis
}

/** A look into the store past all nodes. */
export async function storeOf({ address }: RedisServer): Promise<Store> {
  const store = await openRedisStore({ urls: [address], roomTtlMs })
  onTestFinished(() => store.close())
  return store
}

/** The log of one room as it grows. */
export class Log {
  readonly events: RoomEvent[] = []
  #waiting = new Set<() => void>()

  static async of({ rooms }: Pick<Store, 'rooms'>, pin: string): Promise<Log> {
    const log = new Log()
    const leave = await rooms.follow(pin, ({ from, events }) => log.#take(from, events))
    onTestFinished(leave)
    log.#take(0, await rooms.read(pin, 0))
    return log
  }

  ofType<Type extends RoomEvent['type']>(type: Type): EventOf<Type>[] {
    return this.events.filter((event): event is EventOf<Type> => event.type === type)
  }

  /** Resolves as soon as one that is new is so. @returns that one */
  async next<Type extends RoomEvent['type']>(
    type: Type,
    isSo: (event: EventOf<Type>) => boolean = () => true,
  ): Promise<EventOf<Type>> {
    const known = this.events.length
    for (;;) {
      const found = this.events.slice(known).find((event) => event.type === type && isSo(event as EventOf<Type>))
      if (found) return found as EventOf<Type>
      await new Promise<void>((resolve) => this.#waiting.add(resolve))
    }
  }

  #take(from: number, events: RoomEvent[]): void {
    this.events.splice(from, events.length, ...events)
    for (const resolve of this.#waiting) resolve()
    this.#waiting.clear()
  }
}
