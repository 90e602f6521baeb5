import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { onTestFinished } from 'vitest'
import { root } from '../support/server.ts'

/** The product as its user starts it: a process of its own, told what to do by its environment alone. */
export class ServerProcess {
  stdout = ''
  stderr = ''
  readonly child: ChildProcess
  #ended: Promise<unknown>

  constructor(environment: Record<string, string>) {
    const { PATH = '', HOME = '' } = process.env
    const script = ['--conditions=knopka-src', '--import', 'tsx', 'server/src/main.ts']
    this.child = spawn(process.execPath, script, { cwd: root, env: { PATH, HOME, PORT: '0', ...environment } })
    this.child.stdout?.setEncoding('utf8').on('data', (part: string) => (this.stdout += part))
    this.child.stderr?.setEncoding('utf8').on('data', (part: string) => (this.stderr += part))
    this.#ended = once(this.child, 'close')
    onTestFinished(() => void this.child.kill('SIGKILL'))
  }

  /** @returns its port, once it says where it is */
  async listening(): Promise<number> {
    for (;;) {
      const [, port] = /localhost:(\d+)/.exec(this.stdout) ?? []
      if (port) return Number(port)
      if (this.child.exitCode !== null) throw new Error(`The server ended early: ${this.stderr}`)
      await Promise.race([once(this.child.stdout as NodeJS.ReadableStream, 'data'), this.#ended])
    }
  }

  /** @returns its exit code, or the signal that ended it, once all that it said was read */
  async end(): Promise<number | NodeJS.Signals | null> {
    await this.#ended
    return this.child.exitCode ?? this.child.signalCode
  }

  async kill(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null> {
    this.child.kill(signal)
    return this.end()
  }
}
