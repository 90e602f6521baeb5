import { freshTrust, inflation, linkOf, type Evidence, type Exchange, type Link, type Trust } from '@knopka/shared/fair'
import type { Ms } from '@knopka/shared/ids'
import type { Press } from './cheats.ts'
import { probeAt, type Message, type Probe } from './phone.ts'

const keptMs = 60_000
const keptMost = 80
const pongsCountMs = 300
/** Within a data centre clocks agree as closely. */
const skewMs = 0.5

/** What the server knows of one phone. */
export class Seat {
  trust: Trust = freshTrust
  link: Link
  lockedUntil: Ms = -Infinity
  /** Of this round, in the order in which they came. */
  presses: { press: Press; cameAt: Ms }[] = []
  answers: Exchange[] = []
  #exchanges: Exchange[] = []
  #probes: Probe[] = []
  #behindLight: Probe = probeAt(0)
  #lightAt: Ms = 0
  #litAt: Ms | null = null
  #excessMs: Ms = 0
  readonly #kernelRttMs: Ms | null
  /** The node that holds its socket. */
  readonly node: number

  constructor(kernelRttMs: Ms | null, node: number) {
    this.#kernelRttMs = kernelRttMs
    this.node = node
    this.link = { offsetMs: 0, rttMinMs: 0, rttMedianMs: 0, uplinkMs: 0, downlinkMs: 0, uplinkMostMs: 0 }
  }

  /** By how much its node's clock is ahead of the first node's. */
  get skewMs(): Ms {
    return this.node * skewMs
  }

  probes(probe: Probe) {
    this.#probes.push(probe)
  }

  lights(behind: Probe, lightAt: Ms) {
    this.#probes.push(behind)
    this.#behindLight = behind
    this.#lightAt = lightAt
  }

  hear(message: Message, cameAt: Ms) {
    if (message.kind === 'pong') message.probe.pongAt = cameAt
    else if (message.kind === 'lit') this.#litAt = message.phoneClock
    else if (message.kind === 'press') this.presses.push({ press: message.press, cameAt })
    else this.#hearAnswer(message.probe, cameAt)
  }

  #hearAnswer(probe: Probe, cameAt: Ms) {
    probe.cameAt = cameAt
    probe.rttMs = Math.min(cameAt, probe.pongAt) - probe.sentAt
    this.#exchanges.push(probe)
    this.answers.push(probe)
  }

  /** Reads the link anew; what is read now holds for the whole round. */
  freeze(now: Ms) {
    const known = this.#exchanges.filter(({ cameAt, sentAt }) => cameAt <= now && now - sentAt <= keptMs)
    const exchanges = known.slice(-keptMost)
    this.#exchanges = this.#exchanges.slice(-keptMost - 10)
    this.#probes = this.#probes.slice(-10)
    this.answers = this.#exchanges.slice(-10)
    this.presses = []
    this.#litAt = null
    this.lockedUntil = -Infinity
    this.link = linkOf(exchanges, now, this.#kernelRttMs)
    this.#excessMs = inflation(exchanges, this.#kernelRttMs)
  }

  evidenceAt(cameAt: Ms): Evidence {
    return { stallMs: this.#stallAt(cameAt) - this.#excessMs, lateLightMs: this.#lateLight() }
  }

  #stallAt(now: Ms): Ms {
    let longest = 0
    for (const { sentAt, pongAt } of this.#probes) {
      if (sentAt > now) continue
      if (pongAt > now) longest = Math.max(longest, now - sentAt)
      else if (now - pongAt <= pongsCountMs) longest = Math.max(longest, pongAt - sentAt)
    }
    return longest
  }

  /** What the phone says, as far as the control ping behind the light bears it out. */
  #lateLight(): Ms {
    if (this.#litAt === null) return 0
    const { sentAt, pongAt } = this.#behindLight
    return Math.min(this.#litAt - this.#lightAt, pongAt - sentAt - this.#excessMs - this.link.rttMedianMs)
  }
}
