/** What a connection is beneath Socket.IO, as far as control pings need it: engine.io's and ws's own names. */
export interface Connection {
  transport: { name: string; socket?: Wire }
  writeBuffer: { length: number }
  once(event: 'drain', listener: () => void): void
}

interface Wire {
  ping(data: Buffer): void
  on(event: 'pong', listener: (data: Buffer) => void): void
  /** The TCP connection beneath. */
  _socket?: { cork(): void; uncork(): void; remoteAddress?: string; remotePort?: number }
}

/** What becomes of a control ping. */
export interface PingFate {
  sent(nonce: number): void
  answered(nonce: number): void
}

const nonceBytes = 4
const heard = new WeakSet<Wire>()
const waiting = new WeakMap<Connection, (() => void)[]>()

/** What is said meanwhile leaves in one piece: a message and the ping behind it cost the system as much as either. */
export function together({ transport }: Connection, say: () => void): void {
  const socket = transport.socket?._socket
  socket?.cork()
  say()
  socket?.uncork()
}

/**
 * Sends a WebSocket control ping behind everything that was written before: on a busy connection it would overtake.
 * The browser answers it below any script. Long polling has none.
 */
export function pingBehind(connection: Connection, nonce: number, fate: PingFate): void {
  // What has left engine.io's buffer is with ws, in order, also while engine.io waits for it to be sent.
  if (connection.writeBuffer.length > 0) return whenDrained(connection, () => pingBehind(connection, nonce, fate))
  const { transport } = connection
  const wire = transport.name === 'websocket' ? transport.socket : undefined
  if (!wire) return
  if (!heard.has(wire)) {
    heard.add(wire)
    wire.on('pong', (data) => data.length === nonceBytes && fate.answered(data.readUInt32BE()))
  }
  const data = Buffer.alloc(nonceBytes)
  data.writeUInt32BE(nonce)
  wire.ping(data)
  fate.sent(nonce)
}

/** One listener, however many wait: a stalled connection is probed again and again. */
function whenDrained(connection: Connection, act: () => void): void {
  const acts = waiting.get(connection)
  if (acts) return void acts.push(act)
  const first = [act]
  waiting.set(connection, first)
  connection.once('drain', () => {
    waiting.delete(connection)
    first.forEach((act) => act())
  })
}
