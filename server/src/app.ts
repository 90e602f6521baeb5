import { createServer, type Server } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Banks } from './banks.ts'
import type { Config } from './config.ts'
import { Duty } from './duty.ts'
import type { House } from './house.ts'
import { createHttp } from './http/http.ts'
import { createMetricsServer } from './http/operations.ts'
import { findKernel } from './light/kernel.ts'
import { createKnocks } from './knocks.ts'
import { Memory } from './memory.ts'
import { measured, Metrics } from './metrics.ts'
import { Plans } from './plans.ts'
import { Progress } from './progress.ts'
import { Rooms } from './rooms.ts'
import { Scorecards } from './scorecards.ts'
import { createSeats, newSecret } from './seats.ts'
import { hangUpAll } from './socket/hang-up.ts'
import { createSocket } from './socket/socket.ts'
import { StoreWatch } from './store-watch.ts'
import type { Store } from './store/store.ts'

export interface App {
  /** @returns the port, which the system chooses for port 0 */
  listen(): Promise<number>
  /**
   * Says that it will go, and waits as long as the settings want; then takes on nothing new, finishes what was begun,
   * hangs up, so that everyone comes back by themselves, and closes the store.
   */
  close(): Promise<void>
}

/**
 * Longer than a proxy or a browser keeps a connection over which nothing comes: whoever hangs up first must not be the
 * one who is about to be asked something.
 */
const keptAliveMs = 75_000

/** Builds the whole server and reads no environment. */
export async function createApp(config: Config, store: Store, banks: Banks, log: Logger): Promise<App> {
  if (config.kernelRtt === 'ss') await findKernel()
  const secret = config.secret ?? ((await store.shelf.putIfAbsent('signing-key', newSecret())) as string)
  const metrics = new Metrics()
  const memory = new Memory(store.shelf, [...banks.keys()], log)
  const scorecards = new Scorecards(store.shelf, config.resultsTtlMs, log)
  const progress = new Progress(store.shelf, log)
  const house: House = {
    banks,
    rooms: new Rooms(measured(store, metrics), [memory, scorecards, progress], config.resultsTtlMs, log),
    memory,
    plans: new Plans(store.shelf),
    scorecards,
    progress,
    seats: createSeats(secret),
    knocks: createKnocks(store),
    store,
    storeWatch: new StoreWatch(store, log),
    metrics,
    duty: new Duty(),
  }
  const { rooms, storeWatch, duty } = house
  const http = createServer(createHttp(config, house, log))
  http.keepAliveTimeout = keptAliveMs
  const io = createSocket(http, config, house, log)
  const metricsHttp = createMetricsServer(metrics)
  const { port: metricsPort, host, token } = config.metrics
  if (metricsPort !== null || token !== null) metrics.measureProcess()
  return {
    async listen() {
      if (metricsPort !== null) await listen(metricsHttp, metricsPort, host)
      const port = await listen(http, config.port)
      storeWatch.start()
      log.info({ port }, 'listening')
      return port
    },
    async close() {
      duty.drain()
      log.info('draining')
      await setTimeout(config.drainMs)
      http.close()
      await duty.close()
      await hangUpAll(io)
      http.closeAllConnections()
      await io.close()
      storeWatch.stop()
      await rooms.close()
      await store.close()
      metricsHttp.close()
      metricsHttp.closeAllConnections()
    },
  }
}

/** A room of phones knocks at once when the server comes back. */
const backlog = 4096

function listen(http: Server, port: number, host?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', reject)
    http.listen({ port, backlog, ...(host ? { host } : {}) }, () => {
      const address = http.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}
