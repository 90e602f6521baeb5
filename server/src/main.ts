import type { Logger } from 'pino'
import { addressesOf } from './addresses.ts'
import { createApp, type App } from './app.ts'
import { loadBanks } from './banks.ts'
import { readConfig, type Config } from './config.ts'
import { greeting } from './greeting.ts'
import { createLog } from './log.ts'
import type { Store } from './store/store.ts'

/** Time to finish what was begun, once the server goes. */
const patienceMs = 5000

try {
  const config = readConfig(process.env)
  const log = createLog(config.logLevel)
  const app = await build(config, log)
  const port = await app.listen().catch((fault: unknown) => explainListening(fault, config))
  process.stdout.write(greeting(port, addressesOf(port, config.url)))
  endAtSignals(app, config, log)
} catch (fault) {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`)
  process.exit(1)
}

async function build(config: Config, log: Logger): Promise<App> {
  const banks = await loadBanks(config.banksFolder)
  return createApp(config, await openStore(config, log), banks, log)
}

/** Of the two stores only the one that is used is loaded. */
async function openStore({ redisUrls, dataFolder, roomTtlMs }: Config, log: Logger): Promise<Store> {
  if (redisUrls === null) {
    const { openEmbeddedStore } = await import('./store/embedded.ts')
    return openEmbeddedStore({ folder: dataFolder, roomTtlMs })
  }
  const { openRedisStore } = await import('./store/redis.ts')
  const onFault = (fault: unknown) => log.warn({ err: fault }, 'a connection to the store broke')
  return openRedisStore({ urls: redisUrls, roomTtlMs, onFault })
}

function explainListening(fault: unknown, { port: mainPort, metrics }: Config): never {
  const { code, port = mainPort } = fault as NodeJS.ErrnoException & { port?: number }
  const name = port === metrics.port ? 'KNOPKA_METRICS_PORT' : 'PORT'
  if (code === 'EADDRINUSE') {
    const other = name === 'PORT' ? 3001 : 9465
    throw new Error(
      `Port ${port} is in use. Stop the other program, or choose another port: ${name}=${other} npm start`,
    )
  }
  if (code === 'EACCES') {
    const other = name === 'PORT' ? 3000 : 9464
    throw new Error(`Port ${port} is not allowed here. Choose one from 1024 up: ${name}=${other} npm start`)
  }
  throw fault
}

/** The first signal lets everything end well, the second one ends it. */
function endAtSignals(app: App, { drainMs }: Config, log: Logger): void {
  let isEnding = false
  const hear = () => {
    if (isEnding) process.exit(1)
    isEnding = true
    setTimeout(() => end(log, new Error('Not everything that was begun was finished in time')), drainMs + patienceMs)
    app.close().then(
      () => process.exit(0),
      (fault: unknown) => end(log, fault),
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, hear)
}

/** What was acknowledged is durable, and everybody comes back by themselves: the rest is no reason to stay. */
function end(log: Logger, fault: unknown): never {
  log.warn({ err: fault }, 'ended with work left')
  process.exit(0)
}
