import { randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import type { Presence } from '@knopka/shared/contracts'
import type { Ms, Pin } from '@knopka/shared/ids'
import { z } from 'zod'
import type { Signals } from '../store/store.ts'

/** A node that is not heard of for this long is gone, and its phones are away. */
const goneMs = 8000

const Word = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('here'),
    node: z.string(),
    phones: z.record(z.string(), z.object({ rttMs: z.number().nullable() })),
    downlinkMs: z.number(),
  }),
  z.object({ type: z.literal('cleared'), node: z.string(), opening: z.string() }),
])
type Word = z.infer<typeof Word>

interface Neighbour {
  heardAt: Ms
  phones: Presence
  /** How long the message takes to the farthest phone of that node. */
  downlinkMs: Ms
  /** The opening in which no earlier press of its phones can come any more. */
  cleared: string | null
}

/** The other nodes that phones of this room sit at, as far as they tell. None of it is a fact of the game. */
export class Neighbours {
  readonly #node = randomUUID()
  readonly #pin: Pin
  readonly #signals: Signals
  readonly #others = new Map<string, Neighbour>()
  readonly #onNews: (type: Word['type']) => void
  #leave: Promise<() => void>

  constructor(pin: Pin, signals: Signals, onNews: (type: Word['type']) => void) {
    this.#pin = pin
    this.#signals = signals
    this.#onNews = onNews
    this.#leave = signals.hear(pin, (message) => this.#hear(message))
    // What is not heard now is told again; a store that is lost says so elsewhere.
    this.#leave.catch(() => {})
  }

  /** Who is here, and how far the farthest of them is. To be told again and again. */
  tellHere(phones: Presence, downlinkMs: Ms): void {
    this.#tell({ type: 'here', node: this.#node, phones, downlinkMs })
  }

  /** No phone of this node can have pressed earlier than what the log holds. */
  tellCleared(opening: string): void {
    this.#tell({ type: 'cleared', node: this.#node, opening })
  }

  /** Everyone at other nodes. */
  get phones(): Presence {
    return Object.assign({}, ...this.#present().map(({ phones }) => phones)) as Presence
  }

  /** To the farthest phone at other nodes; 0 where there is none. */
  get downlinkMs(): Ms {
    return Math.max(0, ...this.#present().map(({ downlinkMs }) => downlinkMs))
  }

  get areAny(): boolean {
    return this.#present().length > 0
  }

  haveCleared(opening: string): boolean {
    return this.#present().every(({ cleared }) => cleared === opening)
  }

  close(): void {
    this.tellHere({}, 0)
    this.#leave.then((leave) => leave()).catch(() => {})
  }

  #present(): Neighbour[] {
    const since = performance.now() - goneMs
    for (const [node, { heardAt }] of this.#others) if (heardAt < since) this.#others.delete(node)
    return [...this.#others.values()]
  }

  #tell(word: Word): void {
    this.#signals.tell(this.#pin, word)
  }

  #hear(message: unknown): void {
    const word = Word.safeParse(message)
    if (!word.success || word.data.node === this.#node) return
    this.#note(word.data)
    this.#onNews(word.data.type)
  }

  #note(word: Word): void {
    const known = this.#others.get(word.node)
    if (word.type === 'cleared') {
      if (known) known.cleared = word.opening
      return
    }
    const { phones, downlinkMs } = word
    if (Object.keys(phones).length === 0) return void this.#others.delete(word.node)
    const heardAt = performance.now()
    this.#others.set(word.node, { heardAt, phones, downlinkMs, cleared: known?.cleared ?? null })
  }
}
