import { bundled } from './bundle.ts'
import { newFolder, start, type Started } from './children.ts'
import type { Place } from './game.ts'
import { expectUsed, startRedis } from './redis.ts'
import type { Setting } from './ours.ts'
import type { Setup, Sizes } from './scenario.ts'

export interface Running {
  place: Place
  end(): Promise<void>
}

export interface Manner {
  setting: Setting
  /** Flags for our server's Node, such as `--cpu-prof`. */
  flags: string[]
  /** SIGUSR2 makes it collect its garbage. */
  collects: boolean
  /** More of our server's settings. */
  settings?: Record<string, string>
}

const ready = /localhost:(\d+)/
const collecting = ['--import', './test/bench/load/collect.mjs']

export async function startOurs({ store, processes }: Setup, manner: Manner): Promise<Running> {
  const { flags, collects, setting, settings } = manner
  const redis = store === 'redis' ? await startRedis() : null
  const args = [...flags, ...(collects ? collecting : []), 'server/dist/main.js']
  const environment = { PORT: '0', KNOPKA_LOG: 'error', KNOPKA_TRUST_PROXY: 'loopback', ...settings }
  const servers: Started[] = []
  for (let index = 0; index < processes; index++) {
    const keeps = redis ? { REDIS_URL: `redis://127.0.0.1:${redis.port}` } : {}
    servers.push(await start({ args, ready, environment: { ...environment, KNOPKA_DATA: newFolder(), ...keeps } }))
  }
  if (redis) await expectUsed(redis.port)
  return running('ours', setting, servers, redis)
}

export async function startFloor(kind: 'ws' | 'stock', bytes: Sizes, { collects, setting }: Manner): Promise<Running> {
  const args = [...(collects ? collecting : []), bundled(`load/floors/${kind}.ts`)]
  const environment = { COMMIT_BYTES: String(bytes.commitBytes), WELCOME_BYTES: String(bytes.welcomeBytes) }
  return running(kind, setting, [await start({ args, ready, environment })], null)
}

function running(kind: Place['kind'], setting: Setting, servers: Started[], redis: Started | null): Running {
  return {
    place: { kind, setting, ports: servers.map(({ port }) => port), pids: servers.map(({ pid }) => pid) },
    async end() {
      await Promise.all(servers.map((server) => server.end()))
      await redis?.end()
    },
  }
}
