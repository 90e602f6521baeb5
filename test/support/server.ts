import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createApp } from '@knopka/server/app'
import { readConfig } from '@knopka/server/config'
import { openEmbeddedStore } from '@knopka/server/store/embedded'
import { loadBanks } from '@knopka/server/banks'
import type { Store } from '@knopka/server/store'
import type { OpenedRoom, RoomSettings } from '@knopka/shared/contracts'
import pino from 'pino'

export const root = fileURLToPath(new URL('../../', import.meta.url))

/** A whole server of the product in this process, on a free port, with a data folder of its own. */
export interface TestServer {
  /** `http://127.0.0.1:41234` */
  address: string
  port: number
  store: Store
  /** Lines that the server logged as errors: a test that ends well has none. */
  faults: string[]
  close(): Promise<void>
}

/** What a server has that no setting of the environment gives it. */
export interface Fittings {
  clientFolder?: string
  /** The store's clock; else the machine's. */
  clock?: () => number
}

/** @param environment as the product reads it; a data folder that is named here outlives the server */
export async function startServer(
  environment: Record<string, string> = {},
  { clientFolder, clock }: Fittings = {},
): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'knopka-test-'))
  const settings = readConfig({ PORT: '0', KNOPKA_DATA: folder, ...environment })
  const config = { ...settings, ...(clientFolder ? { clientFolder } : {}) }
  const faults: string[] = []
  const log = pino({ level: 'error' }, { write: (line: string) => void faults.push(line) })
  const { dataFolder, roomTtlMs } = config
  const store = await openEmbeddedStore({ folder: dataFolder, roomTtlMs, ...(clock ? { clock } : {}) })
  const app = await createApp(config, store, await loadBanks(config.banksFolder), log)
  const port = await app.listen()
  return {
    address: `http://127.0.0.1:${port}`,
    port,
    store,
    faults,
    async close() {
      await app.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export const settings: RoomSettings = {
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
export async function openRoom(address: string, changes: Partial<RoomSettings> = {}): Promise<OpenedRoom> {
  const [bank] = (await (await fetch(`${address}/api/banks`)).json()) as Outline[]
  if (!bank) throw new Error('The server has no bank')
  const body = { ...settings, bank: bank.id, sections: bank.sections.map(({ id }) => id), ...changes }
  const response = await fetch(`${address}/api/rooms`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (response.status !== 201) throw new Error(`No room: ${response.status} ${await response.text()}`)
  return (await response.json()) as OpenedRoom
}
