import { setTimeout as pause } from 'node:timers/promises'
import type { Ack, HandshakeRefusal } from '@knopka/shared/contracts'
import type { Store } from '@knopka/server/store'
import { onTestFinished } from 'vitest'
import { enter, newId, type Guest, type Knock, type Said } from './guest.ts'
import { Ledger, type Balance } from './ledger.ts'

/** What a server says that will say something else by itself. */
const passing = ['server-error', 'full', 'too-many']
/** As long as the page waits at least before it knocks again. */
const knockAgainMs = 250

type Refused = Error & { data?: HandshakeRefusal }

/**
 * Everyone of one room. As the product's page does it, they come back by themselves, and what was not answered they say
 * again under the same id; what was answered with a fault too, as their people would.
 */
export class Crowd {
  readonly pin: string
  readonly ledger = new Ledger()
  readonly people: Guest[] = []
  /** Knocks and commands that the server could not serve at that time. */
  refusals = 0
  /** Those of them that were commands, and a fault of the server. */
  faults = 0
  /** Told before anything is said for the first time. */
  onSay: (commandId: string) => void = () => {}
  #screens = 0
  #waiting = new Set<() => void>()

  constructor(pin: string) {
    this.pin = pin
  }

  host(address: string, capability: string, name = 'host'): Promise<Guest> {
    return this.#admit(name, address, { kind: 'capability', joinId: newId(), capability })
  }

  player(address: string, name: string): Promise<Guest> {
    return this.#admit(name, address, { kind: 'newcomer', joinId: newId(), name })
  }

  screen(address: string): Promise<Guest> {
    return this.#admit(`screen ${this.#screens++}`, address, { kind: 'screen' })
  }

  /** @returns what a server answered in the end */
  async say(guest: Guest, said: Said): Promise<Ack> {
    const commandId = newId()
    this.onSay(commandId)
    for (;;) {
      const { welcome } = guest
      const isBack = guest.until((guest) => guest.welcome !== welcome && guest.socket.connected)
      const ack = await Promise.race([guest.say({ ...said, commandId }), isBack])
      if (ack && (ack.ok || !passing.includes(ack.code))) return ack
      if (ack) await this.#refused(guest, ack)
    }
  }

  /** As soon as the light is on. */
  async press(guest: Guest, turn: number): Promise<Ack> {
    await guest.lit(turn)
    return this.say(guest, { type: 'buzz', turn, pressedAt: guest.clock(), frameWaitMs: 0 })
  }

  /** Resolves when some command was answered with a fault. */
  async isRefused(): Promise<void> {
    await new Promise<void>((resolve) => this.#waiting.add(resolve))
  }

  /** Resolves when everyone was welcomed once more. */
  async back(guests: Guest[] = this.people): Promise<void> {
    const before = new Map(guests.map((guest) => [guest, guest.welcome]))
    await Promise.all(guests.map((guest) => guest.until(({ welcome }) => welcome !== before.get(guest))))
  }

  /** What they were told against what the log holds, when everyone has heard all of it. */
  async balance(store: Pick<Store, 'rooms'>): Promise<Balance> {
    await Promise.all(this.people.map((guest) => guest.until(({ socket }) => socket.connected)))
    await this.ledger.caughtUp(store, this.pin)
    return this.ledger.balance(store, this.pin)
  }

  async #admit(name: string, address: string, as: Knock): Promise<Guest> {
    for (;;) {
      const guest = await enter(address, this.pin, as).catch((fault: Refused) => this.#turnedAway(fault))
      if (guest) return this.#welcome(name, guest)
      await pause(knockAgainMs)
    }
  }

  /** @throws {Error} where knocking again would not help */
  #turnedAway({ data }: Refused): null {
    if (!data) return null
    if (!passing.includes(data.code)) throw new Error(`The door stays shut: ${data.code}`)
    this.refusals++
    return null
  }

  #welcome(name: string, guest: Guest): Guest {
    this.people.push(guest)
    onTestFinished(() => guest.leave())
    guest.socket.on('connect_error', (fault: Refused) => {
      this.#turnedAway(fault)
      // Where nobody answers, the library knocks again by itself.
      if (fault.data) setTimeout(() => guest.socket.connect(), knockAgainMs)
    })
    return this.ledger.follow(name, guest)
  }

  /** Until the server has given a sign of life, saying it again would be in vain. */
  async #refused(guest: Guest, { code }: Extract<Ack, { ok: false }>): Promise<void> {
    this.refusals++
    if (code === 'server-error') {
      this.faults++
      for (const resolve of this.#waiting) resolve()
      this.#waiting.clear()
    }
    const { length } = guest.received
    await guest.until(({ received }) => received.length > length)
  }
}
