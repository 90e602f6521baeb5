import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import type { Ms } from '@knopka/shared/ids'
import type { Ways } from '../simulation/links.ts'
import type { Way } from '../simulation/way.ts'
import { Line, now, type Alarms } from './alarms.ts'

/** What a proxy that the server trusts says of the round trip that its kernel measured, in microseconds. */
const rttHeader = 'x-knopka-rtt-us'

/** A phone's link to the server: every byte comes through, in order, when the model of the link lets it. */
export interface DelayProxy {
  address: string
  /** When the newest connection has let go so many bytes of the phone's, calls back with the instant. */
  onReleased(bytes: number, released: (at: Ms) => void): void
  close(): void
}

export interface Manner {
  port: number
  ways: Ways
  /** The instant at which the time of the links begins. */
  epoch: Ms
  /** Told to the server as the kernel's own; `null`: nothing is told. */
  kernelRttMs: Ms | null
  alarms: Alarms
}

export async function openDelayProxy(manner: Manner): Promise<DelayProxy> {
  const sockets = new Set<Socket>()
  let newest: Meter | null = null
  const server = createServer({ noDelay: true }, (phone) => {
    const inner = connect({ port: manner.port, host: '127.0.0.1', noDelay: true })
    for (const socket of [phone, inner]) sockets.add(socket.on('error', () => socket.destroy()))
    inner.once('close', () => [phone, inner].forEach((socket) => sockets.delete(socket)))
    const meter = new Meter()
    newest = meter
    relay(phone, inner, manner.ways.up, manner, meter)
    relay(inner, phone, manner.ways.down, manner, null)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    onReleased: (bytes, released) => newest?.at(bytes, released),
    close() {
      sockets.forEach((socket) => socket.destroy())
      server.close()
    },
  }
}

/** Counts what was let go of one connection's bytes. */
class Meter {
  #released = 0
  #waiting: { bytes: number; released: (at: Ms) => void }[] = []

  at(bytes: number, released: (at: Ms) => void): void {
    this.#waiting.push({ bytes, released })
  }

  letGo(bytes: number): void {
    this.#released += bytes
    while (this.#waiting[0] && this.#waiting[0].bytes <= this.#released) this.#waiting.shift()?.released(now())
  }
}

function relay(from: Socket, to: Socket, way: Way, { epoch, kernelRttMs, alarms }: Manner, meter: Meter | null): void {
  const line = new Line(alarms)
  const due = () => epoch + way.carry(now() - epoch)
  let isFirst = meter !== null && kernelRttMs !== null
  from.on('data', (chunk: Buffer) => {
    const carried = isFirst ? withHeader(chunk, kernelRttMs ?? 0) : chunk
    isFirst = false
    line.put(due(), () => {
      if (to.writable) to.write(carried)
      meter?.letGo(chunk.length)
    })
  })
  from.on('close', () => line.put(due(), () => to.destroy()))
}

/** Behind the request's first line. */
function withHeader(request: Buffer, rttMs: Ms): Buffer {
  const end = request.indexOf('\r\n') + 2
  const header = Buffer.from(`${rttHeader}: ${Math.round(rttMs * 1000)}\r\n`)
  return Buffer.concat([request.subarray(0, end), header, request.subarray(end)])
}
