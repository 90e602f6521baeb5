import type { Light } from '@knopka/shared/contracts'
import { answerFrame, askingFrame, eventFrame, readBody, readFrame, type Frame } from './frames.ts'
import { ThinSocket } from './thin-socket.ts'

const entryMs = 30_000
const nothing = Buffer.alloc(0)

export interface Door {
  port: number
  /** The raw floor begins at once; Engine.IO says hello first. */
  opens: 'at once' | 'after handshake'
}

interface Entry {
  welcomed: (frame: Buffer) => void
  refused: (why: Error) => void
}

/** Hears every event by its name, and `gone` when the connection has ended. */
export type Hears = (wire: Wire, name: string, frame: Buffer) => void

/** One client, as thin as can be: it keeps no state and answers what a phone must answer. */
export class Wire {
  #socket: ThinSocket
  #hears: Hears
  #answers = new Map<number, (answer: unknown) => void>()
  #asked = 0
  #isIn = false
  #welcomed: (frame: Buffer) => void

  private constructor({ port, opens }: Door, hello: unknown, hears: Hears, on: Entry) {
    this.#hears = hears
    this.#welcomed = on.welcomed
    const knock = () => this.#socket.send(`40${JSON.stringify(hello)}`)
    this.#socket = new ThinSocket(port, '/socket.io/?EIO=4&transport=websocket', {
      open: () => opens === 'at once' && knock(),
      text: (data) => {
        const frame = readFrame(data)
        if (frame.kind === 'opened') knock()
        else if (frame.kind === 'refused') on.refused(new Error(`Refused: ${data.toString()}`))
        else this.#hear(frame, data)
      },
      end: (fault) => {
        if (this.#isIn) hears(this, 'gone', nothing)
        else on.refused(fault)
      },
    })
  }

  /** @returns the client and its welcome. @throws when it is not let in, or not soon */
  static enter(door: Door, hello: unknown, hears: Hears): Promise<[Wire, Buffer]> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('Nobody opened')), entryMs)
      const welcomed = (frame: Buffer) => {
        clearTimeout(late)
        resolve([wire, frame])
      }
      const wire = new Wire(door, hello, hears, { welcomed, refused: reject })
    })
  }

  tell(name: string, said: unknown): void {
    this.#socket.send(eventFrame(name, said))
  }

  ask(name: string, said: unknown): Promise<unknown> {
    const id = ++this.#asked
    return new Promise((resolve) => {
      this.#answers.set(id, resolve)
      this.#socket.send(askingFrame(id, name, said))
    })
  }

  #hear(frame: Frame, data: Buffer): void {
    if (frame.kind === 'ping') this.#socket.send('3')
    else if (frame.kind === 'answer') this.#settle(frame.id, data)
    else if (frame.kind === 'event') this.#event(frame.name, frame.id, data)
  }

  #event(name: string, id: string, data: Buffer): void {
    if (name === 'probe') this.#socket.send(answerFrame(id, performance.now()))
    else if (name === 'light') this.#lit(readBody(data) as Light)
    else if (name === 'welcome') {
      this.#isIn = true
      this.#welcomed(data)
    } else this.#hears(this, name, data)
  }

  #lit({ turn, opening }: Light): void {
    this.tell('lit', { turn, opening, phoneClock: performance.now() })
  }

  #settle(id: number, data: Buffer): void {
    this.#answers.get(id)?.(readBody(data))
    this.#answers.delete(id)
  }
}
