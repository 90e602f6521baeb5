import type { Truth, Exchange } from '@knopka/shared/fair'
import type { Ms } from '@knopka/shared/ids'
import { seededRandom, type Random } from '@knopka/shared/random'
import type { Habit, Press } from './cheats.ts'
import { drawClock, readAt, whenShows, type PhoneClock } from './clock.ts'
import { drawLink, type LinkClass, type Ways } from './links.ts'
import { frameMs, mainThread, reaction } from './person.ts'

/** A ping from the server: the control frame and the script's message beneath which it travels. */
export interface Probe extends Exchange {
  pongAt: Ms
}

export const probeAt = (sentAt: Ms): Probe => ({
  sentAt,
  pongAt: Infinity,
  cameAt: Infinity,
  phoneClock: 0,
  rttMs: Infinity,
})

/** What goes up, with the instant at which it leaves the phone. */
export type Message =
  | { kind: 'pong' | 'answer'; leavesAt: Ms; probe: Probe }
  | { kind: 'lit'; leavesAt: Ms; phoneClock: Ms }
  | { kind: 'press'; leavesAt: Ms; press: Press }

export interface Light {
  /** On the phone's clock. */
  lightAt: Ms
  /** On the server's clock. */
  opensAt: Ms
  truth: Truth
}

/** A phone, its link and the person who holds it. */
export class Phone {
  readonly kind: LinkClass
  readonly clock: PhoneClock
  readonly #ways: Ways
  readonly #habit: Habit
  readonly #person: Random
  readonly #thread: Random
  readonly #framePhase: Ms
  #leaving: Message[] = []
  #readAt = -Infinity
  #holdsUntil = -Infinity
  #isOpen = false

  constructor(kind: LinkClass, habit: Habit, seed: string, endsAt: Ms) {
    this.kind = kind
    this.#habit = habit
    this.#ways = drawLink(kind, seededRandom(`${seed} link`), endsAt)
    this.#person = seededRandom(`${seed} person`)
    this.#thread = seededRandom(`${seed} thread`)
    this.clock = drawClock(this.#person)
    this.#framePhase = this.#person() * frameMs
  }

  /** The shortest round trip that a kernel sees: no script and no late pong is in it. */
  get kernelRttMs(): Ms {
    return this.#ways.down.baseMs + this.#ways.up.baseMs + 1
  }

  hearProbe(probe: Probe) {
    const cameAt = this.#ways.down.carry(probe.sentAt)
    const readsAt = this.#reads(cameAt)
    this.#leave({ kind: 'pong', leavesAt: cameAt + this.#habit.pongsLateMs, probe })
    if (this.#isOpen && this.#habit.isMute) return
    probe.phoneClock = readAt(this.clock, readsAt) + this.#readsLate()
    this.#leave({ kind: 'answer', leavesAt: this.#afterHold(readsAt + this.#habit.answersLateMs), probe })
  }

  /**
   * The light's message, a control ping behind it, and what the person makes of it.
   * @returns how long after their own light (or after the voice) they press, null if they do not
   */
  hearLight({ lightAt, opensAt, truth }: Light, behind: Probe): Ms | null {
    const readsAt = this.#reads(this.#ways.down.carry(behind.sentAt))
    this.#isOpen = true
    if (this.#habit.holdsMs > 0) this.#holdsUntil = readsAt + this.#habit.holdsMs
    this.#leave({ kind: 'pong', leavesAt: readsAt + this.#habit.pongsLateMs, probe: behind })
    this.#leave({ kind: 'lit', leavesAt: this.#afterHold(readsAt), phoneClock: readAt(this.clock, readsAt) })
    const reactsInMs = this.#reactsIn()
    if (this.#habit.pressesEveryMs) this.#spam(opensAt, this.#habit.pressesEveryMs, lightAt)
    if (reactsInMs === null) return null
    const shownAt = this.#frameFrom(
      this.#habit.lightsEarly ? readsAt : Math.max(readsAt, whenShows(this.clock, lightAt)),
    )
    const frameWaitMs = readAt(this.clock, shownAt) - lightAt
    if (truth === 'light') this.#press(shownAt + reactsInMs, frameWaitMs, lightAt)
    else this.#press(opensAt + reactsInMs, 0, lightAt)
    return reactsInMs
  }

  /** When the last press leaves that is still to leave. */
  get pressesUntil(): Ms {
    return this.#leaving.reduce((last, { kind, leavesAt }) => (kind === 'press' ? Math.max(last, leavesAt) : last), 0)
  }

  /** Sends up what leaves by then, in order. */
  send(until: Ms, hear: (message: Message, cameAt: Ms) => void) {
    const stays = this.#leaving.findIndex(({ leavesAt }) => leavesAt > until)
    const goes = this.#leaving.splice(0, stays < 0 ? Infinity : stays)
    for (const message of goes) hear(message, this.#ways.up.carry(message.leavesAt))
  }

  closes() {
    this.#isOpen = false
  }

  #reads(cameAt: Ms): Ms {
    this.#readAt = Math.max(this.#readAt, cameAt + mainThread(this.#thread))
    return this.#readAt
  }

  #reactsIn(): Ms | null {
    const own = reaction(this.#person)
    const fixed = this.#habit.reactsInMs
    if (fixed === null) return own
    return Number.isFinite(fixed) ? fixed : null
  }

  #readsLate(): Ms {
    const { share, ms } = this.#habit.readsLate
    return share > 0 && this.#thread() < share ? ms : 0
  }

  #frameFrom(at: Ms): Ms {
    return this.#framePhase + Math.ceil((at - this.#framePhase) / frameMs) * frameMs
  }

  #afterHold(at: Ms): Ms {
    return Math.max(at, this.#holdsUntil)
  }

  #press(at: Ms, frameWaitMs: Ms, lightAt: Ms) {
    const press = this.#habit.says({ pressedAt: readAt(this.clock, at), frameWaitMs, lightAt })
    this.#leave({ kind: 'press', leavesAt: this.#afterHold(at + mainThread(this.#thread)), press })
  }

  #spam(opensAt: Ms, everyMs: Ms, lightAt: Ms) {
    for (let at = opensAt - 200; at < opensAt + 1500; at += everyMs) this.#press(at, 31, lightAt)
  }

  /** Kept in order; what leaves later mostly comes later. */
  #leave(message: Message) {
    const leaving = this.#leaving
    let place = leaving.length
    while (place > 0 && (leaving[place - 1] as Message).leavesAt > message.leavesAt) place--
    if (place === leaving.length) leaving.push(message)
    else leaving.splice(place, 0, message)
  }
}
