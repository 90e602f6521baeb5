import type { Shelf, Store } from '@knopka/server/store'
import { openEmbeddedStore } from '@knopka/server/store/embedded'
import { onTestFinished } from 'vitest'
import { folderWith } from './scene.ts'

/** A store whose next append waits until it is let through, and whose clock can be stopped. */
export async function heldStore() {
  let stoppedAt: number | null = null
  const clock = () => stoppedAt ?? Date.now()
  const store = await openEmbeddedStore({ folder: await folderWith(), roomTtlMs: 86_400_000, clock })
  onTestFinished(() => store.close())
  let begun = () => {}
  let gate: Promise<void> = Promise.resolve()
  const hold = () => {
    let letThrough = () => {}
    gate = new Promise((resolve) => (letThrough = resolve))
    return { isAtTheGate: new Promise<void>((resolve) => (begun = resolve)), letThrough }
  }
  const append: Store['rooms']['append'] = async (pin, expected, events, ttlMs) => {
    begun()
    await gate
    return store.rooms.append(pin, expected, events, ttlMs)
  }
  const { rooms: whole } = store
  const rooms = {
    append,
    read: whole.read.bind(whole),
    follow: whole.follow.bind(whole),
    erase: whole.erase.bind(whole),
  }
  return { store: { ...store, rooms }, hold, stopClock: () => void (stoppedAt = clock()) }
}

/** A shelf on which, while it is held, nothing is put under names that begin so. */
export function slowShelf(shelf: Shelf, name: string) {
  let begun = () => {}
  let gate: Promise<void> = Promise.resolve()
  const slow: Shelf = {
    async put(key, value, ttlMs) {
      if (key.startsWith(name)) {
        begun()
        await gate
      }
      return shelf.put(key, value, ttlMs)
    },
    get: (key) => shelf.get(key),
    putIfAbsent: (key, value) => shelf.putIfAbsent(key, value),
    delete: (key) => shelf.delete(key),
    gather: (key, members, ttlMs) => shelf.gather(key, members, ttlMs),
    gathered: (key) => shelf.gathered(key),
    count: (key, steps) => shelf.count(key, steps),
    counts: (key) => shelf.counts(key),
    renew: (key, ttlMs) => shelf.renew(key, ttlMs),
  }
  const hold = () => {
    let letThrough = () => {}
    gate = new Promise((resolve) => (letThrough = resolve))
    return { isAtTheGate: new Promise<void>((resolve) => (begun = resolve)), letThrough }
  }
  return { shelf: slow, hold }
}
