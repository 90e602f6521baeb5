import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { inspect } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { openRedisStore } from '@knopka/server/store/redis'
import { startCluster, startRedis } from '../support/redis.ts'
import { events, listen, roomTtlMs } from './contract.ts'

const example = 'REDIS_URL=redis://127.0.0.1:6379 npm start'

/** What `openRedisStore` says, and all that a log would show of it. */
async function complaint(...urls: string[]): Promise<string> {
  const fault = await openRedisStore({ urls, roomTtlMs }).then(
    () => expect.unreachable('The store was opened'),
    (fault: unknown) => fault as Error,
  )
  expect(inspect(fault, { depth: 10 })).not.toContain('geheim')
  return fault.message
}

/** A server that answers each command as it is told. @returns its port */
async function pretend(answer: (command: string) => string): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (data) => {
      for (const command of data
        .toString()
        .split(/^\*\d+\r\n\$\d+\r\n/m)
        .slice(1)) {
        socket.write(answer(command.split('\r\n')[0]?.toLowerCase() ?? ''))
      }
    })
  }).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

test('where nothing listens, one sentence names the address and the way out, and not the password', async () => {
  const server = await startRedis()
  await server.stop()
  const where = `127.0.0.1:${server.port}`
  expect(await complaint(`redis://ann:geheim@${where}/0`)).toBe(
    `Redis at ${where} cannot be used: connect ECONNREFUSED ${where}. Start it, or choose another: ${example}`,
  )
})

test('a wrong password is told as such, and not repeated', async () => {
  const server = await startRedis()
  onTestFinished(() => server.stop())
  await server.client.config('SET', 'requirepass', 'richtig')
  const words = `Redis at 127.0.0.1:${server.port} cannot be used: `
  expect(await complaint(`redis://:geheim@127.0.0.1:${server.port}`)).toContain(`${words}WRONGPASS`)
  expect(await complaint(server.address)).toContain(`${words}NOAUTH`)
})

test('a password and a database in the address are used, and kept after Redis was away', async () => {
  const server = await startRedis()
  onTestFinished(() => server.stop())
  await server.client.config('SET', 'requirepass', 'r@ch:tig')
  const url = `redis://:${encodeURIComponent('r@ch:tig')}@127.0.0.1:${server.port}/3`
  const store = await openRedisStore({ urls: [url], roomTtlMs })
  onTestFinished(() => store.close())
  const heard = await listen(store, '402817')
  await store.rooms.append('402817', 0, events(0, 1))
  await server.client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
  await store.rooms.append('402817', 1, events(1, 1))
  await heard.until(2)
  expect(await server.client.exists('{room:402817}:log')).toBe(0)
  await server.client.select(3)
  expect(await server.client.llen('{room:402817}:log')).toBe(2)
})

test('an old Redis is refused', async () => {
  const info = 'redis_version:6.2.14\r\ncluster_enabled:0\r\nloading:0\r\n'
  const port = await pretend((command) => (command === 'info' ? `$${info.length}\r\n${info}\r\n` : '+OK\r\n'))
  expect(await complaint(`redis://127.0.0.1:${port}`)).toBe(
    `Redis at 127.0.0.1:${port} cannot be used: it is version 6.2.14. Update it to 7 or newer, or choose another: ${example}`,
  )
})

test('a server that accepts and says nothing is not waited for', async () => {
  const port = await pretend(() => '')
  expect(await complaint(`redis://127.0.0.1:${port}`)).toContain('. Start it, or choose another')
})

test('what is no address is not printed: it may hold a password', async () => {
  for (const url of ['geheim@127.0.0.1:6379', 'http://:geheim@127.0.0.1', 'redis://:ge/heim@127.0.0.1:6379', '']) {
    expect(await complaint(url)).toBe(
      'REDIS_URL takes addresses like redis://127.0.0.1:6379, with commas between several of a cluster.',
    )
  }
})

test('several addresses of what is no cluster are refused', async () => {
  const server = await startRedis()
  onTestFinished(() => server.stop())
  const words = await complaint(server.address, server.address)
  expect(words).toContain('ERR This instance has cluster support disabled. Start it, or choose another')
})

test('one address of a cluster is refused', async () => {
  const nodes = await startCluster()
  onTestFinished(async () => void (await Promise.all(nodes.map((node) => node.stop()))))
  const [{ address, port } = { address: '', port: 0 }] = nodes
  expect(await complaint(address)).toBe(
    `Redis at 127.0.0.1:${port} cannot be used: it belongs to a cluster. Name several of its nodes in REDIS_URL, with commas between them.`,
  )
}, 60_000)
