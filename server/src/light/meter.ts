import { randomInt } from 'node:crypto'
import type { Probe } from '@knopka/shared/contracts'
import { inflation, linkOf, quantile, type Evidence, type Link, type Truth } from '@knopka/shared/fair'
import type { Ms } from '@knopka/shared/ids'
import { Exchanges } from './exchanges.ts'

const keptMs = 60_000
/** What a link was found to be holds for so long, if nothing more was measured. */
const freshMs = 100
/** The same for what people see. */
const rttFreshMs = 900
/** By one voice the buzzers may be open for minutes, in which a phone's clock drifts off: it is read anew. */
const clockFreshMs = 10_000
/** Enough round trips to know a link, before the first question. Of fewer, a busy machine may have held back each one. */
const knownFrom = 10
/** A stall shows in control pings that came in this long before a press. */
const stallSeenMs = 300

/** Something that went out and waits for its answer. */
interface Asked {
  nonce: number
  sentAt: Ms
}

/**
 * What this server measured of one connection. All instants are of the store's clock. A seat that comes back is measured
 * anew, and keeps only its trust: a far link that was kept would send its light too early to a phone that is near now.
 */
export class LinkMeter {
  #exchanges = new Exchanges()
  /** Probes whose answer is awaited, and the round trip of the control ping beneath, if that is back already. */
  #probes: (Asked & { controlMs: Ms | null })[] = []
  /** When each control ping really went out, of those that are not back. The browser answers them below any script. */
  #controls: Asked[] = []
  #lastControls: { at: Ms; rttMs: Ms }[] = []
  #answersControls = false
  #frozen: { opening: string; truth: Truth; link: Link; clockAt: Ms; inflationMs: Ms } | null = null
  #light: { opening: string; at: Ms; sentAt: Ms; nonce: number; lateMs: Ms; boundMs: Ms | null } | null = null
  #heard: { phoneClock: Ms; heardAt: Ms } | null = null
  #last: { at: Ms; link: Link | null } | null = null
  #usual: { at: Ms; rttMs: Ms | null } | null = null
  #kernelRttMs: Ms | null = null

  /** What the kernel measured of this connection: no program of the phone can stretch it, and the least of it counts. */
  kernelMeasured(rttMs: Ms): void {
    this.#kernelRttMs = Math.min(rttMs, this.#kernelRttMs ?? Infinity)
    this.#last = null
  }

  /** Whether the phone shows itself much farther away than its kernel is. */
  looksFarther(now: Ms): boolean {
    return this.isKnown && this.#inflationMs(now) > 0
  }

  get isKnown(): boolean {
    return this.measured >= knownFrom
  }

  get measured(): number {
    return this.#exchanges.count
  }

  /** The usual round trip in ms, for people to see; `null` before the first. */
  rttMs(now: Ms): Ms | null {
    if (this.#usual && now - this.#usual.at < rttFreshMs) return this.#usual.rttMs
    const trips = this.#exchanges.rttsSince(now - keptMs)
    const rttMs = trips.length > 0 ? quantile(trips, 0.5) : null
    this.#usual = { at: now, rttMs }
    return rttMs
  }

  /** The latest reading of the phone's clock; `null` before the first. */
  get heard(): { phoneClock: Ms; heardAt: Ms } | null {
    return this.#heard
  }

  probe(now: Ms): Probe {
    const nonce = newNonce()
    this.#probes = awaited(this.#probes, now).concat({ nonce, sentAt: now, controlMs: null })
    return { nonce, now, rttMs: this.#exchanges.lastRttMs }
  }

  /** A nonce counts once: an answer that was never asked for, or comes again, says nothing. */
  answered(nonce: number, phoneClock: Ms, now: Ms): void {
    const probe = askedAs(nonce, this.#probes)
    if (!probe) return
    this.#probes = this.#probes.filter((one) => one !== probe)
    const { sentAt, controlMs } = probe
    const rttMs = Math.min(now - sentAt, controlMs ?? Infinity)
    this.#exchanges.add(nonce, { sentAt, cameAt: now, phoneClock, rttMs })
    this.#heard = { phoneClock, heardAt: now }
    this.#last = null
  }

  /** A control ping went out; on a busy connection that is later than what it follows, by long polling it never does. */
  controlSent(nonce: number, now: Ms): void {
    this.#controls = awaited(this.#controls, now).concat({ nonce, sentAt: now })
  }

  controlAnswered(nonce: number, now: Ms): void {
    const control = askedAs(nonce, this.#controls)
    if (!control) return
    this.#controls = this.#controls.filter((one) => one !== control)
    this.#answersControls = true
    const rttMs = now - control.sentAt
    this.#lastControls = this.#lastControls.filter(({ at }) => now - at <= stallSeenMs).concat({ at: now, rttMs })
    // What held the ping back on its way out held the light back as well.
    if (this.#light?.nonce === nonce) this.#light.boundMs = now - this.#light.sentAt
    const probe = askedAs(nonce, this.#probes)
    if (probe) probe.controlMs = rttMs
    else if (this.#exchanges.shorten(nonce, rttMs)) this.#last = null
  }

  /** `null` as long as nothing has been measured. */
  link(now: Ms): Link | null {
    // To open the buzzers asks twice: how far the farthest is, and a moment later for each.
    if (this.#last && now - this.#last.at < freshMs) return this.#last.link
    const recent = this.#exchanges.since(now - keptMs)
    const link = recent.length > 0 ? linkOf(recent, now, this.#kernelRttMs) : null
    this.#last = { at: now, link }
    return link
  }

  /** From here on light and presses of this opening are read by the same measurement, so that its error cancels. */
  freeze(opening: string, truth: Truth, now: Ms): Link | null {
    const link = this.link(now)
    if (link) this.#frozen = { opening, truth, link, clockAt: now, inflationMs: this.#inflationMs(now) }
    return link
  }

  isFrozen(opening: string): boolean {
    return this.#frozen?.opening === opening
  }

  linkFor(opening: string, now: Ms): Link | null {
    const frozen = this.#frozen
    if (frozen?.opening !== opening) return this.link(now)
    if (frozen.truth === 'voice' && now - frozen.clockAt >= clockFreshMs) {
      const { offsetMs } = this.link(now) ?? frozen.link
      this.#frozen = { ...frozen, link: { ...frozen.link, offsetMs }, clockAt: now }
    }
    return this.#frozen?.link ?? null
  }

  /** The light goes out to the phone, due there at this instant of its clock. @returns the nonce of the ping behind it */
  lighted(opening: string, at: Ms, now: Ms): number {
    const nonce = newNonce()
    this.#light = { opening, at, sentAt: now, nonce, lateMs: 0, boundMs: null }
    return nonce
  }

  /** The phone tells its clock as the light's message came. */
  lit(opening: string, phoneClock: Ms, now: Ms): void {
    if (this.#light?.opening !== opening) return
    this.#light.lateMs = phoneClock - this.#light.at
    this.#heard = { phoneClock, heardAt: now }
  }

  /** What the server itself saw of a link in trouble. Pings that never went out, or are never answered, prove nothing. */
  evidence(opening: string, now: Ms): Evidence {
    const came = this.#lastControls.filter(({ at }) => now - at <= stallSeenMs).map(({ rttMs }) => rttMs)
    const waiting = this.#answersControls ? this.#controls.map(({ sentAt }) => now - sentAt) : []
    const inflationMs = this.#frozen?.opening === opening ? this.#frozen.inflationMs : this.#inflationMs(now)
    return { stallMs: Math.max(0, ...came, ...waiting) - inflationMs, lateLightMs: this.#lateLight(opening) }
  }

  /** What the phone says of its late light counts only as far as the control ping behind it was late as well. */
  #lateLight(opening: string): Ms {
    if (this.#light?.opening !== opening || this.#light.boundMs === null || !this.#frozen) return 0
    const { link, inflationMs } = this.#frozen
    return Math.max(0, Math.min(this.#light.lateMs, this.#light.boundMs - inflationMs - link.rttMedianMs))
  }

  /** What is to be taken off everything that the phone's answers show. */
  #inflationMs(now: Ms): Ms {
    return this.#kernelRttMs === null ? 0 : inflation(this.#exchanges.since(now - keptMs), this.#kernelRttMs)
  }
}

/** Names one opening of the buzzers in a room. */
export const openingKey = (turn: number, opening: number): string => `${turn}/${opening}`

const newNonce = (): number => randomInt(2 ** 32)

// Lists, copied with each change, for one entry or none: an empty map takes 184 bytes, and every link would keep two.

const awaited = <Entry extends Asked>(entries: Entry[], now: Ms): Entry[] =>
  entries.filter(({ sentAt }) => now - sentAt <= keptMs)

const askedAs = <Entry extends Asked>(nonce: number, entries: Entry[]): Entry | undefined =>
  entries.find((entry) => entry.nonce === nonce)
