import type { Frame } from './frame.ts'
import type { GuestSocket } from './socket.ts'

/** So many are written to before others get their turn: an acknowledgement need not wait for a thousand phones. */
const chunk = 500

interface Task {
  frame: Frame
  first: Set<GuestSocket>
}

/** Sends frames to all of a crowd, one frame after the other, and to some before the rest. */
export class Broadcast {
  #sockets: ReadonlySet<GuestSocket>
  #tasks: Task[] = []
  #running = false

  constructor(sockets: ReadonlySet<GuestSocket>) {
    this.#sockets = sockets
  }

  /** Whether some have yet to be told. */
  get isUnderWay(): boolean {
    return this.#running
  }

  /** @param first are told at once, if nothing else is on its way */
  send(frame: Frame, first: Set<GuestSocket>): void {
    this.#tasks.push({ frame, first })
    if (!this.#running) void this.#run()
  }

  async #run(): Promise<void> {
    this.#running = true
    for (let task = this.#tasks.shift(); task; task = this.#tasks.shift()) await this.#tell(task)
    this.#running = false
  }

  /** Whoever comes in meanwhile was welcomed with what this says, and drops it as known. */
  async #tell({ frame, first }: Task): Promise<void> {
    first.forEach((socket) => frame.sendTo(socket))
    const rest = [...this.#sockets].filter((socket) => !first.has(socket))
    for (let from = 0; from < rest.length; from += chunk) {
      if (from > 0) await new Promise(setImmediate)
      for (const socket of rest.slice(from, from + chunk)) frame.sendTo(socket)
    }
  }
}
