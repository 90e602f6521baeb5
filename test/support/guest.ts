import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type {
  Ack,
  ClientToServer,
  FarewellReason,
  HandshakeRefusal,
  Hello,
  Light,
  Presence,
  Probe,
  Screens,
  SentCommand,
  ServerToClient,
  Welcome,
} from '@knopka/shared/contracts'
import { protocol } from '@knopka/shared/contracts'
import { nextQuestionId, advance, stageOf, type Mine, type Replica, type RoomState } from '@knopka/shared/game'
import { io, type Socket } from 'socket.io-client'

export type Knock = Hello['as']
type Unstamped<C> = C extends SentCommand ? Omit<C, 'commandId'> & { commandId?: string } : never
export type Said = Unstamped<SentCommand>

/** How someone knocks, where not as the product's own page would. */
export interface Manners {
  /** The protocol that it says it speaks. */
  spoken?: number
  headers?: Record<string, string>
  transports?: ('websocket' | 'polling')[]
  /** The phone's own monotonic clock, in ms. */
  clock?: () => number
}

/** A light as it came: what it says, and the phone's clock at that moment. */
export interface ReceivedLight extends Light {
  cameAt: number
}

/** A phone's clock that began at another time and runs faster or slower than the test's. */
export const phoneClock =
  (aheadMs: number, partsPerMillion = 0) =>
  (): number =>
    performance.now() * (1 + partsPerMillion / 1e6) + aheadMs

export const newId = (): string => randomBytes(16).toString('hex')

/** Quicker than any person, and slower than what a link of unequal ways can make of the instant of the light. */
const reactionMs = 50

/** Someone in a room over a real socket: a replica that follows the log, and every byte that came for it. */
export class Guest {
  readonly socket: Socket<ServerToClient, ClientToServer>
  /** All messages that the server sent, as text. */
  readonly received: string[] = []
  readonly clock: () => number
  /** Every light that came for it, and every probe, oldest first. */
  readonly lights: ReceivedLight[] = []
  readonly probes: Probe[] = []
  welcome: Welcome | null = null
  mine: Mine | null = null
  presence: Presence = {}
  screens: Screens = { here: 0, sounding: 0 }
  /** How often a projector was asked for a sound. */
  soundsAsked = 0
  farewell: FarewellReason | null = null
  gaps = 0
  #replica: Replica | null = null
  #waiting = new Set<() => void>()

  constructor(address: string, pin: string, as: () => Knock, manners: Manners = {}) {
    const { spoken = protocol, headers = {}, transports = ['websocket'], clock = phoneClock(0) } = manners
    this.clock = clock
    this.socket = io(address, {
      forceNew: true,
      extraHeaders: headers,
      transports,
      reconnectionDelay: 20,
      reconnectionDelayMax: 100,
      auth: (send) => send({ protocol: spoken, pin, as: as() }),
    })
    this.socket.onAny((name: string, ...rest: unknown[]) => {
      this.received.push(JSON.stringify([name, ...rest.filter((part) => typeof part !== 'function')]))
    })
    this.socket.on('welcome', (welcome) => {
      this.welcome = welcome
      this.mine = welcome.mine
      this.#replica = { version: welcome.version, state: welcome.state }
    })
    this.socket.on('commit', (commit) => {
      const next = this.#replica && advance(this.#replica, commit)
      if (next === 'gap') this.gaps++
      else this.#replica = next
    })
    this.socket.on('mine', (mine) => (this.mine = mine))
    this.socket.on('presence', (presence) => (this.presence = presence))
    this.socket.on('screens', (screens) => (this.screens = screens))
    this.socket.on('trySound', () => this.soundsAsked++)
    this.socket.on('probe', (probe, answer) => {
      answer(this.clock())
      this.probes.push(probe)
    })
    this.socket.on('light', (light) => this.#light(light, this.clock()))
    this.socket.on('farewell', (reason) => (this.farewell = reason))
    // Listeners to any message hear it before those that know it by name.
    this.socket.onAny(() => queueMicrotask(() => this.#look()))
    this.socket.on('disconnect', () => this.#look())
  }

  get state(): RoomState {
    if (!this.#replica) throw new Error('Not welcomed yet')
    return this.#replica.state
  }

  get version(): number {
    return this.#replica?.version ?? 0
  }

  get seat(): string {
    return this.welcome?.viewer.seat ?? ''
  }

  say(said: Said): Promise<Ack> {
    const command = { commandId: newId(), ...said }
    return new Promise((resolve) => this.socket.emit('command', command, resolve))
  }

  /** Says something that the contract may not know. */
  sayRaw(...message: unknown[]): Promise<Ack> {
    const emit = this.socket.emit.bind(this.socket) as (...message: unknown[]) => void
    return new Promise((resolve) => emit(...message, resolve))
  }

  /** As a person does it: presses as soon as the phone shows that the buzzers of this turn are open. */
  async buzz(turn: number, commandId = newId()): Promise<Ack> {
    await this.lit(turn)
    return this.press(turn, { commandId })
  }

  /** Presses now, lit or not, or says that it pressed at another time. */
  press(turn: number, told: { commandId?: string; pressedAt?: number; frameWaitMs?: number } = {}): Promise<Ack> {
    return this.say({ type: 'buzz', turn, pressedAt: this.clock(), frameWaitMs: 0, ...told })
  }

  /** Resolves when a person has seen the light of this turn, or that the log tells of it. */
  async lit(turn: number): Promise<void> {
    await this.until(({ lights }) => lights.some((light) => light.turn === turn) || this.#isPastReading(turn))
    const light = this.lights.findLast((light) => light.turn === turn)
    const seenAt = (light?.at ?? this.clock()) + reactionMs
    while (this.clock() < seenAt) await setTimeout(Math.ceil(seenAt - this.clock()))
  }

  /** Resolves as soon as it holds; looked at after every message. */
  until(holds: (guest: this) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!holds(this)) return
        this.#waiting.delete(look)
        resolve()
      }
      this.#waiting.add(look)
      look()
    })
  }

  leave(): void {
    this.socket.disconnect()
  }

  #light(light: Light, cameAt: number): void {
    this.socket.volatile.emit('lit', { turn: light.turn, opening: light.opening, phoneClock: cameAt })
    this.lights.push({ ...light, cameAt })
  }

  #isPastReading(number: number): boolean {
    const { phase, turn } = this.#replica?.state ?? { phase: 'over', turn: null }
    if (phase === 'over' || !turn) return phase === 'over'
    return turn.turn > number || (turn.turn === number && stageOf(turn) !== 'reading')
  }

  #look(): void {
    for (const look of [...this.#waiting]) look()
  }
}

/** @throws {HandshakeRefusal} when the door stays shut */
export async function enter(address: string, pin: string, as: Knock, manners: Manners = {}): Promise<Guest> {
  let token: string | null = null
  const guest = new Guest(address, pin, () => (token ? { kind: 'seat', token } : as), manners)
  guest.socket.on('welcome', (welcome) => (token = welcome.token))
  guest.socket.on('token', (renewed) => (token = renewed))
  const refused = new Promise<never>((_resolve, reject) =>
    guest.socket.once('connect_error', (error: Error & { data?: HandshakeRefusal }) => {
      guest.leave()
      reject(Object.assign(new Error(error.data?.code ?? error.message), { data: error.data }))
    }),
  )
  await Promise.race([guest.until(({ welcome }) => welcome !== null), refused])
  refused.catch(() => {})
  guest.socket.off('connect_error')
  return guest
}

export const asPlayer = (
  address: string,
  pin: string,
  name: string,
  joinId = newId(),
  manners: Manners = {},
): Promise<Guest> => enter(address, pin, { kind: 'newcomer', joinId, name }, manners)

export const asHost = (address: string, pin: string, capability: string): Promise<Guest> =>
  enter(address, pin, { kind: 'capability', joinId: newId(), capability })

/** The one who answers in an interview: their link brings a role, as a host's does. */
export const asCandidate = asHost

/** Into a study room. */
export const asMember = (
  address: string,
  pin: string,
  name: string,
  invitation: string,
  joinId = newId(),
  manners: Manners = {},
): Promise<Guest> => enter(address, pin, { kind: 'member', joinId, name, invitation }, manners)

export const asScreen = (address: string, pin: string): Promise<Guest> => enter(address, pin, { kind: 'screen' })

/** Asks the next question of the evening, or this cell of the board. */
export async function askNext(host: Guest, cell?: number): Promise<number> {
  const turn = (host.state.turn?.turn ?? 0) + 1
  const ack = await host.say({
    type: 'ask',
    turn,
    questionId: (cell === undefined ? nextQuestionId(host.state) : host.state.secret.cellIds?.[cell]) ?? '',
    tieBreak: false,
    ...(cell === undefined ? {} : { cell }),
  })
  if (!ack.ok) throw new Error(`Not asked: ${ack.code}`)
  return turn
}
