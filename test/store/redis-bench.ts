import type { Ms } from '@knopka/shared/ids'
import { openRedisStore } from '@knopka/server/store/redis'
import type { RedisServer } from '../support/redis.ts'
import type { Bench } from './contract.ts'

/** A store on one Redis, or on all nodes of a cluster. Their time cannot be moved, so what is left of it is cut. */
export async function openBench(servers: RedisServer[], roomTtlMs: Ms): Promise<Bench> {
  const urls = servers.map(({ address }) => address)
  const open = () => openRedisStore({ urls, roomTtlMs })
  let store = await open()
  const others: Awaited<ReturnType<typeof open>>[] = []
  return {
    get store() {
      return store
    },
    async another() {
      const other = await open()
      others.push(other)
      return other
    },
    async pass(ms) {
      await Promise.all(servers.map((server) => cut(server, ms)))
    },
    async reopen() {
      await store.close()
      store = await open()
      return store
    },
    async end() {
      await Promise.all([store, ...others].map((store) => store.close()))
      await Promise.all(servers.map(({ client }) => client.flushall()))
    },
  }
}

async function cut({ client }: RedisServer, ms: Ms): Promise<void> {
  for (const key of await client.keys('*')) {
    const left = await client.pttl(key)
    // Less than nothing: the key has no end.
    if (left >= 0) await (left > ms ? client.pexpire(key, left - ms) : client.del(key))
  }
}
