import { randomBytes } from 'node:crypto'
import type {
  Ack,
  ClientToServer,
  FarewellReason,
  HandshakeRefusal,
  Hello,
  Presence,
  SentCommand,
  ServerToClient,
  Welcome,
} from '@knopka/shared/contracts'
import { protocol } from '@knopka/shared/contracts'
import { advance, type Mine, type Replica, type RoomState } from '@knopka/shared/game'
import { io, type Socket } from 'socket.io-client'

export type Knock = Hello['as']
type Unstamped<C> = C extends SentCommand ? Omit<C, 'commandId'> & { commandId?: string } : never
export type Said = Unstamped<SentCommand>

/** How someone knocks, where not as the product's own page would. */
export interface Manners {
  /** The protocol that it says it speaks. */
  spoken?: number
  headers?: Record<string, string>
}

export const newId = (): string => randomBytes(16).toString('hex')

/** Someone in a room over a real socket: a replica that follows the log, and every byte that came for it. */
export class Guest {
  readonly socket: Socket<ServerToClient, ClientToServer>
  /** All messages that the server sent, as text. */
  readonly received: string[] = []
  welcome: Welcome | null = null
  mine: Mine | null = null
  presence: Presence = {}
  farewell: FarewellReason | null = null
  gaps = 0
  #replica: Replica | null = null
  #waiting = new Set<() => void>()

  constructor(address: string, pin: string, as: () => Knock, { spoken = protocol, headers = {} }: Manners = {}) {
    this.socket = io(address, {
      forceNew: true,
      extraHeaders: headers,
      transports: ['websocket'],
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
    this.socket.on('probe', (_probe, answer) => answer(performance.now()))
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

  buzz(turn: number): Promise<Ack> {
    return this.say({ type: 'buzz', turn, pressedAt: performance.now(), frameWaitMs: 0 })
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

export const asPlayer = (address: string, pin: string, name: string, joinId = newId()): Promise<Guest> =>
  enter(address, pin, { kind: 'newcomer', joinId, name })

export const asHost = (address: string, pin: string, capability: string): Promise<Guest> =>
  enter(address, pin, { kind: 'capability', joinId: newId(), capability })

export const asScreen = (address: string, pin: string): Promise<Guest> => enter(address, pin, { kind: 'screen' })

/** Asks the next question of the evening. */
export async function askNext(host: Guest): Promise<number> {
  const turn = (host.state.turn?.turn ?? 0) + 1
  const ack = await host.say({
    type: 'ask',
    turn,
    questionId: host.state.secret.plan?.[turn - 1] ?? '',
    tieBreak: false,
  })
  if (!ack.ok) throw new Error(`Not asked: ${ack.code}`)
  return turn
}
