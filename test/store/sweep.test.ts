import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { open } from 'lmdb'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { openEmbeddedStore } from '@knopka/server/store/embedded'
import { events, roomTtlMs } from './contract.ts'
import { freshFolder } from './folder.ts'

afterEach(() => vi.useRealTimers())

/** How many rows lie in the folder, read past the store: it never shows what is over. */
async function rows(folder: string): Promise<Record<string, number>> {
  const root = open({ path: join(folder, 'knopka.mdb'), noSubdir: true })
  const counts = ['log', 'shelf', 'ends'].map((name) => [name, root.openDB({ name }).getCount()] as const)
  await root.close()
  return Object.fromEntries(counts)
}

test('what is over goes when the store is opened, and the rest stays', async () => {
  const folder = freshFolder()
  let now = 0
  const openHere = () => openEmbeddedStore({ folder, roomTtlMs, clock: () => now })
  const before = await openHere()
  const pins = Array.from({ length: 130 }, (_, index) => String(100_000 + index))
  await Promise.all(pins.map((pin) => before.rooms.append(pin, 0, events(0, 60))))
  await Promise.all(pins.map((pin) => before.shelf.put(`results/${pin}`, pin, roomTtlMs)))
  now = roomTtlMs - 1
  await before.rooms.append('100077', 60, events(60, 1))
  await before.shelf.put('results/100077', 'later', roomTtlMs)
  await before.shelf.put('key', 'for ever', null)
  await before.close()
  expect(await rows(folder)).toStrictEqual({ log: 130 * 60 + 1, shelf: 131, ends: 260 })

  now = roomTtlMs
  const after = await openHere()
  expect(await after.rooms.read('100077', 0)).toStrictEqual(events(0, 61))
  expect(await after.shelf.get('results/100077')).toBe('later')
  expect(await after.shelf.get('key')).toBe('for ever')
  await after.close()
  expect(await rows(folder)).toStrictEqual({ log: 61, shelf: 2, ends: 2 })
})

test('what is over goes while the store is open, once an hour', async () => {
  const folder = freshFolder()
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  let now = 0
  const store = await openEmbeddedStore({ folder, roomTtlMs, clock: () => now })
  await store.rooms.append('402817', 0, events(0, 10))
  now = roomTtlMs
  vi.advanceTimersByTime(3_600_000)
  // The sweep has begun, and closing waits for it.
  await store.close()
  expect(await rows(folder)).toStrictEqual({ log: 0, shelf: 0, ends: 0 })
})

test('a store that is open keeps no process alive', async () => {
  const code = `
    import { openEmbeddedStore } from '@knopka/server/store/embedded'
    const store = await openEmbeddedStore({ folder: ${JSON.stringify(freshFolder())}, roomTtlMs: 1000 })
    await store.shelf.put('key', 'value', null)`
  const script = ['--conditions=knopka-src', '--import', 'tsx', '--input-type=module', '--eval', code]
  const child = spawn(process.execPath, script, { stdio: 'inherit' })
  onTestFinished(() => void child.kill())
  const [exitCode] = (await once(child, 'exit')) as [number]
  expect(exitCode).toBe(0)
})
