import { once } from 'node:events'
import type { Welcome } from '@knopka/shared/contracts'
import { WebSocket } from 'ws'

/** Text as bytes, which need not be UTF-8. */
export interface TextBytes {
  text: Buffer
}
export type Frame = string | Buffer | TextBytes

export const socketPath = '/socket.io/?EIO=4&transport=websocket'

/** Who one turned out to be. */
export interface Place {
  seat: string | null
  token: string | null
}

/** A WebSocket that speaks Engine.IO and Socket.IO as far as it likes, and hears every byte that comes. */
export class Wire {
  readonly #ws: WebSocket
  readonly #pending = new Map<number, string>()
  readonly #closed: Promise<void>
  readonly #waiting = new Set<() => void>()
  #knocks: string[] = []
  #place: Place | null = null
  #shownOut = false
  /** Numbers under which the server waits for an answer. */
  readonly probes: number[] = []
  onFrame: (frame: string) => void = () => {}
  onAnswer: (answer: string) => void = () => {}

  private constructor(ws: WebSocket) {
    this.#ws = ws
    this.#closed = new Promise((resolve) => ws.once('close', () => resolve()))
    ws.on('close', () => this.#look())
    // What the server thinks of our frames it says by closing.
    ws.on('error', () => {})
    ws.on('message', (data: Buffer, isBinary) => this.#hear(isBinary ? `binary ${data.toString()}` : data.toString()))
  }

  /** @returns `null` where the server does not let anyone in */
  static async open(address: string, headers: Record<string, string>, path = socketPath): Promise<Wire | null> {
    const url = `${address.replace(/^http/, 'ws')}${path}`
    const ws = new WebSocket(url, { headers, perMessageDeflate: false })
    const wire = new Wire(ws)
    await Promise.race([once(ws, 'open').catch(() => {}), wire.#closed])
    return ws.readyState === WebSocket.OPEN ? wire : null
  }

  get isOpen(): boolean {
    return this.#ws.readyState === WebSocket.OPEN
  }

  send(frame: Frame): void {
    if (!this.isOpen) return
    if (typeof frame === 'object' && 'text' in frame) this.#ws.send(frame.text, { binary: false })
    else this.#ws.send(frame)
  }

  /** Says something that is to be answered under this number. */
  ask(frames: Frame[], number: number): void {
    this.#pending.set(number, shown(frames[0]))
    frames.forEach((frame) => this.send(frame))
  }

  /** A control frame that nobody waits for. */
  pong(data: Buffer): void {
    if (this.isOpen) this.#ws.pong(data)
  }

  ping(data: Buffer): void {
    if (this.isOpen) this.#ws.ping(data)
  }

  /** @returns the answer to the handshake, or `null` when there is none but a closed door, or none for so long */
  async knock(frame: string, patienceMs: number): Promise<string | null> {
    this.#knocks = []
    this.send(frame)
    await this.#until(() => this.#knocks.length > 0, patienceMs)
    return this.#knocks[0] ?? null
  }

  async welcomed(patienceMs: number): Promise<Place> {
    await this.#until(() => this.#place !== null, patienceMs)
    return this.#place ?? { seat: null, token: null }
  }

  /**
   * Resolves when everything that was asked is answered, or the connection is gone.
   * @returns what still waits after so long
   */
  async answered(patienceMs: number): Promise<string[]> {
    const isOver = () => this.#pending.size === 0 || this.#shownOut
    await this.#until(isOver, patienceMs)
    return isOver() || !this.isOpen ? [] : [...this.#pending.values()]
  }

  close(): Promise<void> {
    this.#ws.close()
    return this.#closed
  }

  /** Without a goodbye. */
  drop(): Promise<void> {
    this.#ws.terminate()
    return this.#closed
  }

  #hear(frame: string): void {
    this.onFrame(frame)
    if (frame === '2') this.send('3')
    else if (frame.startsWith('41')) this.#shownOut = true
    else if (frame.startsWith('43')) this.#answer(frame)
    else if (frame.startsWith('40') || frame.startsWith('44')) this.#knocks.push(frame)
    else if (frame.startsWith('42["welcome"')) this.#welcome(frame)
    else if (frame.startsWith('42')) this.#probe(frame)
    this.#look()
  }

  #answer(frame: string): void {
    const [, number, answer] = /^43(\d+)(\[.*)$/s.exec(frame) ?? []
    if (answer && this.#pending.delete(Number(number))) this.onAnswer(answer)
  }

  #welcome(frame: string): void {
    const [, { viewer, token }] = JSON.parse(frame.slice(2)) as ['welcome', Welcome]
    this.#place = { seat: viewer.seat, token }
  }

  #probe(frame: string): void {
    const [, number] = /^42(\d+)\["probe"/.exec(frame) ?? []
    if (number) this.probes.push(Number(number))
  }

  #look(): void {
    for (const look of [...this.#waiting]) look()
  }

  #until(holds: () => boolean, patienceMs: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer)
        this.#waiting.delete(look)
        resolve()
      }
      const look = () => {
        if (holds() || !this.isOpen) end()
      }
      const timer = setTimeout(end, patienceMs)
      this.#waiting.add(look)
      look()
    })
  }
}

const shown = (frame: Frame | undefined): string => (typeof frame === 'string' ? frame.slice(0, 300) : 'bytes')
