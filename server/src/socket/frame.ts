import type { ServerToClient } from '@knopka/shared/contracts'
import type { GuestSocket } from './socket.ts'

type Name = keyof ServerToClient
type Payload<Event extends Name> = Parameters<ServerToClient[Event]>[0]

/** What a connection is beneath Socket.IO, where bytes are written: engine.io's and ws's own names. */
interface Connection {
  transport: { name: string; socket?: { readyState: number; _sender?: { sendFrame(frame: Buffer[]): void } } }
  writeBuffer: { length: number }
}

const open = 1
const textOfOneFrame = 0x81

/**
 * One message for many phones: encoded once, and written straight to each WebSocket. Where something of that connection
 * waits still, or by long polling, it goes Socket.IO's way, behind what waits.
 */
export class Frame<Event extends Name = Name> {
  readonly #name: Event
  readonly #payload: Payload<Event>
  #bytes: Buffer[] | undefined

  constructor(name: Event, payload: Payload<Event>) {
    this.#name = name
    this.#payload = payload
  }

  sendTo(socket: GuestSocket): void {
    const { transport, writeBuffer } = socket.conn as unknown as Connection
    const wire = transport.name === 'websocket' ? transport.socket : undefined
    // What has left engine.io's buffer is with ws, in order, also while engine.io waits for it to be sent.
    const isFree = socket.connected && wire?.readyState === open && writeBuffer.length === 0
    if (isFree && wire._sender) wire._sender.sendFrame((this.#bytes ??= [this.#encoded()]))
    else this.#emit(socket)
  }

  #emit(socket: GuestSocket): void {
    const emit = socket.emit.bind(socket) as (name: string, payload: unknown) => void
    emit(this.#name, this.#payload)
  }

  /** A text frame of RFC 6455; in it engine.io's "message" and Socket.IO's "event", as both write them. */
  #encoded(): Buffer {
    const text = Buffer.from(`42${JSON.stringify([this.#name, this.#payload])}`)
    return Buffer.concat([header(text.length), text])
  }
}

function header(length: number): Buffer {
  if (length < 126) return Buffer.from([textOfOneFrame, length])
  if (length < 0x1_0000) return Buffer.from([textOfOneFrame, 126, length >> 8, length & 0xff])
  const long = Buffer.alloc(10)
  long.writeUInt8(textOfOneFrame, 0)
  long.writeUInt8(127, 1)
  long.writeBigUInt64BE(BigInt(length), 2)
  return long
}
