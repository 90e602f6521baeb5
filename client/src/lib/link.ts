import type { ClientToServer, Hello, ServerToClient } from '@knopka/shared/contracts'
import type { Pin } from '@knopka/shared/ids'
import { io, type Socket } from 'socket.io-client'

export type Link = Socket<ServerToClient, ClientToServer>

/** Who knocks, and with what right. */
export type Knock = Hello['as']

/** Grows together with the contracts; a test compares it with theirs, which would bring zod into every phone. */
export const spokenProtocol = 1

/**
 * @param knock asked anew at every try, since the first answer brings a token
 * @param address of the server; left out, it is the one that the page came from
 */
export function openLink(pin: Pin, knock: () => Knock, address?: string): Link {
  const hello = (): Hello => ({ protocol: spokenProtocol, pin, as: knock() })
  return io(address, {
    // Websocket first: the handshake costs half of what polling and an upgrade cost, and polling stays as a way out.
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    autoConnect: false,
    reconnectionDelay: 250,
    reconnectionDelayMax: 2000,
    timeout: 8000,
    auth: (send) => send(hello()),
  })
}
