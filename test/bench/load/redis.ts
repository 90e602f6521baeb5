import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { freePort } from '../../support/free-port.ts'
import { newFolder, start, type Started } from './children.ts'

const places = ['/usr/bin/redis-server', '/usr/local/bin/redis-server', '/opt/homebrew/bin/redis-server']

/** A Redis of the bench's own, as durable as the README advises. */
export async function startRedis(): Promise<Started> {
  const port = await freePort()
  const command = process.env.REDIS_SERVER_PATH ?? places.find(existsSync) ?? 'redis-server'
  const where = ['--port', String(port), '--bind', '127.0.0.1', '--dir', newFolder()]
  const args = [...where, '--save', '', '--appendonly', 'yes', '--appendfsync', 'everysec']
  const redis = await start({ command, args, ready: /Ready to accept connections/ })
  return { ...redis, port }
}

/** @throws when nothing lies in it: then something else than Redis would be measured under its name */
export async function expectUsed(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  socket.write('DBSIZE\r\n')
  const [answer] = (await once(socket, 'data')) as [Buffer]
  socket.destroy()
  if (answer.toString().startsWith(':0')) throw new Error('The server keeps nothing in Redis')
}
