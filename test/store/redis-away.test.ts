import { setImmediate as nextTurn } from 'node:timers/promises'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import type { Store } from '@knopka/server/store'
import { openRedisStore } from '@knopka/server/store/redis'
import { startRedis, type RedisServer } from '../support/redis.ts'
import { events, listen, overhear, roomTtlMs } from './contract.ts'

let server: RedisServer
let faults: string[]
beforeEach(async () => {
  server = await startRedis({ appendOnly: 'always' })
  faults = []
})

async function openNode(): Promise<Store> {
  const onFault = (fault: Error) => void faults.push(fault.message)
  const store = await openRedisStore({ urls: [server.address], roomTtlMs, onFault })
  onTestFinished(async () => {
    await store.close()
    await server.stop()
  })
  return store
}

/** Resolves when the store has an answer again. */
async function isBack(store: Store): Promise<void> {
  const asked = () =>
    store.shelf.get('key').then(
      () => true,
      () => nextTurn(false),
    )
  while (!(await asked())) continue
}

test('a fault is told once for each time that Redis is away, however often it is looked for', async () => {
  const store = await openNode()
  const heard = await listen(store, '402817')
  for (const times of [1, 2]) {
    await server.kill()
    await expect(store.rooms.read('402817', 0)).rejects.toThrow('Redis: ')
    await expect(store.check()).rejects.toThrow('Redis: not connected')
    expect(faults).toHaveLength(times)
    await server.startAgain()
    await isBack(store)
    await store.check()
    await store.rooms.append('402817', times - 1, events(times - 1, 1))
    await heard.until(times)
  }
  expect(faults).toStrictEqual(Array(2).fill('Redis: the connection was lost'))
}, 60_000)

test('everything that is asked while Redis is away is rejected, and all goes on when it is back', async () => {
  const store = await openNode()
  await store.rooms.append('402817', 0, events(0, 1))
  const before = store.now()
  await server.kill()
  const asked = [
    store.rooms.append('402817', 1, events(1, 1)),
    store.rooms.read('402817', 0),
    store.rooms.follow('402817', () => {}),
    store.signals.hear('402817', () => {}),
    store.shelf.put('key', 1, null),
    store.shelf.putIfAbsent('key', 1),
    store.shelf.get('key'),
    store.shelf.delete('key'),
  ]
  for (const one of await Promise.allSettled(asked)) expect(one.status).toBe('rejected')
  expect(store.now()).toBeGreaterThan(before)
  await server.startAgain()
  await isBack(store)
  const heard = await listen(store, '402817')
  // What was rejected may have come to Redis nevertheless.
  const version = (await store.rooms.read('402817', 0)).length
  expect(await store.rooms.append('402817', version, events(version, 1))).toBe('appended')
  await heard.until(version + 1)
  expect(await store.rooms.read('402817', 0)).toStrictEqual(events(0, version + 1))
}, 60_000)

test('what is asked of a Redis that is known to be away is rejected and never done', async () => {
  const store = await openNode()
  await server.kill()
  await expect(store.rooms.read('402817', 0)).rejects.toThrow('Redis')
  await expect(store.rooms.append('402817', 0, events(0, 1))).rejects.toThrow('Redis')
  await server.startAgain()
  await isBack(store)
  expect(await store.rooms.read('402817', 0)).toStrictEqual([])
})

test('what is asked in the moment of a restart is answered late, not rejected', async () => {
  const store = await openNode()
  await store.rooms.append('402817', 0, events(0, 1))
  await server.kill()
  const reading = store.rooms.read('402817', 0)
  const following = listen(store, '402817')
  await server.startAgain()
  expect(await reading).toStrictEqual(events(0, 1))
  const heard = await following
  await store.rooms.append('402817', 1, events(1, 1))
  await heard.until(2)
})

test('a signal that is told while a node has lost Redis is dropped, not kept for later', async () => {
  const hearer = await overhear(await openNode(), '402817')
  const telling = await openNode()
  const ids = String(await server.client.client('LIST')).match(/(?<=^id=)\d+/gm) ?? []
  // No room for another connection: the last one is cut and cannot come back.
  await server.client.config('SET', 'maxclients', 1)
  await server.client.call('CLIENT', 'KILL', 'ID', String(Math.max(...ids.map(Number))))
  while (await isReached(telling)) continue
  telling.signals.tell('402817', 'while away')
  await server.client.config('SET', 'maxclients', 100)
  await isBack(telling)
  telling.signals.tell('402817', 'again')
  await hearer.until(1)
  expect(hearer.messages).toStrictEqual(['again'])
})

const isReached = (store: Store) =>
  store.check().then(
    () => true,
    () => false,
  )

test('[AL1] while Redis is away each node counts for itself', async () => {
  const store = await openNode()
  const limiter = store.limiter({ name: 'knocks', points: 2, seconds: 3600 })
  await limiter.consume('10.0.0.1')
  await server.kill()
  await expect(store.check()).rejects.toThrow()
  await limiter.consume('10.0.0.1')
  await limiter.consume('10.0.0.1')
  await expect(limiter.consume('10.0.0.1')).rejects.toMatchObject({ remainingPoints: 0 })
  expect(await limiter.get('10.0.0.2')).toBeNull()
  await server.startAgain()
  await isBack(store)
  expect(await limiter.get('10.0.0.1')).toMatchObject({ consumedPoints: 1 })
})

test('[ST2] closing while Redis is away comes to an end', async () => {
  const store = await openNode()
  await listen(store, '402817')
  await server.kill()
  const asked = store.rooms.read('402817', 0)
  const closed = store.close()
  await expect(asked).rejects.toThrow()
  await closed
  await expect(store.rooms.follow('402817', () => {})).rejects.toThrow('closed')
})

test('a fault holds nothing of what was asked', async () => {
  const store = await openNode()
  await server.client.call('SET', 'shelf:key', 'x')
  await server.client.config('SET', 'maxmemory', '1', 'maxmemory-policy', 'noeviction')
  const fault = await store.shelf.put('signing-key', 'geheim', null).catch((fault: unknown) => fault)
  expect(fault).toBeInstanceOf(Error)
  expect(JSON.stringify(Object.entries(fault as Error))).not.toContain('geheim')
  expect((fault as Error).message).toContain('OOM')
})
