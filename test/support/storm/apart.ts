import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { RoomEvent } from '@knopka/shared/game'
import type { Question, Reply, Rest } from '../../server/storm-server.ts'
import { root } from '../server.ts'

type Waiting = Map<number, (reply: unknown) => void>

/** A server of the product in a process of its own, that tells over a channel of its own how it is. */
export class ServerApart {
  readonly address: string
  /** Rejects when the process ends, which it never does by itself. */
  readonly crash: Promise<never>
  readonly #child: ChildProcess
  readonly #waiting: Waiting
  #asked = 0

  private constructor(child: ChildProcess, waiting: Waiting, crash: Promise<never>, address: string) {
    this.#child = child
    this.#waiting = waiting
    this.crash = crash
    this.address = address
  }

  static async start(environment: Record<string, string>): Promise<ServerApart> {
    const script = ['--expose-gc', '--conditions=knopka-src', '--import', 'tsx', 'test/server/storm-server.ts']
    const { PATH = '', HOME = '' } = process.env
    const child = spawn(process.execPath, script, {
      cwd: root,
      env: { PATH, HOME, ...environment },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    const waiting: Waiting = new Map()
    const crash = endOf(child)
    crash.catch(() => {})
    child.on('message', ({ number, reply }: Reply) => {
      waiting.get(number)?.(reply)
      waiting.delete(number)
    })
    const address = new Promise((resolve) => waiting.set(0, resolve))
    return new ServerApart(child, waiting, crash, (await Promise.race([address, crash])) as string)
  }

  log(pin: string): Promise<RoomEvent[]> {
    return this.#ask({ about: 'log', pin }) as Promise<RoomEvent[]>
  }

  faults(): Promise<string[]> {
    return this.#ask({ about: 'faults' }) as Promise<string[]>
  }

  rest(): Promise<Rest> {
    return this.#ask({ about: 'rest' }) as Promise<Rest>
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null) return
    const ended = once(this.#child, 'exit')
    void this.#ask({ about: 'end' }).catch(() => {})
    await ended
  }

  #ask(question: Omit<Question, 'number'>): Promise<unknown> {
    const number = ++this.#asked
    const reply = new Promise((resolve) => this.#waiting.set(number, resolve))
    this.#child.send({ ...question, number } satisfies Question)
    return Promise.race([reply, this.crash])
  }
}

async function endOf(child: ChildProcess): Promise<never> {
  await once(child, 'exit')
  throw new Error(`The server ended with ${child.exitCode ?? child.signalCode}`)
}
