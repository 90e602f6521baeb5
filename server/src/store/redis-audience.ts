import type { Pin } from '@knopka/shared/ids'
import { tellAll, type Listener, type Tell } from './listeners.ts'
import type { Channels, Hearer } from './redis-channels.ts'

interface Row<Message> {
  listeners: Set<Listener<Message>>
  leave: Promise<() => void>
}

/** Who listens to which room at this node. All that listen to a room share one subscription. */
export class Audience<Message> {
  #channels: Channels
  #channelOf: (pin: Pin) => string
  #hearerFor: (pin: Pin, tell: Tell<Message>) => Hearer
  #rows = new Map<Pin, Row<Message>>()

  constructor(
    channels: Channels,
    channelOf: (pin: Pin) => string,
    hearerFor: (pin: Pin, tell: Tell<Message>) => Hearer,
  ) {
    this.#channels = channels
    this.#channelOf = channelOf
    this.#hearerFor = hearerFor
  }

  /** @returns when everything is heard from now on, a function that ends it */
  async add(pin: Pin, onMessage: Listener<Message>): Promise<() => void> {
    this.#channels.demandOpen()
    // A function of its own for each, so that who listens twice hears twice and leaves once at a time.
    const listener = (message: Message) => onMessage(message)
    const row = this.#rows.get(pin) ?? this.#open(pin)
    row.listeners.add(listener)
    const leave = () => this.#remove(pin, row, listener)
    try {
      await row.leave
    } catch (fault) {
      leave()
      throw fault
    }
    return leave
  }

  #open(pin: Pin): Row<Message> {
    const listeners = new Set<Listener<Message>>()
    const hearer = this.#hearerFor(pin, (message) => tellAll(listeners, message))
    const row = { listeners, leave: this.#channels.join(this.#channelOf(pin), hearer) }
    this.#rows.set(pin, row)
    return row
  }

  #remove(pin: Pin, row: Row<Message>, listener: Listener<Message>): void {
    row.listeners.delete(listener)
    if (row.listeners.size > 0 || this.#rows.get(pin) !== row) return
    this.#rows.delete(pin)
    row.leave.then((leave) => leave()).catch(() => {})
  }
}
