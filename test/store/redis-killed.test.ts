import { isDeepStrictEqual } from 'node:util'
import type { RoomEvent } from '@knopka/shared/game'
import { expect, onTestFinished, test } from 'vitest'
import { openRedisStore } from '@knopka/server/store/redis'
import type { Appended, Store } from '@knopka/server/store'
import { startRedis, type RedisServer, type RedisSettings } from '../support/redis.ts'
import { events, listen, numbered, roomTtlMs } from './contract.ts'
import { expectWhole, followAll, Writers } from './redis-writers.ts'

const key = '{room:402817}:log'
const pins = ['100001', '100002', '100003', '100004', '100005', '100006', '100007', '100008']

async function freshRedis(settings: RedisSettings = {}): Promise<RedisServer> {
  const server = await startRedis(settings)
  onTestFinished(() => server.stop())
  return server
}

async function openNode({ address }: RedisServer): Promise<Store> {
  const store = await openRedisStore({ urls: [address], roomTtlMs })
  onTestFinished(() => store.close())
  return store
}

test('[RS4] [RS7] Redis is killed while it writes: what it acknowledged is there, and no half of a commit', async () => {
  const server = await freshRedis({ appendOnly: 'always' })
  const [writing, following] = [await openNode(server), await openNode(server)]
  const heard = await followAll(following, pins)
  const writers = new Writers(writing, pins)
  for (const appends of [153, 401, 37]) {
    await writers.appendsMore(appends)
    await server.kill()
    await server.startAgain()
  }
  await writers.appendsMore(100)
  await writers.stop()
  await expectWhole(following, [writers], heard)
}, 60_000)

test('a Redis that writes to its disk once a second may lose the end: no half of a commit, and the rest goes on', async () => {
  const server = await freshRedis({ appendOnly: 'everysec' })
  const [writing, following] = [await openNode(server), await openNode(server)]
  const heard = await followAll(following, pins)
  const writers = new Writers(writing, pins)
  for (const appends of [401, 153]) {
    await writers.appendsMore(appends)
    await server.kill()
    await server.startAgain()
  }
  await writers.appendsMore(100)
  await writers.stop()
  for (const [pin, one] of heard) {
    const log = await following.rooms.read(pin, 0)
    expect(log).toStrictEqual(events(0, log.length))
    expect(log.length % 2).toBe(0)
    while (!isDeepStrictEqual(fold(one.commits), log)) await one.tells(one.commits.length + 1)
  }
}, 60_000)

/** What the commits say the log is: one that begins before its end takes the place of what was there. */
const fold = (commits: Appended[]) =>
  commits.reduce<RoomEvent[]>((known, { from, events }) => [...known.slice(0, from), ...events], [])

test('[RS7] subscriptions are cut while two nodes write: nothing is missed, and nothing told twice', async () => {
  const server = await freshRedis()
  const nodes = [await openNode(server), await openNode(server)]
  const heard = await followAll(await openNode(server), pins)
  const writers = nodes.map((node) => new Writers(node, pins))
  let cuts = 0
  for (let round = 0; round < 10; round++) {
    await Promise.all(writers.map((writer) => writer.appendsMore(50)))
    cuts += (await server.client.call('CLIENT', 'KILL', 'TYPE', 'pubsub')) as number
  }
  await Promise.all(writers.map((writer) => writer.appendsMore(50)))
  await Promise.all(writers.map((writer) => writer.stop()))
  await expectWhole(nodes[0] as Store, writers, heard)
  expect(cuts).toBeGreaterThan(1)
}, 60_000)

test('[RS4] Redis stands still for a while: appends are rejected, and what is acknowledged is there', async () => {
  const server = await freshRedis()
  const [writing, following] = [await openNode(server), await openNode(server)]
  const heard = await followAll(following, pins)
  const writers = new Writers(writing, pins)
  await writers.appendsMore(100)
  server.pause()
  await expect(writing.check()).rejects.toThrow('Redis')
  await writers.isRejected()
  server.resume()
  await writers.appendsMore(100)
  await writers.stop()
  await expectWhole(following, [writers], heard)
}, 60_000)

test('Redis forgets the script: appends go on', async () => {
  const server = await freshRedis()
  const store = await openNode(server)
  const heard = await followAll(store, pins)
  const writers = new Writers(store, pins)
  for (let round = 0; round < 5; round++) {
    await writers.appendsMore(40)
    await server.client.script('FLUSH')
  }
  await writers.appendsMore(40)
  await writers.stop()
  await expectWhole(store, [writers], heard)
  expect(writers.rejected).toBe(0)
})

test('[RS7] a message that never came is found missing with the next one', async () => {
  const server = await freshRedis()
  const store = await openNode(server)
  await store.rooms.append('402817', 0, events(0, 2))
  const heard = await listen(store, '402817')
  await server.client.rpush(key, JSON.stringify(numbered(2)))
  await store.rooms.append('402817', 3, events(3, 1))
  await heard.until(4)
  await store.rooms.append('402817', 4, events(4, 1))
  await heard.until(5)
  expect(heard.commits).toStrictEqual([
    { from: 2, events: events(2, 2) },
    { from: 4, events: events(4, 1) },
  ])
})

for (const count of [1, 5, 8]) {
  test(`[RS7] a room is opened anew while nobody hears: its ${count} events instead of five are told from the first`, async () => {
    const server = await freshRedis()
    const store = await openNode(server)
    await store.rooms.append('402817', 0, events(0, 2))
    const heard = await listen(store, '402817')
    await store.rooms.append('402817', 2, events(2, 3))
    await heard.until(5)
    const lines = events(70, count).map((event) => JSON.stringify(event))
    const anew = server.client
      .multi()
      .del(key)
      .rpush(key, ...lines)
    await anew.exec()
    await server.client.call('CLIENT', 'KILL', 'TYPE', 'pubsub')
    await heard.tells(2)
    await store.rooms.append('402817', count, events(70 + count, 1))
    await heard.tells(3)
    expect(heard.commits.slice(1)).toStrictEqual([
      { from: 0, events: events(70, count) },
      { from: count, events: events(70 + count, 1) },
    ])
  })
}

test('[RS8] a log that is erased while nobody hears is known to be gone', async () => {
  const server = await freshRedis()
  const store = await openNode(server)
  await store.rooms.append('402817', 0, events(0, 2))
  const heard = await listen(store, '402817')
  await store.rooms.append('402817', 2, events(2, 3))
  await heard.until(5)
  await server.client.del(key)
  await server.client.call('CLIENT', 'KILL', 'TYPE', 'pubsub')
  await heard.tells(2)
  await store.rooms.append('402817', 0, events(70, 1))
  await heard.tells(3)
  expect(heard.commits.slice(1)).toStrictEqual([
    { from: 0, events: [] },
    { from: 0, events: events(70, 1) },
  ])
})

test('[RS7] following begins in the midst of appends that never pause', async () => {
  const server = await freshRedis()
  const following = await openNode(server)
  const nodes = await Promise.all([1, 2, 3, 4].map(() => openNode(server)))
  const writers = nodes.map((node) => new Writers(node, ['402817']))
  for (let round = 0; round < 30; round++) {
    const heard = await listen(following, '402817')
    const known = await following.rooms.read('402817', 0)
    await Promise.all(writers.map((writer) => writer.appendsMore(2)))
    const log = await following.rooms.read('402817', 0)
    await heard.until(log.length)
    heard.leave()
    for (const { from, events } of heard.commits) known.splice(from, events.length, ...events)
    expect(known.slice(0, log.length)).toStrictEqual(log)
  }
  await Promise.all(writers.map((writer) => writer.stop()))
}, 60_000)
