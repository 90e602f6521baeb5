import { afterAll, beforeAll } from 'vitest'
import { startCluster, type RedisServer } from '../support/redis.ts'
import { storeContract } from './contract.ts'
import { openBench } from './redis-bench.ts'

let nodes: RedisServer[] = []
beforeAll(async () => {
  nodes = await startCluster()
}, 60_000)
afterAll(() => Promise.all(nodes.map((node) => node.stop())))

storeContract('a Redis Cluster of three nodes', ({ roomTtlMs }) => openBench(nodes, roomTtlMs))
