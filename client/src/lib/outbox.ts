import type { Ack, SentCommand } from '@knopka/shared/contracts'
import type { Link } from './link.ts'
import { randomId } from './random-id.ts'

type Unstamped<C> = C extends SentCommand ? Omit<C, 'commandId'> : never

/** A command as a screen says it; the outbox gives it its id. */
export type Saying = Unstamped<SentCommand>

interface Pending {
  command: SentCommand
  resolve: (ack: Ack) => void
}

/** Whether a server in trouble has done it, nobody knows: it is asked again, under the same id. */
const troubleMs = 1000
const mostTries = 4

/**
 * Commands on their way. One that a broken link swallowed is said again after the next welcome: it carries its id, so
 * saying it twice does no harm.
 */
export class Outbox {
  #link: Link
  #pending = new Map<string, Pending>()

  constructor(link: Link) {
    this.#link = link
  }

  send(saying: Saying): Promise<Ack> {
    const command = { ...saying, commandId: randomId() }
    return new Promise((resolve) => {
      this.#pending.set(command.commandId, { command, resolve })
      if (this.#link.connected) this.#emit(command)
    })
  }

  sayAgain(): void {
    for (const { command } of this.#pending.values()) this.#emit(command)
  }

  #emit(command: SentCommand, tries = 1): void {
    this.#link.emit('command', command, (ack) => {
      if (!ack.ok && ack.code === 'server-error' && tries < mostTries) return this.#emitLater(command, tries + 1)
      this.#pending.get(command.commandId)?.resolve(ack)
      this.#pending.delete(command.commandId)
    })
  }

  #emitLater(command: SentCommand, tries: number): void {
    setTimeout(() => {
      // Without a link the next welcome says it again.
      if (this.#link.connected && this.#pending.has(command.commandId)) this.#emit(command, tries)
    }, troubleMs)
  }
}
