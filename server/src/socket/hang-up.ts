import { setTimeout } from 'node:timers/promises'
import type { Metrics } from '../metrics.ts'
import type { GameServer, GuestSocket } from './socket.ts'
import { Tally } from './tally.ts'

/** What a connection is beneath Socket.IO: engine.io's and ws's own names. */
export interface Connection {
  readyState: 'opening' | 'open' | 'closing' | 'closed'
  transport: { name: string; socket?: Wire }
  /** What waits for the transport to take it. */
  writeBuffer: { data?: string | Buffer }[]
  once(event: 'close', listener: () => void): void
  on(event: 'packet' | 'close', listener: () => void): void
  /** @param discard without what waits to be sent */
  close(discard?: boolean): void
}

interface Wire {
  /** What waits for the system to take it, in bytes. */
  bufferedAmount: number
  once(event: 'close', listener: () => void): void
  terminate(): void
}

/** Beyond it a phone does not read, or so slowly that the room as it is now comes to it sooner by a new welcome. */
const mostUnsentBytes = 1024 * 1024
/** A phone says some ten things in a second: probes, a light, presses. */
const mostMessages = 200
/** Time for the last words of each connection, and for the other end's answer to its closing. */
const graceMs = 1000

export const connectionOf = ({ conn }: GuestSocket): Connection => conn as unknown as Connection

const wireOf = ({ transport }: Connection): Wire | undefined =>
  transport.name === 'websocket' ? transport.socket : undefined

/** Every message counts, also one that is no command, from the first byte on. Whoever floods is hung up. */
export function hangUpFloods(io: GameServer, metrics: Metrics): void {
  io.engine.on('connection', (connection: Connection) => {
    const heard = new Tally()
    connection.on('packet', () => {
      if (heard.add(performance.now()) <= mostMessages || connection.readyState === 'closed') return
      metrics.hungUp('flood')
      hangUp(connection)
    })
  })
}

/** Who does not read must not fill this process's memory with what the room says meanwhile. */
export function hangUpSlowReaders(io: GameServer, metrics: Metrics): void {
  let all = 0
  for (const socket of io.of('/').sockets.values()) {
    const unsent = unsentBytes(connectionOf(socket))
    all += unsent
    if (unsent <= mostUnsentBytes) continue
    metrics.hungUp('slow')
    hangUp(connectionOf(socket))
  }
  metrics.unsent(all)
}

function unsentBytes(connection: Connection): number {
  const waiting = connection.writeBuffer.reduce((bytes, { data }) => bytes + (data?.length ?? 0), 0)
  return waiting + (wireOf(connection)?.bufferedAmount ?? 0)
}

/** Ends a connection now, as a lost link would, so that a page of ours comes back by itself. */
export function hangUp(connection: Connection): void {
  const wire = wireOf(connection)
  connection.close(true)
  // Else ws keeps what waits until the other end agrees to the closing, for half a minute.
  wire?.terminate()
}

/** Hangs everyone up, after what waits to be sent. Who does not answer the closing in time is cut off. */
export async function hangUpAll(io: GameServer): Promise<void> {
  const connections = Object.values((io.engine as unknown as { clients: Record<string, Connection> }).clients)
  const wires = connections.map(wireOf)
  const ends = connections.map((connection, index) => {
    return new Promise<void>((resolve) => (wires[index] ?? connection).once('close', resolve))
  })
  connections.forEach((connection) => connection.close())
  await Promise.race([Promise.all(ends), setTimeout(graceMs, undefined, { ref: false })])
  wires.forEach((wire) => wire?.terminate())
}
