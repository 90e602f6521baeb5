/** What a connection is beneath Socket.IO, as far as control pings need it: engine.io's and ws's own names. */
export interface Connection {
  transport: { name: string; writable: boolean; socket?: Wire }
  writeBuffer: { length: number }
  once(event: 'drain', listener: () => void): void
}

interface Wire {
  ping(data: Buffer): void
  on(event: 'pong', listener: (data: Buffer) => void): void
}

const nonceBytes = 4
const heard = new WeakSet<Wire>()

/**
 * Sends a WebSocket control ping behind everything that was written before: on a busy connection it would overtake.
 * The browser answers it below any script. Long polling has none.
 */
export function pingBehind(connection: Connection, nonce: number, answered: (nonce: number) => void): void {
  const { transport, writeBuffer } = connection
  const wire = transport.name === 'websocket' ? transport.socket : undefined
  if (!wire) return
  if (!transport.writable || writeBuffer.length > 0) {
    connection.once('drain', () => pingBehind(connection, nonce, answered))
    return
  }
  if (!heard.has(wire)) {
    heard.add(wire)
    wire.on('pong', (data) => data.length === nonceBytes && answered(data.readUInt32BE()))
  }
  const data = Buffer.alloc(nonceBytes)
  data.writeUInt32BE(nonce)
  wire.ping(data)
}
