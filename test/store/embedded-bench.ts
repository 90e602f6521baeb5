import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openEmbeddedStore } from '@knopka/server/store/embedded'
import type { OpenBench } from './contract.ts'

/** An embedded store in a folder of its own, under a clock that moves by hand. */
export const openBench: OpenBench = async ({ roomTtlMs }) => {
  const folder = await mkdtemp(join(tmpdir(), 'knopka-store-'))
  let now = 1_700_000_000_000
  const open = () => openEmbeddedStore({ folder, roomTtlMs, clock: () => now })
  let store = await open()
  return {
    get store() {
      return store
    },
    pass(ms) {
      now += ms
      return Promise.resolve()
    },
    async reopen() {
      await store.close()
      store = await open()
      return store
    },
    async end() {
      await store.close()
      await rm(folder, { recursive: true })
    },
  }
}
