import { Lit, ProbeAnswer, type Light } from '@knopka/shared/contracts'
import { stageOf } from '@knopka/shared/game'
import { openingKey } from '../light/meter.ts'
import { pingBehind, type Connection } from '../light/wire.ts'
import type { Store } from '../store/store.ts'
import type { GameServer, GuestSocket } from './socket.ts'

const everyMs = 200
/** While nothing is asked, a link is measured once in so many rounds. */
const idleRounds = 5
/** Enough round trips at the start to know a link before the first question. */
const firstProbes = 10

/** One timer for all links: a timer a socket would cost a large room dearly. */
export function probeAll(io: GameServer, store: Store, everySecond: () => void): NodeJS.Timeout {
  let round = 0
  return setInterval(() => {
    round = (round + 1) % idleRounds
    for (const socket of io.of('/').sockets.values())
      if (round === 0 || isNew(socket) || isPlaying(socket)) probe(socket, store)
    if (round === 0) everySecond()
  }, everyMs).unref()
}

const isNew = ({ data }: GuestSocket): boolean => data.meter.measured < firstProbes

/** With a question on the table every link is watched closely. */
function isPlaying({ data: { room, viewer } }: GuestSocket): boolean {
  const { turn, phase } = room.state
  return viewer.role === 'player' && phase === 'playing' && turn !== null && ['reading', 'open'].includes(stageOf(turn))
}

/** Asks for the phone's clock, with a control ping beneath that no script can hold back. */
export function probe(socket: GuestSocket, store: Store): void {
  const { meter } = socket.data
  const probe = meter.probe(store.now())
  socket.emit('probe', probe, (phoneClock: unknown) => {
    const now = store.now()
    if (!ProbeAnswer.safeParse(phoneClock).success) return
    meter.answered(probe.nonce, phoneClock as number, now)
    socket.data.round.check()
  })
  ping(socket, probe.nonce, store)
}

export function tellLight(socket: GuestSocket, light: Light, store: Store): void {
  socket.emit('light', light)
  const nonce = socket.data.meter.lighted(openingKey(light.turn, light.opening), light.at, store.now())
  ping(socket, nonce, store)
}

export function hearLit(socket: GuestSocket, store: Store): void {
  socket.on('lit', (raw: unknown) => {
    const now = store.now()
    const lit = Lit.safeParse(raw)
    if (!lit.success) return
    const { turn, opening, phoneClock } = lit.data
    socket.data.meter.lit(openingKey(turn, opening), phoneClock, now)
    socket.data.round.check()
  })
}

function ping({ conn, data: { meter } }: GuestSocket, nonce: number, store: Store): void {
  pingBehind(conn as unknown as Connection, nonce, {
    sent: (nonce) => meter.controlSent(nonce, store.now()),
    answered: (nonce) => meter.controlAnswered(nonce, store.now()),
  })
}
