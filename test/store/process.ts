import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const script = fileURLToPath(new URL('appender.ts', import.meta.url))

/** Another process on the folder, which appends to these rooms; it does not outlive the test. */
export class Appender {
  readonly lines: string[] = []
  readonly child: ChildProcess
  #ended: Promise<unknown>
  #complaint = ''
  #over = false
  #heard = () => {}

  constructor(folder: string, pins: string[] = []) {
    this.child = spawn(process.execPath, ['--conditions=knopka-src', '--import', 'tsx', script, folder, ...pins])
    this.#ended = once(this.child, 'close').then(() => {
      this.#over = true
      this.#heard()
    })
    onTestFinished(() => this.kill())
    this.child.stderr?.on('data', (part: Buffer) => (this.#complaint += part.toString()))
    createInterface({ input: this.child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      this.lines.push(line)
      this.#heard()
    })
  }

  /** Resolves when so many lines were said. */
  async said(count: number): Promise<void> {
    while (this.lines.length < count) {
      if (this.#over) throw new Error(`The process ended early: ${this.#complaint}`)
      await new Promise<void>((resolve) => (this.#heard = resolve))
    }
  }

  /** SIGKILL: it cannot tidy up. Resolves when all that it said has been read. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.#ended
  }

  /** @returns its exit code and what it complained of, when it has ended by itself */
  async end(): Promise<{ code: number | null; complaint: string }> {
    await this.#ended
    return { code: this.child.exitCode, complaint: this.#complaint }
  }
}
