import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest'
import type { Store } from '@knopka/server/store'
import { openRedisStore } from '@knopka/server/store/redis'
import { agreed, startCluster, type RedisServer } from '../support/redis.ts'
import { events, listen, roomTtlMs } from './contract.ts'
import { expectWhole, followAll, Writers } from './redis-writers.ts'

let nodes: RedisServer[] = []
beforeAll(async () => {
  nodes = await startCluster({ appendOnly: 'always' })
}, 60_000)
afterEach(() => Promise.all(nodes.map(({ client }) => client.flushall())))
afterAll(() => Promise.all(nodes.map((node) => node.stop())))

const pins = Array.from({ length: 12 }, (_, index) => String(100_001 + index))

async function openNode(): Promise<Store> {
  const store = await openRedisStore({ urls: nodes.map(({ address }) => address), roomTtlMs })
  onTestFinished(() => store.close())
  return store
}

test('rooms lie on all nodes', async () => {
  const store = await openNode()
  await Promise.all(pins.map((pin) => store.rooms.append(pin, 0, events(0, 1))))
  for (const { client } of nodes) expect((await client.keys('*')).length).toBeGreaterThan(0)
})

test('[RS4] [RS7] each node in turn is killed while all write, and comes back: nothing is lost', async () => {
  const [writing, following] = [await openNode(), await openNode()]
  const heard = await followAll(following, pins)
  const writers = new Writers(writing, pins)
  for (const node of nodes) {
    await writers.appendsMore(100)
    await node.kill()
    await expect(writing.check()).rejects.toThrow('Redis')
    await node.startAgain()
    await Promise.all(nodes.map(({ client }) => agreed(client)))
    await writing.check()
  }
  await writers.appendsMore(100)
  await writers.stop()
  await expectWhole(following, [writers], heard)
}, 120_000)

test('[RS7] subscriptions of all nodes are cut while two nodes write', async () => {
  const stores = [await openNode(), await openNode()]
  const heard = await followAll(await openNode(), pins)
  const writers = stores.map((store) => new Writers(store, pins))
  for (let round = 0; round < 5; round++) {
    await Promise.all(writers.map((writer) => writer.appendsMore(50)))
    for (const { client } of nodes) await client.call('CLIENT', 'KILL', 'TYPE', 'pubsub')
  }
  await Promise.all(writers.map((writer) => writer.appendsMore(50)))
  await Promise.all(writers.map((writer) => writer.stop()))
  await expectWhole(stores[0] as Store, writers, heard)
}, 60_000)

test('[RS7] a room moves to another node while it is followed', async () => {
  const [store, late] = [await openNode(), await openNode()]
  const heard = await listen(store, '402817')
  await store.rooms.append('402817', 0, events(0, 3))
  await heard.until(3)
  await move('{room:402817}:log')
  await store.rooms.append('402817', 3, events(3, 1))
  await heard.until(4)
  const heardLate = await listen(late, '402817')
  await store.rooms.append('402817', 4, events(4, 1))
  await Promise.all([heard.until(5), heardLate.until(5)])
  expect(heard.commits.flatMap(({ events }) => events)).toStrictEqual(events(0, 5))
  expect(heardLate.commits).toStrictEqual([{ from: 4, events: events(4, 1) }])
})

/** Gives the slot of this key to another node, with all that lies in it. */
async function move(key: string): Promise<void> {
  const [any] = nodes as [RedisServer]
  const slot = Number(await any.client.cluster('KEYSLOT', key))
  const counts = await Promise.all(nodes.map(({ client }) => client.exists(key).catch(() => 0)))
  const from = nodes[counts.indexOf(1)] as RedisServer
  const to = nodes[(counts.indexOf(1) + 1) % nodes.length] as RedisServer
  const [fromId, toId] = await Promise.all(
    [from, to].map(({ client }) => client.call('CLUSTER', 'MYID') as Promise<string>),
  )
  await to.client.call('CLUSTER', 'SETSLOT', slot, 'IMPORTING', fromId as string)
  await from.client.call('CLUSTER', 'SETSLOT', slot, 'MIGRATING', toId as string)
  await from.client.call('MIGRATE', '127.0.0.1', to.port, key, 0, 5000)
  for (const { client } of [to, from, ...nodes]) await client.call('CLUSTER', 'SETSLOT', slot, 'NODE', toId as string)
}
