import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { freePort } from './free-port.ts'

const program = process.env['REDIS_SERVER_PATH'] ?? '/usr/bin/redis-server'

export interface RedisSettings {
  /** `always`: on the disk before the answer. `everysec` survives the end of the process, not of the machine. */
  appendOnly?: 'always' | 'everysec'
  /** Further settings, as on the command line. */
  more?: string[]
}

/** A real Redis on a port and in a folder of its own. It does not outlive this process. */
export class RedisServer {
  readonly port: number
  readonly address: string
  /** Asks it directly, past the store. */
  readonly client: Redis
  #folder = mkdtempSync(join(tmpdir(), 'knopka-redis-'))
  #settings: string[]
  #process: ChildProcess | undefined
  #watchdog: ChildProcess | undefined

  constructor(port: number, { appendOnly = 'everysec', more = [] }: RedisSettings) {
    this.port = port
    this.address = `redis://127.0.0.1:${port}`
    const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', this.#folder, '--logfile', 'redis.log']
    this.#settings = [...place, '--save', '', '--appendonly', 'yes', '--appendfsync', appendOnly, ...more]
    this.client = new Redis(port, '127.0.0.1', {
      maxRetriesPerRequest: null,
      retryStrategy: () => 20,
      lazyConnect: true,
    })
    this.client.on('error', () => {})
  }

  /** Resolves when it answers, and has read all that is on its disk. */
  async startAgain(): Promise<void> {
    const server = spawn(program, this.#settings, { stdio: 'ignore' })
    const failed = new Promise<never>((_resolve, reject) => {
      server.on('error', (fault) => reject(new Error(`${program} cannot be started: ${fault.message}. ${hint}`)))
      server.on('exit', () => reject(new Error(`${program} has ended:\n${this.#lastWords()}`)))
    })
    this.#process = server
    this.#watchdog = watch(server, this.#folder)
    await Promise.race([this.client.ping(), failed])
    failed.catch(() => {})
  }

  /** SIGKILL: it cannot tidy up. */
  async kill(): Promise<void> {
    const server = this.#process
    this.#process = undefined
    if (server?.exitCode !== null || server.signalCode !== null) return
    const ended = once(server, 'exit')
    server.kill('SIGKILL')
    await ended
    this.#watchdog?.kill('SIGKILL')
  }

  /** SIGSTOP: it keeps its connections and answers nobody. */
  pause(): void {
    this.#process?.kill('SIGSTOP')
  }

  resume(): void {
    this.#process?.kill('SIGCONT')
  }

  async stop(): Promise<void> {
    this.client.disconnect()
    await this.kill()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #lastWords(): string {
    return readFileSync(join(this.#folder, 'redis.log'), 'utf8').trim().split('\n').slice(-3).join('\n')
  }
}

export async function startRedis(settings: RedisSettings = {}): Promise<RedisServer> {
  const server = new RedisServer(await freePort(), settings)
  await server.startAgain()
  return server
}

/** Three masters without replicas, which share all slots between them. */
export async function startCluster(settings: RedisSettings = {}): Promise<RedisServer[]> {
  const buses = await Promise.all([freePort(), freePort(), freePort()])
  const nodes = await Promise.all(
    buses.map((bus) => startRedis({ ...settings, more: ['--cluster-enabled', 'yes', '--cluster-port', String(bus)] })),
  )
  for (const [index, { client }] of nodes.entries()) {
    const first = Math.ceil((index * 16_384) / nodes.length)
    const next = Math.ceil(((index + 1) * 16_384) / nodes.length)
    await client.cluster('ADDSLOTSRANGE', first, next - 1)
    await client.call('CLUSTER', 'SET-CONFIG-EPOCH', index + 1)
    await client.call('CLUSTER', 'MEET', '127.0.0.1', nodes[0]!.port, buses[0])
  }
  await Promise.all(nodes.map(({ client }) => agreed(client)))
  return nodes
}

/** Resolves when this node serves its part of the cluster and knows who serves the others. */
export async function agreed(node: Redis): Promise<void> {
  for (;;) {
    const info = await node.cluster('INFO')
    if (/cluster_state:ok[^]*cluster_slots_ok:16384[^]*cluster_known_nodes:3/.test(info)) return
    await pause(20)
  }
}

const hint = 'Set REDIS_SERVER_PATH to the path of redis-server 7, or install it: apt-get install redis-server'

/** However this process ends, its end of the pipe is closed, and the server goes with it. */
function watch({ pid }: ChildProcess, folder: string): ChildProcess | undefined {
  if (pid === undefined) return undefined
  const script = 'read -r _; kill -9 "$1"; rm -rf "$2"'
  return spawn('sh', ['-c', script, 'sh', String(pid), folder], { stdio: ['pipe', 'ignore', 'ignore'] })
}
