import type { Truth, Exchange } from '@knopka/shared/fair'
import type { Ms } from '@knopka/shared/ids'
import type { Habit, Press } from './cheats.ts'
import { readAt, whenShows } from './clock.ts'
import { drawHandset, frameFrom, kernelRtt, type Handset } from './handset.ts'
import type { LinkClass } from './links.ts'
import { mainThread, reaction } from './person.ts'

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
  readonly #handset: Handset
  readonly #habit: Habit
  #leaving: Message[] = []
  #readAt = -Infinity
  #holdsUntil = -Infinity
  #isOpen = false

  constructor(kind: LinkClass, habit: Habit, seed: string, endsAt: Ms) {
    this.kind = kind
    this.#habit = habit
    this.#handset = drawHandset(kind, seed, endsAt)
  }

  get kernelRttMs(): Ms {
    return kernelRtt(this.#handset.ways)
  }

  hearProbe(probe: Probe) {
    const cameAt = this.#handset.ways.down.carry(probe.sentAt)
    const readsAt = this.#reads(cameAt)
    this.#leave({ kind: 'pong', leavesAt: cameAt + this.#pongsLate(), probe })
    if (this.#isOpen && this.#habit.isMute) return
    probe.phoneClock = readAt(this.#handset.clock, readsAt) + this.#readsLate()
    this.#leave({ kind: 'answer', leavesAt: this.#afterHold(readsAt + this.#habit.answersLateMs), probe })
  }

  /**
   * The light's message, a control ping behind it, and what the person makes of it.
   * @returns how long after their own light (or after the voice) they press, null if they do not
   */
  hearLight({ lightAt, opensAt, truth }: Light, behind: Probe): Ms | null {
    const readsAt = this.#reads(this.#handset.ways.down.carry(behind.sentAt))
    this.#isOpen = true
    if (this.#habit.holdsMs > 0) this.#holdsUntil = readsAt + this.#habit.holdsMs
    this.#leave({ kind: 'pong', leavesAt: readsAt + this.#habit.pongsLateMs, probe: behind })
    this.#leave({ kind: 'lit', leavesAt: this.#afterHold(readsAt), phoneClock: readAt(this.#handset.clock, readsAt) })
    const reactsInMs = this.#reactsIn()
    if (this.#habit.pressesEveryMs) this.#spam(opensAt, this.#habit.pressesEveryMs, lightAt)
    if (reactsInMs === null) return null
    const { clock, framePhaseMs } = this.#handset
    const litAt = this.#habit.lightsEarly ? readsAt : Math.max(readsAt, whenShows(clock, lightAt))
    const shownAt = frameFrom(framePhaseMs, litAt)
    const frameWaitMs = readAt(clock, shownAt) - lightAt
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
    for (const message of goes) hear(message, this.#handset.ways.up.carry(message.leavesAt))
  }

  closes() {
    this.#isOpen = false
  }

  #reads(cameAt: Ms): Ms {
    this.#readAt = Math.max(this.#readAt, cameAt + mainThread(this.#handset.thread))
    return this.#readAt
  }

  #reactsIn(): Ms | null {
    const own = reaction(this.#handset.person)
    const fixed = this.#habit.reactsInMs
    if (fixed === null) return own
    return Number.isFinite(fixed) ? fixed : null
  }

  #pongsLate(): Ms {
    const { pongsLateMs, promptShare } = this.#habit
    return promptShare > 0 && this.#handset.thread() < promptShare ? 0 : pongsLateMs
  }

  #readsLate(): Ms {
    const { share, ms } = this.#habit.readsLate
    return share > 0 && this.#handset.thread() < share ? ms : 0
  }

  #afterHold(at: Ms): Ms {
    return Math.max(at, this.#holdsUntil)
  }

  #press(at: Ms, frameWaitMs: Ms, lightAt: Ms) {
    const press = this.#habit.says({ pressedAt: readAt(this.#handset.clock, at), frameWaitMs, lightAt })
    this.#leave({ kind: 'press', leavesAt: this.#afterHold(at + mainThread(this.#handset.thread)), press })
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
