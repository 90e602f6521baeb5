import type { Commit } from '@knopka/shared/game'
import { isQuiet, type EventOf, type RoomEvent } from '@knopka/shared/game'
import type { OpenedRoom, SentCommand } from '@knopka/shared/contracts'
import type { Ms, SeatId } from '@knopka/shared/ids'
import { openLink, type Link } from '../../../client/src/lib/link.ts'
import { randomId } from '../../../client/src/lib/random-id.ts'
import { now } from './alarms.ts'

type Unstamped<C> = C extends SentCommand ? Omit<C, 'commandId'> : never

/** What the host's console heard, and when. */
interface Heard<Event> {
  event: Event
  at: Ms
}

const offsetsKept = 15

/** The host's console, without a delay between it and the server. */
export class Host {
  readonly #link: Link
  #plan: string[] = []
  #turn = 0
  /** This process's clock minus the store's, each too large by the way of one message. */
  #offsets: Ms[] = []
  #heard: Heard<RoomEvent>[] = []
  #waiting = new Map<RoomEvent['type'], () => void>()

  private constructor(link: Link) {
    this.#link = link
    link.on('probe', (probe, answer) => {
      const here = now()
      answer(here)
      this.#offsets = [...this.#offsets, here - probe.now].slice(-offsetsKept)
    })
    link.on('commit', (commit) => this.#hear(commit, now()))
  }

  static enter(address: string, { pin, capability }: OpenedRoom): Promise<Host> {
    const joinId = randomId()
    const link = openLink(pin, () => ({ kind: 'capability', joinId, capability }), address)
    const host = new Host(link)
    return new Promise((resolve, reject) => {
      link.once('connect_error', reject)
      link.on('welcome', ({ state }) => {
        host.#plan = state.secret.plan ?? []
        resolve(host)
      })
      link.connect()
    })
  }

  get turn(): number {
    return this.#turn
  }

  async ask(): Promise<void> {
    this.#heard = []
    const turn = ++this.#turn
    await this.#say({ type: 'ask', turn, questionId: this.#plan[turn - 1] ?? '', tieBreak: false })
  }

  /** @returns when the light is due, on this process's clock */
  async open(): Promise<Ms> {
    await this.#say({ type: 'openBuzzers', turn: this.#turn })
    const { event } = await this.first('buzzersOpened')
    return event.opensAt + Math.min(...this.#offsets)
  }

  skip(): Promise<void> {
    return this.#say({ type: 'skip', turn: this.#turn })
  }

  /** The first event of this kind since the question was asked. */
  async first<Type extends RoomEvent['type']>(type: Type): Promise<Heard<EventOf<Type>>> {
    const found = () => this.#heard.find(({ event }) => event.type === type) as Heard<EventOf<Type>> | undefined
    for (;;) {
      const heard = found()
      if (heard) return heard
      await new Promise<void>((resolve) => this.#waiting.set(type, resolve))
    }
  }

  /** Seats in the order in which their presses came to the log. */
  get buzzed(): Heard<{ seat: SeatId; at: Ms }>[] {
    return this.#heard.flatMap(({ event, at }) => (event.type === 'buzzed' ? [{ event, at }] : []))
  }

  leave(): void {
    this.#link.disconnect()
  }

  #hear({ items }: Commit, at: Ms): void {
    for (const item of items) {
      if (isQuiet(item)) continue
      this.#heard.push({ event: item, at })
      this.#waiting.get(item.type)?.()
      this.#waiting.delete(item.type)
    }
  }

  async #say(said: Unstamped<SentCommand>): Promise<void> {
    const ack = await this.#link.emitWithAck('command', { ...said, commandId: randomId() })
    if (!ack.ok) throw new Error(`The host's ${said.type} was refused: ${ack.code}`)
  }
}
