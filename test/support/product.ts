import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { networkInterfaces } from 'node:os'
import { freePort } from './free-port.ts'
import { root } from './server.ts'

/** The built product as a process of its own, as `npm start` runs it. */
export class Product {
  readonly port: number
  #environment: Record<string, string>
  #child: ChildProcess | null = null

  private constructor(port: number, environment: Record<string, string>) {
    this.port = port
    this.#environment = environment
  }

  static async start(environment: Record<string, string>): Promise<Product> {
    const product = new Product(await freePort(), environment)
    await product.startAgain()
    return product
  }

  /** The machine's own address, as phones of the room use it: plain http, and neither a loopback number nor name. */
  get address(): string {
    return `http://${ownAddress()}:${this.port}`
  }

  /** On the same port and the same data. Resolves when it listens. */
  async startAgain(): Promise<void> {
    const child = spawn(process.execPath, ['server/dist/main.js'], {
      cwd: root,
      env: { ...process.env, PORT: String(this.port), ...this.#environment },
    })
    this.#child = child
    let said = ''
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (part: Buffer) => {
        said += part.toString()
        if (said.includes('Knopka runs on')) resolve()
      })
      child.stderr.on('data', (part: Buffer) => (said += part.toString()))
      child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${said}`)))
    })
  }

  /** As a power cut would end it. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM')
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child
    this.#child = null
    if (!child || child.exitCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
}

function ownAddress(): string {
  const cards = Object.values(networkInterfaces()).flatMap((cards) => cards ?? [])
  return cards.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1'
}
