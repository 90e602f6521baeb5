import type { IncomingMessage } from 'node:http'
import type { HandshakeRefusal } from '@knopka/shared/contracts'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { House } from '../house.ts'
import { LinkMeter } from '../light/meter.ts'
import { addressReader, isOwnOrigin, kernelRttReader } from '../origin.ts'
import type { Crowd } from './crowd.ts'
import { admit, type Admitted } from './handshake.ts'
import { connectionOf } from './hang-up.ts'
import type { GameServer, GuestSocket } from './socket.ts'
import { Tally } from './tally.ts'

/** So many at a time are told that the server is full; beyond them the door does not open at all. */
const mostTold = 100
/** A device that went without a word is noticed by then. */
const deadSeconds = 10

/** Whether a connection may begin at all, before it has said a word. */
export function isLetKnock(io: GameServer, request: IncomingMessage, { url, maxConnections }: Config, house: House) {
  const isOpen = !house.duty.isClosed && io.engine.clientsCount < maxConnections + mostTold
  return isOpen && isOwnOrigin(request, url)
}

/** Lets in whoever has a right to come in and finds room. */
export function keepDoor(io: GameServer, crowd: Crowd, config: Config, house: House, log: Logger): void {
  const { duty, metrics } = house
  const addressOf = addressReader(config.trustProxy)
  const meterFor = meterMaker(config)
  const knock = async (socket: GuestSocket): Promise<(Admitted & { said: Tally }) | HandshakeRefusal> => {
    // Before any join: what finds no place leaves no trace in the room.
    if (io.engine.clientsCount > config.maxConnections) return { code: 'full' }
    const isPolling = connectionOf(socket).transport.name === 'polling'
    const admitted = await admit(socket.handshake.auth, { address: addressOf(socket.request), isPolling }, house)
    if ('code' in admitted) return admitted
    const { room, viewer } = admitted
    const said = viewer.seat ? crowd.sit(`${room.pin}/${viewer.seat}`, connectionOf(socket)) : new Tally()
    return said ? { ...admitted, said } : { code: 'too-many', retryAfterSeconds: deadSeconds }
  }
  io.use((socket, next) => {
    if (duty.isClosed) return // it is hung up right away, and knocks at the next process
    duty.begin()
    knock(socket)
      .then((answer) => {
        if (!('code' in answer)) {
          Object.assign(socket.data, { ...answer, meter: meterFor(socket.request) })
          forgetKnock(socket)
          return next()
        }
        metrics.refused(answer.code)
        next(refusal(answer))
      })
      .catch((fault: unknown) => {
        log.error({ err: fault }, 'a handshake failed')
        next(refusal({ code: 'server-error' }))
      })
      .finally(() => duty.end())
  })
}

/** What the proxy says of a connection it says once, at its beginning. */
function meterMaker({ kernelRtt, trustProxy }: Config): (request: IncomingMessage) => LinkMeter {
  const told = kernelRtt === 'header' ? kernelRttReader(trustProxy) : () => null
  return (request) => {
    const meter = new LinkMeter()
    const rttMs = told(request)
    if (rttMs !== null) meter.kernelMeasured(rttMs)
    return meter
  }
}

const refusal = (data: HandshakeRefusal): Error => Object.assign(new Error(data.code), { data })

const nothing = {}

/**
 * Socket.IO keeps what someone knocked with for as long as they stay, and engine.io the whole request: with a browser's
 * headers some 2 KB for each. Nobody asks for it again.
 */
function forgetKnock(socket: GuestSocket): void {
  Object.assign(socket, { handshake: nothing })
  Object.assign(socket.request, { headers: nothing, rawHeaders: [] })
}
