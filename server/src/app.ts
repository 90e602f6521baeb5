import { createServer, type Server } from 'node:http'
import type { Logger } from 'pino'
import type { Banks } from './banks.ts'
import type { Config } from './config.ts'
import type { House } from './house.ts'
import { createHttp } from './http/http.ts'
import { createKnocks } from './knocks.ts'
import { Rooms } from './rooms.ts'
import { createSeats, newSecret } from './seats.ts'
import { createSocket } from './socket/socket.ts'
import type { Store } from './store/store.ts'

export interface App {
  /** @returns the port, which the system chooses for port 0 */
  listen(): Promise<number>
  /** Hangs up, so that everyone comes back by themselves, and closes the store. */
  close(): Promise<void>
}

/** Builds the whole server and reads no environment. */
export async function createApp(config: Config, store: Store, banks: Banks, log: Logger): Promise<App> {
  const secret = config.secret ?? ((await store.shelf.putIfAbsent('signing-key', newSecret())) as string)
  const rooms = new Rooms(store, config.resultsTtlMs, log)
  const house: House = { banks, rooms, seats: createSeats(secret), knocks: createKnocks(store), store }
  const http = createServer(createHttp(config, house, log))
  const io = createSocket(http, config, house, log)
  return {
    listen: () => listen(http, config.port),
    async close() {
      await io.close()
      await rooms.close()
      await store.close()
    },
  }
}

/** A room of phones knocks at once when the server comes back. */
const backlog = 4096

function listen(http: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', reject)
    http.listen({ port, backlog }, () => {
      const address = http.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}
