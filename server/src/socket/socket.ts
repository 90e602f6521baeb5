import type { Server as HttpServer } from 'node:http'
import type { ClientToServer, HandshakeRefusal, ServerToClient } from '@knopka/shared/contracts'
import type { Viewer } from '@knopka/shared/game'
import type { Logger } from 'pino'
import { Server, type Socket } from 'socket.io'
import type { Config } from '../config.ts'
import type { House } from '../house.ts'
import { LinkMeter } from '../light/meter.ts'
import type { Round } from '../light/round.ts'
import { addressReader, isOwnOrigin } from '../origin.ts'
import type { Room } from '../room.ts'
import { Audiences } from './audience.ts'
import { hearCommands } from './command.ts'
import { admit } from './handshake.ts'
import { hearLit, probe, probeAll } from './probes.ts'

export interface Guest {
  room: Room
  viewer: Viewer
  token: string | null
  meter: LinkMeter
  /** The lights and the waiting of the room; there from the moment that the socket is seated. */
  round: Round
}

export type GameServer = Server<ClientToServer, ServerToClient, Record<string, never>, Guest>
export type GuestSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, Guest>

/** A frame beyond this ends the connection; what the contract allows is far smaller. */
const maxFrameBytes = 64 * 1024

/** The socket's door: admits, follows the room, and carries commands in and commits out. */
export function createSocket(http: HttpServer, config: Config, house: House, log: Logger): GameServer {
  const io: GameServer = new Server(http, {
    serveClient: false,
    maxHttpBufferSize: maxFrameBytes,
    pingInterval: 5000,
    pingTimeout: 5000,
    allowRequest: (request, decide) => decide(null, isOwnOrigin(request, config.url)),
  })
  const audiences = new Audiences(io, house, log)
  const addressOf = addressReader(config.trustProxy)
  io.use((socket, next) => {
    admit(socket.handshake.auth, addressOf(socket.request), house)
      .then((admitted) => {
        if ('code' in admitted) return next(refusal(admitted))
        Object.assign(socket.data, { ...admitted, meter: new LinkMeter() })
        next()
      })
      .catch((fault: unknown) => {
        log.error({ err: fault }, 'a handshake failed')
        next(refusal({ code: 'server-error' }))
      })
  })
  io.on('connection', (socket) => {
    audiences.seat(socket)
    hearCommands(socket, house, log)
    hearLit(socket, house.store)
    probe(socket, house.store)
  })
  const probing = probeAll(io, house.store, () => audiences.tellPresence())
  io.engine.on('close', () => clearInterval(probing))
  http.on('close', () => clearInterval(probing))
  return io
}

const refusal = (data: HandshakeRefusal): Error => Object.assign(new Error(data.code), { data })
