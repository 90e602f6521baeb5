import { afterAll, beforeAll } from 'vitest'
import { startRedis, type RedisServer } from '../support/redis.ts'
import { storeContract } from './contract.ts'
import { openBench } from './redis-bench.ts'

let server: RedisServer
beforeAll(async () => {
  server = await startRedis()
})
afterAll(() => server.stop())

storeContract('one Redis', ({ roomTtlMs }) => openBench([server], roomTtlMs))
