import type { Server as HttpServer } from 'node:http'
import type { ClientToServer, ServerToClient } from '@knopka/shared/contracts'
import type { Mine, Role, Viewer } from '@knopka/shared/game'
import type { Logger } from 'pino'
import { Server, type Socket } from 'socket.io'
import type { Config } from '../config.ts'
import type { House } from '../house.ts'
import type { LinkMeter } from '../light/meter.ts'
import type { Round } from '../light/round.ts'
import type { Room } from '../room.ts'
import { Audiences } from './audiences.ts'
import { hearCommands } from './command.ts'
import { Crowd } from './crowd.ts'
import { isLetKnock, keepDoor } from './door.ts'
import { hangUpFloods, hangUpSlowReaders } from './hang-up.ts'
import { watchKernel } from './kernel.ts'
import { hearLit, probe, probeAll } from './probes.ts'
import type { Tally } from './tally.ts'

export interface Guest {
  room: Room
  viewer: Viewer
  token: string | null
  meter: LinkMeter
  /** The lights and the waiting of the room; there from the moment that the socket is seated. */
  round: Round
  /** What the phone was last told of its own; `null` where nobody has a place in the game. */
  mine: Mine | null
  /** What the seat says in a second. */
  said: Tally
  /** Of a projector, whether the hall can hear it. */
  isSounding?: boolean
}

export type GameServer = Server<ClientToServer, ServerToClient, Record<string, never>, Guest>
export type GuestSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, Guest>

/** A frame beyond this ends the connection; what the contract allows is far smaller. */
const maxFrameBytes = 64 * 1024
/** Links have so long to say who knocks. */
const knockMs = 10_000

/** The socket's door: admits, follows the room, and carries commands in and commits out. */
export function createSocket(http: HttpServer, config: Config, house: House, log: Logger): GameServer {
  const io: GameServer = new Server(http, {
    serveClient: false,
    maxHttpBufferSize: maxFrameBytes,
    pingInterval: 5000,
    pingTimeout: 5000,
    connectTimeout: knockMs,
    allowRequest: (request, decide) => decide(null, isLetKnock(io, request, config, house)),
  })
  // Nobody here speaks to Socket.IO's rooms; and to keep one for each socket, with itself in it, takes some 400 bytes.
  io.of('/').adapter.addAll = () => {}
  const { metrics } = house
  const audiences = new Audiences(house, log)
  const crowd = new Crowd()
  keepDoor(io, crowd, config, house, log)
  hangUpFloods(io, metrics)
  metrics.watchConnections(() => countRoles(io))
  io.on('connection', (socket) => {
    audiences.seat(socket)
    hearCommands(socket, house, log)
    hearLit(socket, house.store)
    probe(socket, house.store)
  })
  const beat = (isSecond: boolean) => {
    audiences.beat(isSecond)
    if (!isSecond) return
    hangUpSlowReaders(io, metrics)
    crowd.sweep(performance.now())
  }
  const probing = probeAll(io, house.store, { isTelling: () => audiences.isAnyTelling, beat })
  const timers = [probing, ...(config.kernelRtt === 'ss' ? [watchKernel(io, http, log)] : [])]
  io.engine.on('close', () => timers.forEach(clearInterval))
  http.on('close', () => timers.forEach(clearInterval))
  return io
}

function countRoles(io: GameServer): Map<Role, number> {
  const counts = new Map<Role, number>()
  for (const { data } of io.of('/').sockets.values())
    counts.set(data.viewer.role, (counts.get(data.viewer.role) ?? 0) + 1)
  return counts
}
