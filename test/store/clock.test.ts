import { afterEach, expect, test, vi } from 'vitest'
import { openEmbeddedStore } from '@knopka/server/store/embedded'
import { roomTtlMs } from './contract.ts'
import { freshFolder } from './folder.ts'

afterEach(() => vi.useRealTimers())

test('[ST1] the clock starts with the wall clock and does not follow it when that is set back or forward', async () => {
  const startedAt = Date.now()
  const store = await openEmbeddedStore({ folder: freshFolder(), roomTtlMs })
  const readings = [startedAt - 1, store.now()]
  vi.useFakeTimers({ toFake: ['Date'] })
  for (const wall of [0, startedAt + 1e9, startedAt - 1e9]) {
    vi.setSystemTime(wall)
    readings.push(store.now())
  }
  await store.close()
  expect(readings).toStrictEqual(readings.toSorted((a, b) => a - b))
  expect(readings.at(-1)).toBeLessThan(startedAt + 60_000)
})
