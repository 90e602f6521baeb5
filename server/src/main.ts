import pino from 'pino'
import { addressesOf } from './addresses.ts'
import { createApp, type App } from './app.ts'
import { loadBanks } from './banks.ts'
import { readConfig, type Config } from './config.ts'
import { greeting } from './greeting.ts'
import { openEmbeddedStore } from './store/embedded.ts'

/** Time that connections have to end by themselves. */
const patienceMs = 5000

try {
  const config = readConfig(process.env)
  const app = await build(config)
  const port = await app.listen().catch((fault: unknown) => explainListening(fault, config.port))
  process.stdout.write(greeting(port, addressesOf(port, config.url)))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(app))
} catch (fault) {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`)
  process.exit(1)
}

async function build(config: Config): Promise<App> {
  const banks = await loadBanks(config.banksFolder)
  const store = await openEmbeddedStore({ folder: config.dataFolder, roomTtlMs: config.roomTtlMs })
  return createApp(config, store, banks, pino({ level: config.logLevel }))
}

function explainListening(fault: unknown, port: number): never {
  const code = (fault as NodeJS.ErrnoException).code
  if (code === 'EADDRINUSE') {
    throw new Error(`Port ${port} is in use. Stop the other program, or choose another port: PORT=3001 npm start`)
  }
  if (code === 'EACCES')
    throw new Error(`Port ${port} is not allowed here. Choose one from 1024 up: PORT=3000 npm start`)
  throw fault
}

async function stop(app: App): Promise<void> {
  setTimeout(() => process.exit(0), patienceMs).unref()
  await app.close()
  process.exit(0)
}
