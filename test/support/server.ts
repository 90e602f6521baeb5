import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createApp } from '@knopka/server/app'
import { readConfig } from '@knopka/server/config'
import { openEmbeddedStore } from '@knopka/server/store/embedded'
import { loadBanks } from '@knopka/server/banks'
import type { Store } from '@knopka/server/store'
import type { OpenedRoom, RoundSettings } from '@knopka/shared/contracts'
import { createLog } from '../../server/src/log.ts'
import { eveningOf, type OneRound } from './one-round.ts'

export const root = fileURLToPath(new URL('../../', import.meta.url))

/** A whole server of the product in this process, on a free port, with a data folder of its own. */
export interface TestServer {
  /** `http://127.0.0.1:41234` */
  address: string
  port: number
  store: Store
  /** All that the server logged: errors, and with KNOPKA_LOG what else that level shows. */
  lines: string[]
  /** Lines that the server logged as errors: a test that ends well has none. */
  faults: string[]
  close(): Promise<void>
}

/** What a server has that no setting of the environment gives it. */
export interface Fittings {
  clientFolder?: string
  /** The clock of the store that the server opens; else the machine's. */
  clock?: () => number
  /** One that is open already, for several servers on one store. Whoever opened it closes it, after the servers. */
  store?: Store
}

/** @param environment as the product reads it; a data folder that is named here outlives the server */
export async function startServer(
  environment: Record<string, string> = {},
  { clientFolder, clock, store: given }: Fittings = {},
): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'knopka-test-'))
  const settings = readConfig({ PORT: '0', KNOPKA_DATA: folder, ...environment })
  const config = { ...settings, ...(clientFolder ? { clientFolder } : {}) }
  const lines: string[] = []
  const faults: string[] = []
  const write = (line: string) => {
    lines.push(line)
    if ((JSON.parse(line) as { level: number }).level >= errorLevel) faults.push(line)
  }
  const log = createLog(environment.KNOPKA_LOG ?? 'error', { write })
  const { dataFolder, roomTtlMs } = config
  const own = () => openEmbeddedStore({ folder: dataFolder, roomTtlMs, ...(clock ? { clock } : {}) })
  const store = given ? lent(given) : await own()
  const app = await createApp(config, store, await loadBanks(config.banksFolder), log)
  const port = await app.listen()
  return {
    address: `http://127.0.0.1:${port}`,
    port,
    store,
    lines,
    faults,
    async close() {
      await app.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const errorLevel = 50

/** Closing it closes nothing. */
const lent = (store: Store): Store => ({
  rooms: store.rooms,
  shelf: store.shelf,
  signals: store.signals,
  limiter: (allowance) => store.limiter(allowance),
  now: () => store.now(),
  check: () => store.check(),
  close: () => Promise.resolve(),
})

export const settings: OneRound = {
  mode: 'quiz',
  title: 'Вечер',
  bank: 'backend_interview_python',
  sections: [],
  count: 10,
  order: 'bank',
  seed: 'seed',
  rules: {
    pressSeconds: null,
    answerSeconds: null,
    scoring: 'plain',
    afterWrong: 'next-in-queue',
    setting: 'room',
    textOnPhones: false,
    approveNames: false,
  },
}

interface Outline {
  id: string
  sections: { id: string }[]
}

/** Opens a room on all of a server's first bank, unless told otherwise. */
export async function openRoom(
  address: string,
  { rounds, ...changes }: Partial<OneRound> & { rounds?: RoundSettings[] } = {},
  password?: string,
): Promise<OpenedRoom> {
  const [bank] = (await (await fetch(`${address}/api/banks`)).json()) as Outline[]
  if (!bank) throw new Error('The server has no bank')
  const evening = { ...settings, bank: bank.id, sections: bank.sections.map(({ id }) => id), ...changes }
  const body = { ...eveningOf(evening, rounds), password }
  const response = await fetch(`${address}/api/rooms`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (response.status !== 201) throw new Error(`No room: ${response.status} ${await response.text()}`)
  return (await response.json()) as OpenedRoom
}
