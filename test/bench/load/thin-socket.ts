import { connect, type Socket } from 'node:net'

/** What came of a connection: whole messages, and the bytes of the next one that is not whole yet. */
export interface Read {
  messages: { opcode: number; data: Buffer }[]
  rest: Buffer
}

const text = 1
const ping = 9
const pong = 10
const headEnd = Buffer.from('\r\n\r\n')

/** Splits what a server sent into messages. Servers mask nothing, and ours and the floors never send in parts. */
export function readMessages(bytes: Buffer): Read {
  const messages: Read['messages'] = []
  let at = 0
  for (;;) {
    const [head, length] = lengthAt(bytes, at)
    if (length === null || bytes.length < at + head + length) return { messages, rest: bytes.subarray(at) }
    const data = bytes.subarray(at + head, at + head + length)
    messages.push({ opcode: (bytes[at] ?? 0) & 15, data })
    at += head + length
  }
}

/** @returns how long the head is and how long what follows; `null` while the head is not whole */
function lengthAt(bytes: Buffer, at: number): [head: number, length: number | null] {
  const left = bytes.length - at
  const short = (bytes[at + 1] ?? 0) & 127
  if (left < 2) return [2, null]
  if (short < 126) return [2, short]
  if (short === 126) return [4, left < 4 ? null : bytes.readUInt16BE(at + 2)]
  return [10, left < 10 ? null : Number(bytes.readBigUInt64BE(at + 2))]
}

/** A message as a client has to send it. A mask of zeros leaves the text as it is. */
export function clientMessage(opcode: number, data: Buffer): Buffer {
  const { length } = data
  const head = length < 126 ? [length | 128] : [126 | 128, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([opcode | 128, ...head, 0, 0, 0, 0]), data])
}

export interface Events {
  open: () => void
  text: (data: Buffer) => void
  /** Also when it never began. */
  end: (fault: Error) => void
}

/**
 * A WebSocket client that does no more than the load needs: with a whole one a load process would be slower to join
 * than the floors are to let it in, and the bench would measure that.
 */
export class ThinSocket {
  #socket: Socket
  #rest: Buffer = Buffer.alloc(0)
  #isOpen = false
  #onText: (data: Buffer) => void

  constructor(port: number, path: string, on: Events) {
    this.#onText = on.text
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true })
    this.#socket.on('data', (part) => {
      const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, part]) : part
      this.#rest = this.#isOpen ? this.#hear(bytes) : this.#begin(bytes, on.open)
    })
    this.#socket.on('error', (fault) => on.end(fault))
    this.#socket.on('close', () => on.end(new Error('The connection has ended')))
    this.#socket.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
    )
  }

  send(message: string): void {
    this.#socket.write(clientMessage(text, Buffer.from(message)))
  }

  #begin(bytes: Buffer, open: () => void): Buffer {
    const end = bytes.indexOf(headEnd)
    if (end < 0) return bytes
    if (!bytes.toString('latin1', 0, 12).endsWith('101')) this.#socket.destroy(new Error(bytes.toString()))
    this.#isOpen = true
    open()
    return this.#hear(bytes.subarray(end + headEnd.length))
  }

  #hear(bytes: Buffer): Buffer {
    const { messages, rest } = readMessages(bytes)
    for (const { opcode, data } of messages) {
      if (opcode === text) this.#onText(data)
      else if (opcode === ping) this.#socket.write(clientMessage(pong, data))
    }
    return rest
  }
}
