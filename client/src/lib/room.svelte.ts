import { estimateOffset, type ClockSample } from '@knopka/shared/clock'
import type {
  Ack,
  FarewellReason,
  HandshakeRefusal,
  Light,
  Presence,
  Probe,
  Screens,
  Welcome,
} from '@knopka/shared/contracts'
import { advance, newsIn, unopened } from '@knopka/shared/game'
import type { Commit, Mine, Replica, RoomEvent, RoomState, Viewer } from '@knopka/shared/game'
import type { Pin } from '@knopka/shared/ids'
import { Buzzer, thisDevice } from './buzzer.ts'
import { openLink, type Knock, type Link } from './link.ts'
import { Outbox, type Saying } from './outbox.ts'
import { keepToken, tokenOf, type Side } from './seat-tokens.ts'
import { Ticking } from './ticking.svelte.ts'

/** A round trip to assume for the very first look at the server's clock, in ms; any measured one is better. */
const unmeasuredRttMs = 1000

/** What a door says that will open again by itself. */
const passing: HandshakeRefusal['code'][] = ['server-error', 'full', 'too-many']
const troubleSeconds = 2

/**
 * One room, as this page sees it: a replica that follows the server's log, and what the page says to it.
 * `state` is replaced whole with every commit; everything on the screen derives from it.
 */
export class Room {
  readonly pin: Pin
  /** `connecting` until the first welcome, `away` while the link is broken and being mended, `out` when it is over. */
  status = $state<'connecting' | 'here' | 'away' | 'out'>('connecting')
  /** Why the door stays shut; `null` while it does not. */
  refusal = $state.raw<HandshakeRefusal | null>(null)
  farewell = $state<FarewellReason | null>(null)
  viewer = $state.raw<Viewer>({ role: 'screen', seat: null })
  mine = $state.raw<Mine | null>(null)
  presence = $state.raw<Presence>({})
  /** The room's projectors, as hosts are told of them. */
  screens = $state.raw<Screens>({ here: 0, sounding: 0 })
  rttMs = $state<number | null>(null)
  /** The opening of the buzzers that this phone shows now: lit in the frame in which it was due, or as it came. */
  lit = $state.raw<Light | null>(null)

  #replica = $state.raw<Replica>({ version: 0, state: unopened })
  #samples: ClockSample[] = []
  #offsetMs = 0
  #ticking = new Ticking(() => this.clock())
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on the screen follows who listens
  #listeners = new Set<(event: RoomEvent) => void>()
  #link: Link
  #side: Side | 'screen'
  #knock: Knock | null
  #buzzer: Buzzer
  #outbox: Outbox
  #retry: ReturnType<typeof setTimeout> | undefined

  /**
   * @param side whose seat this device shall take; `screen` takes none
   * @param knock how to come in where the device has no seat yet, or one that is no longer valid
   */
  constructor(pin: Pin, side: Side | 'screen', knock: Knock | null) {
    this.pin = pin
    this.#side = side
    this.#knock = knock
    this.#link = openLink(pin, () => this.#introduce())
    this.#outbox = new Outbox(this.#link)
    this.#buzzer = new Buzzer(this.#link, thisDevice, {
      probe: (probe, here) => this.#measure(probe, here),
      light: (light) => (this.lit = light),
    })
    this.#link.on('welcome', (welcome) => this.#welcome(welcome))
    this.#link.on('commit', (commit) => this.#follow(commit))
    this.#link.on('mine', (mine) => this.#keepNewer(mine))
    this.#link.on('presence', (presence) => (this.presence = presence))
    this.#link.on('screens', (screens) => (this.screens = screens))
    this.#link.on('token', (token) => this.#keepToken(token))
    this.#link.on('farewell', (reason) => this.#leave(reason))
    this.#link.on('disconnect', (reason) => this.#lost(reason))
    this.#link.on('connect_error', (error) => this.#refused(error as Error & { data?: HandshakeRefusal }))
    this.#link.connect()
  }

  get state(): RoomState {
    return this.#replica.state
  }

  /** The store's clock in ms. Read inside a component it redraws it every frame. */
  get now(): number {
    return this.#ticking.now
  }

  /** The store's clock in ms, read once. */
  clock(): number {
    return performance.now() + this.#offsetMs
  }

  send(saying: Saying): Promise<Ack> {
    return this.#outbox.send(saying)
  }

  /** @param timeStamp the browser's own time of the press */
  press(turn: number, timeStamp: number): Promise<Ack> {
    return this.send(this.#buzzer.press(turn, timeStamp))
  }

  /** @param timeStamp the browser's own time of the press that sends it */
  choose(turn: number, options: number[], timeStamp: number): Promise<Ack> {
    return this.send(this.#buzzer.choose(turn, options, timeStamp))
  }

  /** @param timeStamp the browser's own time of the press that sends it */
  answer(turn: number, text: string, timeStamp: number): Promise<Ack> {
    return this.send(this.#buzzer.answer(turn, text, timeStamp))
  }

  /** Calls `listener` with every event that happens from now on, in order. @returns a function that ends it */
  hear(listener: (event: RoomEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** As a projector: tells hosts whether the hall can hear this page. To be told anew after every welcome. */
  tellSounding(isSounding: boolean): void {
    if (this.#link.connected) this.#link.emit('sounding', isSounding)
  }

  /** As a host: has every projector of the room make a sound. */
  trySound(): void {
    if (this.#link.connected) this.#link.emit('trySound')
  }

  /** As a projector: calls `listener` when a host asks for a sound. @returns a function that ends it */
  hearTrySound(listener: () => void): () => void {
    this.#link.on('trySound', listener)
    return () => this.#link.off('trySound', listener)
  }

  close(): void {
    clearTimeout(this.#retry)
    this.#link.disconnect()
  }

  get #token(): string | null {
    return this.#side === 'screen' ? null : tokenOf(this.pin, this.#side)
  }

  #introduce(): Knock {
    const token = this.#token
    return token ? { kind: 'seat', token } : (this.#knock ?? { kind: 'screen' })
  }

  #keepToken(token: string | null): void {
    if (this.#side !== 'screen') keepToken(this.pin, this.#side, token)
  }

  #welcome({ viewer, token, version, state, mine, now }: Welcome): void {
    if (token) this.#keepToken(token)
    this.#takeSample({ here: performance.now(), there: now, rttMs: unmeasuredRttMs })
    this.viewer = viewer
    this.mine = mine
    this.#replica = { version, state }
    if (state.pausedAt !== null) this.#putOut()
    this.status = 'here'
    this.refusal = null
    this.#outbox.sayAgain()
  }

  #follow(commit: Commit): void {
    const news = newsIn(commit, this.#replica.version)
    const next = advance(this.#replica, commit)
    if (next === 'gap') return void this.#link.disconnect().connect()
    this.#replica = next
    if (news.some(({ type }) => type === 'paused')) this.#putOut()
    for (const event of news) for (const listener of this.#listeners) listener(event)
  }

  #keepNewer(mine: Mine): void {
    if (mine.version >= (this.mine?.version ?? 0)) this.mine = mine
  }

  #measure({ now, rttMs }: Probe, here: number): void {
    if (rttMs === null) return
    this.rttMs = rttMs
    this.#takeSample({ here, there: now, rttMs })
  }

  /** A pause takes the light back, also one that is on its way; after it, a new one comes. */
  #putOut(): void {
    this.#buzzer.putOut()
    this.lit = null
  }

  #takeSample(sample: ClockSample): void {
    this.#samples = [...this.#samples, sample].slice(-32)
    this.#offsetMs = estimateOffset(this.#samples).offsetMs
  }

  #lost(reason: string): void {
    if (this.status !== 'out') this.status = 'away'
    // A server that goes down hangs up by itself; socket.io then waits to be told to come back.
    if (reason === 'io server disconnect' && this.status === 'away') this.#link.connect()
  }

  #leave(reason: FarewellReason): void {
    this.farewell = reason
    this.status = 'out'
    // Whoever was removed may be let back in to the same seat; a revoked link never comes back.
    if (reason === 'revoked') this.#keepToken(null)
    this.#link.disconnect()
  }

  #refused({ data }: Error & { data?: HandshakeRefusal }): void {
    if (!data) return void (this.status = this.status === 'connecting' ? 'connecting' : 'away')
    if (data.code === 'old-page') return void location.reload()
    if (data.code === 'bad-token' && this.#token) {
      this.#keepToken(null)
      if (this.#knock) return void this.#link.connect()
    }
    // Whoever has a seat is not sent away by a server in trouble: it passes.
    if (this.#token && passing.includes(data.code)) return this.#comeBackIn(data.retryAfterSeconds ?? troubleSeconds)
    this.refusal = data
    this.status = 'out'
  }

  /** Not all at once: the whole room may be waiting for the same server. */
  #comeBackIn(seconds: number): void {
    this.status = 'away'
    this.#retry = setTimeout(() => this.#link.connect(), (seconds + Math.random()) * 1000)
  }
}
