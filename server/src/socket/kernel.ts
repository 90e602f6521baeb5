import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { peerOf, readKernel } from '../light/kernel.ts'
import type { Connection } from '../light/wire.ts'
import type { GameServer } from './socket.ts'

const everyMs = 10_000
/** By then a new connection has had some round trips. */
const soonMs = 1000

/** Tells each link what this machine's kernel measured of it: one question for all of them. */
export function watchKernel(io: GameServer, http: HttpServer, log: Logger): NodeJS.Timeout {
  const asks = new Asks(async () => {
    const address = http.address() as AddressInfo | null
    // A server that closes no longer has one.
    if (address === null) return
    await askKernel(io, address.port).catch((fault: unknown) =>
      log.error({ err: fault }, 'the kernel was asked in vain'),
    )
  })
  io.on('connection', () => asks.soon())
  return setInterval(() => asks.now(), everyMs).unref()
}

/** Asks one thing at a time, and once for all who came within a second. */
export class Asks {
  readonly #ask: () => Promise<void>
  #isAsking = false
  #soon: NodeJS.Timeout | null = null

  constructor(ask: () => Promise<void>) {
    this.#ask = ask
  }

  now(): void {
    if (this.#isAsking) return
    this.#isAsking = true
    void this.#ask().finally(() => (this.#isAsking = false))
  }

  soon(): void {
    if (this.#soon) return
    this.#soon = setTimeout(() => {
      this.#soon = null
      // What is being answered was asked before they came.
      if (this.#isAsking) this.soon()
      else this.now()
    }, soonMs).unref()
  }
}

async function askKernel(io: GameServer, port: number): Promise<void> {
  const trips = await readKernel(port)
  for (const { conn, data } of io.of('/').sockets.values()) {
    const wire = (conn as unknown as Connection).transport.socket?._socket
    const rttMs = wire && trips.get(peerOf(wire))
    if (rttMs !== undefined) data.meter.kernelMeasured(rttMs)
  }
}
