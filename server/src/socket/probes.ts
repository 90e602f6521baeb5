import { performance } from 'node:perf_hooks'
import { Lit, ProbeAnswer, type Light } from '@knopka/shared/contracts'
import { stageOf } from '@knopka/shared/game'
import { openingKey, type LinkMeter } from '../light/meter.ts'
import { pingBehind, together, type Connection, type PingFate } from '../light/wire.ts'
import type { Store } from '../store/store.ts'
import { Frame } from './frame.ts'
import type { GameServer, GuestSocket } from './socket.ts'

const everyMs = 200
const roundsPerSecond = 1000 / everyMs
const stepsPerRound = 10
/** What an idle process asks in a round: in a crowd each link is measured less often, and none goes short. */
const mostPerRound = 100

interface Beat {
  /** Whether a crowd is being told something: a probe would make it wait, and measure how large it is. */
  isTelling: () => boolean
  beat: (isSecond: boolean) => void
}

/** One timer for all links: a timer a socket would cost a large room dearly. */
export function probeAll(io: GameServer, store: Store, { isTelling, beat }: Beat): NodeJS.Timeout {
  const round = new ProbeRound(io)
  let step = 0
  return setInterval(() => {
    const due = round.take(step % stepsPerRound)
    if (!isTelling()) for (const socket of due) probe(socket, store)
    step++
    if (step % stepsPerRound === 0) beat(step % (stepsPerRound * roundsPerSecond) === 0)
  }, everyMs / stepsPerRound).unref()
}

/** Whom to ask, round by round. */
class ProbeRound {
  #io: GameServer
  #round = 0
  #stretch = 1
  #load = performance.eventLoopUtilization()
  #due: GuestSocket[] = []

  constructor(io: GameServer) {
    this.#io = io
  }

  /** A hundred asked at once would keep a press waiting, and each other: each step of a round asks its share. */
  take(step: number): GuestSocket[] {
    if (step === 0) this.#begin()
    return this.#due.filter((socket, place) => place % stepsPerRound === step && socket.connected)
  }

  #begin(): void {
    this.#round++
    this.#due = []
    let wanted = 0
    let place = 0
    for (const socket of this.#io.of('/').sockets.values()) {
      const every = roundsBetween(socket)
      wanted += 1 / every
      // Each at a round of its own.
      if ((this.#round + place++) % Math.ceil(every * this.#stretch) === 0) this.#due.push(socket)
    }
    const { utilization } = performance.eventLoopUtilization(this.#load)
    this.#load = performance.eventLoopUtilization()
    this.#stretch = Math.max(1, wanted / probesInRound(utilization))
  }
}

/** Measuring gives way to the game: what is left of a busy process's time is for those who play. */
const probesInRound = (utilization: number): number => Math.max(1, mostPerRound * (1 - utilization))

/** With a question on the table every link is watched closely; else once a second. */
function roundsBetween({ data: { room, viewer, meter } }: GuestSocket): number {
  if (!meter.isKnown) return 1
  const { turn, phase } = room.state
  const isPlaying = (viewer.role === 'player' || viewer.role === 'member') && phase === 'playing' && turn !== null
  return isPlaying && ['reading', 'open'].includes(stageOf(turn)) ? 1 : roundsPerSecond
}

/** Asks for the phone's clock, with a control ping beneath that no script can hold back. */
export function probe(socket: GuestSocket, store: Store): void {
  const { meter, round } = socket.data
  const probe = meter.probe(store.now())
  const hear = (phoneClock: unknown) => {
    const now = store.now()
    if (!ProbeAnswer.safeParse(phoneClock).success) return
    meter.answered(probe.nonce, phoneClock as number, now)
    round.heard(meter)
  }
  withPing(socket, probe.nonce, store, () => socket.emit('probe', probe, hear))
}

export function tellLight(socket: GuestSocket, light: Light, store: Store): void {
  const nonce = socket.data.meter.lighted(openingKey(light.turn, light.opening), light.at, store.now())
  withPing(socket, nonce, store, () => new Frame('light', light).sendTo(socket))
}

export function hearLit(socket: GuestSocket, store: Store): void {
  socket.on('lit', (raw: unknown) => {
    const now = store.now()
    const lit = Lit.safeParse(raw)
    if (!lit.success) return
    const { meter, round } = socket.data
    meter.lit(openingKey(lit.data.turn, lit.data.opening), lit.data.phoneClock, now)
    round.heard(meter)
  })
}

function withPing({ conn, data: { meter } }: GuestSocket, nonce: number, store: Store, say: () => void): void {
  const connection = conn as unknown as Connection
  const fate = fateIn(meter, store)
  together(connection, () => {
    say()
    pingBehind(connection, nonce, fate)
  })
}

/** Apart from what was said: the fate of a connection's first ping is kept for as long as the connection lasts. */
const fateIn = (meter: LinkMeter, store: Store): PingFate => ({
  sent: (nonce) => meter.controlSent(nonce, store.now()),
  answered: (nonce) => meter.controlAnswered(nonce, store.now()),
})
