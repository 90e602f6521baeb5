import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { peerOf, readKernel } from '../light/kernel.ts'
import type { Connection } from '../light/wire.ts'
import type { GameServer } from './socket.ts'

const everyMs = 10_000

/** Tells each link what this machine's kernel measured of it: one question for all of them. */
export function watchKernel(io: GameServer, http: HttpServer, log: Logger): NodeJS.Timeout {
  let isAsking = false
  return setInterval(() => {
    if (isAsking) return
    isAsking = true
    askKernel(io, (http.address() as AddressInfo).port)
      .catch((fault: unknown) => log.error({ err: fault }, 'the kernel was asked in vain'))
      .finally(() => (isAsking = false))
  }, everyMs).unref()
}

async function askKernel(io: GameServer, port: number): Promise<void> {
  const trips = await readKernel(port)
  for (const { conn, data } of io.of('/').sockets.values()) {
    const wire = (conn as unknown as Connection).transport.socket?._socket
    const rttMs = wire && trips.get(peerOf(wire))
    if (rttMs !== undefined) data.meter.kernelMeasured(rttMs)
  }
}
