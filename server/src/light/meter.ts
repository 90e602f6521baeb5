import { randomInt } from 'node:crypto'
import type { Probe } from '@knopka/shared/contracts'
import { linkOf, type Evidence, type Exchange, type Link } from '@knopka/shared/fair'
import type { Ms } from '@knopka/shared/ids'

const keptMs = 60_000
const kept = 80
/** A stall shows in control pings that came in this long before a press. */
const stallSeenMs = 300

interface Pending {
  sentAt: Ms
  /** The round trip of the control ping beneath, once it is back: the browser answers it below any script. */
  controlMs: Ms | null
  exchange: Exchange | null
}

/** What this server measured of one link. All instants are of the store's clock. */
export class LinkMeter {
  #exchanges: Exchange[] = []
  #pending = new Map<number, Pending>()
  #controls: { at: Ms; rttMs: Ms }[] = []
  #frozen: { opening: string; link: Link } | null = null
  #light: { opening: string; at: Ms; nonce: number; lateMs: Ms; boundMs: Ms | null } | null = null
  #heard: { phoneClock: Ms; heardAt: Ms } | null = null

  get measured(): number {
    return this.#exchanges.length
  }

  /** The usual round trip in ms, for people to see; `null` before the first. */
  rttMs(now: Ms): Ms | null {
    return this.link(now)?.rttMedianMs ?? null
  }

  /** The latest reading of the phone's clock; `null` before the first. */
  get heard(): { phoneClock: Ms; heardAt: Ms } | null {
    return this.#heard
  }

  probe(now: Ms): Probe {
    const nonce = this.#await(now)
    return { nonce, now, rttMs: this.#exchanges.at(-1)?.rttMs ?? null }
  }

  /** A nonce counts once: an answer that was never asked for, or comes again, says nothing. */
  answered(nonce: number, phoneClock: Ms, now: Ms): void {
    const pending = this.#pending.get(nonce)
    if (!pending || pending.exchange) return
    const { sentAt, controlMs } = pending
    pending.exchange = { sentAt, cameAt: now, phoneClock, rttMs: Math.min(now - sentAt, controlMs ?? Infinity) }
    this.#exchanges = [...this.#exchanges, pending.exchange].slice(-kept)
    this.#heard = { phoneClock, heardAt: now }
  }

  controlAnswered(nonce: number, now: Ms): void {
    const pending = this.#pending.get(nonce)
    if (!pending || pending.controlMs !== null) return
    const rttMs = now - pending.sentAt
    pending.controlMs = rttMs
    if (pending.exchange) pending.exchange.rttMs = Math.min(pending.exchange.rttMs, rttMs)
    if (this.#light?.nonce === nonce) this.#light.boundMs = rttMs
    this.#controls = [...this.#controls, { at: now, rttMs }].slice(-kept)
  }

  /** `null` as long as nothing has been measured. */
  link(now: Ms): Link | null {
    const recent = this.#exchanges.filter(({ cameAt }) => now - cameAt <= keptMs)
    return recent.length > 0 ? linkOf(recent, now) : null
  }

  /** From here on light and presses of this opening are read by the same measurement, so that its error cancels. */
  freeze(opening: string, now: Ms): Link | null {
    const link = this.link(now)
    if (link) this.#frozen = { opening, link }
    return link
  }

  isFrozen(opening: string): boolean {
    return this.#frozen?.opening === opening
  }

  linkFor(opening: string, now: Ms): Link | null {
    return this.#frozen?.opening === opening ? this.#frozen.link : this.link(now)
  }

  /** The light goes out to the phone, due there at this instant of its clock. @returns the nonce of the ping behind it */
  lighted(opening: string, at: Ms, now: Ms): number {
    const nonce = this.#await(now)
    this.#light = { opening, at, nonce, lateMs: 0, boundMs: null }
    return nonce
  }

  /** The phone tells its clock as the light's message came. */
  lit(opening: string, phoneClock: Ms, now: Ms): void {
    if (this.#light?.opening !== opening) return
    this.#light.lateMs = phoneClock - this.#light.at
    this.#heard = { phoneClock, heardAt: now }
  }

  evidence(opening: string, now: Ms): Evidence {
    const came = this.#controls.filter(({ at }) => now - at <= stallSeenMs).map(({ rttMs }) => rttMs)
    const waiting = [...this.#pending.values()]
      .filter(({ controlMs }) => controlMs === null)
      .map(({ sentAt }) => now - sentAt)
    return { stallMs: this.#hasControl ? Math.max(0, ...came, ...waiting) : 0, lateLightMs: this.#lateLight(opening) }
  }

  /** What the phone says of its late light counts only as far as the control ping behind it was late as well. */
  #lateLight(opening: string): Ms {
    if (this.#light?.opening !== opening || this.#light.boundMs === null || !this.#frozen) return 0
    return Math.max(0, Math.min(this.#light.lateMs, this.#light.boundMs - this.#frozen.link.rttMedianMs))
  }

  get #hasControl(): boolean {
    return this.#controls.length > 0
  }

  #await(now: Ms): number {
    for (const [nonce, { sentAt }] of this.#pending) if (now - sentAt > keptMs) this.#pending.delete(nonce)
    const nonce = randomInt(2 ** 32)
    this.#pending.set(nonce, { sentAt: now, controlMs: null, exchange: null })
    return nonce
  }
}

/** Names one opening of the buzzers in a room. */
export const openingKey = (turn: number, opening: number): string => `${turn}/${opening}`
