import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

/** A link that takes its time: every byte comes through, in order, so much later. */
export interface DelayProxy {
  /** `http://127.0.0.1:41234`, in place of the server's own. */
  address: string
  close(): Promise<void>
}

/**
 * @param upMs from the guest to the server
 * @param ownPort where guests find it: closed and begun again there, it is a link that was lost and came back
 */
export async function delayProxy(port: number, upMs: number, downMs: number, ownPort = 0): Promise<DelayProxy> {
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (guest) => {
    const inner = connect({ port, host: '127.0.0.1', noDelay: true })
    for (const socket of [guest, inner]) sockets.add(socket.on('error', () => socket.destroy()))
    relay(guest, inner, upMs)
    relay(inner, guest, downMs)
  }).listen(ownPort, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      sockets.forEach((socket) => socket.destroy())
      server.close()
      await once(server, 'close')
    },
  }
}

/** Timers of one length ring in the order in which they were set. */
function relay(from: Socket, to: Socket, delayMs: number): void {
  from.on('data', (chunk) => void setTimeout(() => to.writable && to.write(chunk), delayMs))
  from.on('close', () => void setTimeout(() => to.destroy(), delayMs))
}
