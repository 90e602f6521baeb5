import { afterAll, afterEach, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import type { Store } from '@knopka/server/store'
import { openRedisStore } from '@knopka/server/store/redis'
import { startRedis, type RedisServer } from '../support/redis.ts'
import { overhear, roomTtlMs, storeContract } from './contract.ts'
import { openBench } from './redis-bench.ts'

let server: RedisServer
beforeAll(async () => {
  server = await startRedis()
})
afterEach(() => vi.useRealTimers())
afterAll(() => server.stop())

storeContract('one Redis', ({ roomTtlMs }) => openBench([server], roomTtlMs))

async function openNode(): Promise<Store> {
  const store = await openRedisStore({ urls: [server.address], roomTtlMs })
  onTestFinished(() => store.close())
  return store
}

test('[ST1] the clock is that of Redis, whatever the wall clock of a node says', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 0 })
  const nodes = [await openNode(), await openNode()]
  const [seconds] = await server.client.time()
  for (const node of nodes) expect(Math.abs(node.now() - Number(seconds) * 1000)).toBeLessThan(5000)
})

test('those who listen to a room at one node share a subscription, and the last that leaves ends it', async () => {
  const store = await openNode()
  const channels = () => server.client.call('PUBSUB', 'SHARDCHANNELS') as Promise<string[]>
  const leave = [await store.rooms.follow('402817', () => {}), await store.rooms.follow('402817', () => {})]
  const hearer = await overhear(store, '402817')
  expect((await channels()).toSorted()).toStrictEqual(['{room:402817}:commits', '{room:402817}:signals'])
  expect(await server.client.call('PUBSUB', 'SHARDNUMSUB', '{room:402817}:commits')).toStrictEqual([
    '{room:402817}:commits',
    1,
  ])
  leave[0]?.()
  store.signals.tell('402817', 'here')
  await hearer.until(1)
  expect(await channels()).toHaveLength(2)
  leave[1]?.()
  hearer.leave()
  while ((await channels()).length > 0) continue
})
