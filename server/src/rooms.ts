import { randomInt, randomUUID } from 'node:crypto'
import { allSections, type Bank } from '@knopka/shared/bank'
import type { OpenedRoom, RoomSettings } from '@knopka/shared/contracts'
import { resultsOf, type CommandOf, type DrawnRounds, type Results, type RoomState } from '@knopka/shared/game'
import type { Pin } from '@knopka/shared/ids'
import type { Logger } from 'pino'
import { groupName } from './memory.ts'
import { Room } from './room.ts'
import { fingerprint, newCapability } from './seats.ts'
import type { Store } from './store/store.ts'

/** Rooms that nobody looks at are closed after a while; their logs stay. */
const idleMs = 60_000
const pinTries = 50

export interface KeptResults {
  pin: Pin
  roomId: string
  /** The links that bring the right to download, as tokens name them. */
  links: { host: string; cohost: string }
  results: Results
}

/** Somebody who remembers what happens in rooms. */
interface Chronicler {
  watch(room: Room): void
  /** Resolves when all that was to be remembered is. */
  settled(): Promise<void>
}

interface Held {
  room: Promise<Room>
  guests: number
  idleSince: number
}

/** PIN -> room, for as long as someone here needs it. */
export class Rooms {
  #store: Store
  #chroniclers: Chronicler[]
  #log: Logger
  #resultsTtlMs: number
  #held = new Map<Pin, Held>()
  #keeping: Promise<void> = Promise.resolve()
  #sweep: NodeJS.Timeout

  constructor(store: Store, chroniclers: Chronicler[], resultsTtlMs: number, log: Logger) {
    this.#store = store
    this.#chroniclers = chroniclers
    this.#resultsTtlMs = resultsTtlMs
    this.#log = log
    this.#sweep = setInterval(() => this.#closeIdle(), idleMs).unref()
  }

  /** The room, or `null` where there is none (or no longer). */
  async get(pin: Pin): Promise<Room | null> {
    const held = this.#hold(pin)
    const room = await held.room
    held.idleSince = this.#store.now()
    if (room.version > 0) return room
    this.#forget(pin)
    return null
  }

  /** Keeps the room at hand while a guest is in it. @returns a function that lets go */
  visit(pin: Pin): () => void {
    const held = this.#hold(pin)
    held.guests++
    return () => {
      held.guests--
      held.idleSince = this.#store.now()
    }
  }

  /** Opens a room for an evening. @param drawn what this bank gives for the rounds of these settings */
  async open(settings: RoomSettings, drawn: DrawnRounds, bank: Bank, address: string): Promise<OpenedRoom> {
    const opening = this.#opening(settings, drawn, bank, address)
    return { pin: await this.begin(opening), capability: opening.links.host }
  }

  /** Opens a room. @returns the PIN that was free for it */
  async begin(opening: CommandOf<'open' | 'openInterview' | 'openStudy'>): Promise<Pin> {
    for (let tries = 0; tries < pinTries; tries++) {
      const pin = String(randomInt(100_000, 1_000_000))
      const held = this.#hold(pin)
      // Whoever sits here still is from an evening whose time is over, and shall not look into the next one.
      if (held.guests > 0) continue
      const room = await held.room
      const outcome = await room.submit(opening)
      if (outcome.ok) return pin
    }
    throw new Error('No PIN is free')
  }

  /** Erases all that was said in this room, if it has its PIN still. Whoever is in it is hung up, and finds no room. */
  async erase(pin: Pin, roomId: string): Promise<void> {
    const room = await this.get(pin)
    if (room?.state.secret.roomId === roomId) await this.#store.rooms.erase(pin)
  }

  /** An evening that is over, for as long as its results are kept. */
  async results(id: string): Promise<KeptResults | null> {
    await this.#keeping
    return (await this.#store.shelf.get(resultsKey(id))) as KeptResults | null
  }

  async close(): Promise<void> {
    clearInterval(this.#sweep)
    for (const { room } of this.#held.values()) (await room).close()
    await this.#keeping
    await Promise.all(this.#chroniclers.map((one) => one.settled()))
  }

  #opening(settings: RoomSettings, drawn: DrawnRounds, bank: Bank, address: string): CommandOf<'open'> {
    const { rounds, seed, mode, title, rules, group, fresh, difficulty } = settings
    const total = drawn.rounds.reduce((sum, { count }) => sum + count, 0)
    const asked = new Set(drawn.plan.slice(0, total))
    const from = allSections(bank.sections).filter(({ questions }) => questions.some((id) => asked.has(id)))
    const [first] = rounds
    if (!first) throw new Error('An evening has a round')
    return {
      type: 'open',
      by: 'server',
      role: 'server',
      commandId: randomUUID(),
      mode,
      title,
      rules: { ...rules, ...first.rules },
      programme: rounds,
      drawn,
      sections: from.length,
      address,
      seed,
      bank: bank.id,
      links: { host: newCapability(), cohost: newCapability() },
      resultsId: newCapability(),
      roomId: newCapability(),
      draws: { fresh, difficulty },
      ...(group ? { group: groupName(group) } : {}),
    }
  }

  #hold(pin: Pin): Held {
    const known = this.#held.get(pin)
    if (known) return known
    const held: Held = { room: this.#load(pin), guests: 0, idleSince: this.#store.now() }
    held.room.catch(() => this.#forget(pin))
    this.#held.set(pin, held)
    return held
  }

  async #load(pin: Pin): Promise<Room> {
    const room = await Room.load(pin, this.#store, this.#log)
    room.watch((_commit, state) => this.#keepResults(pin, state))
    this.#keepResults(pin, room.state)
    this.#chroniclers.forEach((one) => one.watch(room))
    return room
  }

  #forget(pin: Pin): void {
    const held = this.#held.get(pin)
    this.#held.delete(pin)
    held?.room.then((room) => room.close()).catch(() => {})
  }

  #closeIdle(): void {
    for (const [pin, { guests, idleSince }] of this.#held) {
      if (guests === 0 && this.#store.now() - idleSince > idleMs) this.#forget(pin)
    }
  }

  /** Kept at every change after the end, since a verdict may still be taken back then. */
  #keepResults(pin: Pin, state: RoomState): void {
    const { links, roomId } = state.secret
    if (!state.results || !links || !roomId) return
    const named = { host: fingerprint(links.host), cohost: fingerprint(links.cohost) }
    const kept: KeptResults = { pin, roomId, links: named, results: resultsOf(state) }
    const keeping = this.#store.shelf
      .put(resultsKey(state.results.id), kept, this.#resultsTtlMs)
      .catch((fault: unknown) => this.#log.error({ err: fault, room: pin }, 'results were not kept'))
    this.#keeping = Promise.all([this.#keeping, keeping]).then(() => {})
  }
}

const resultsKey = (id: string) => `results/${id}`
