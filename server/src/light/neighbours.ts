import { randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import type { Presence, Screens } from '@knopka/shared/contracts'
import type { Ms, Pin } from '@knopka/shared/ids'
import { z } from 'zod'
import type { Signals } from '../store/store.ts'

/** A node that is not heard of for this long is gone, and its phones are away. */
const goneMs = 8000

const Word = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), node: z.string() }),
  z.object({
    type: z.literal('here'),
    node: z.string(),
    phones: z.record(
      z.string(),
      z.object({
        rttMs: z.number().nullable(),
        errorMs: z.number().optional(),
        looksFarther: z.literal(true).optional(),
      }),
    ),
    downlinkMs: z.number(),
    // A node of the version before tells nothing of them.
    screens: z.object({ here: z.number(), sounding: z.number() }).default({ here: 0, sounding: 0 }),
  }),
  z.object({ type: z.literal('trySound'), node: z.string() }),
  z.object({ type: z.literal('cleared'), node: z.string(), opening: z.string() }),
])
type Word = z.infer<typeof Word>

/** `new`: another node has come; it knows nothing of the phones here. */
export type News = 'new' | 'here' | 'cleared' | 'trySound'

/** Who is connected at one node. */
interface Here {
  phones: Presence
  /** How long the message takes to the farthest phone of that node. */
  downlinkMs: Ms
  screens: Screens
}

interface Neighbour extends Here {
  heardAt: Ms
  /** The opening in which no earlier press of its phones can come any more. */
  cleared: string | null
}

const nobody: Here = { phones: {}, downlinkMs: 0, screens: { here: 0, sounding: 0 } }

/** The other nodes that phones of this room sit at, as far as they tell. None of it is a fact of the game. */
export class Neighbours {
  readonly #node = randomUUID()
  readonly #pin: Pin
  readonly #signals: Signals
  readonly #others = new Map<string, Neighbour>()
  readonly #onNews: (news: News) => void
  #leave: Promise<() => void>

  constructor(pin: Pin, signals: Signals, onNews: (news: News) => void) {
    this.#pin = pin
    this.#signals = signals
    this.#onNews = onNews
    this.#leave = signals.hear(pin, (message) => this.#hear(message))
    // What is not heard now is told again; a store that is lost says so elsewhere.
    this.#leave.catch(() => {})
  }

  /** This node is there. To be told again and again, also with nobody to hear it. */
  tellHello(): void {
    this.#tell({ type: 'hello', node: this.#node })
  }

  /** Who is here. To be told again and again to those who listen. */
  tellHere(here: Here): void {
    this.#tell({ type: 'here', node: this.#node, ...here })
  }

  /** A host of this node asks to hear the projectors of all. */
  tellTrySound(): void {
    this.#tell({ type: 'trySound', node: this.#node })
  }

  /** No phone of this node can have pressed earlier than what the log holds. */
  tellCleared(opening: string): void {
    this.#tell({ type: 'cleared', node: this.#node, opening })
  }

  /** Nobody waits for phones of a node that is gone. To be called several times a second. */
  forgetGone(): void {
    const since = performance.now() - goneMs
    const gone = [...this.#others].filter(([, { heardAt }]) => heardAt < since)
    gone.forEach(([node]) => this.#others.delete(node))
    if (gone.length > 0) this.#onNews('here')
  }

  /** Everyone at other nodes. */
  get phones(): Presence {
    return Object.assign({}, ...this.#present().map(({ phones }) => phones)) as Presence
  }

  /** Projectors at other nodes. */
  get screens(): Screens[] {
    return this.#present().map(({ screens }) => screens)
  }

  /** To the farthest phone at other nodes; 0 where there is none. */
  get downlinkMs(): Ms {
    return Math.max(0, ...this.#present().map(({ downlinkMs }) => downlinkMs))
  }

  get areAny(): boolean {
    return this.#others.size > 0
  }

  get havePhones(): boolean {
    return this.#withPhones().length > 0
  }

  haveCleared(opening: string): boolean {
    return this.#withPhones().every(({ cleared }) => cleared === opening)
  }

  close(): void {
    if (this.areAny) this.tellHere(nobody)
    this.#leave.then((leave) => leave()).catch(() => {})
  }

  #present(): Neighbour[] {
    return [...this.#others.values()]
  }

  #withPhones(): Neighbour[] {
    return this.#present().filter(({ phones }) => Object.keys(phones).length > 0)
  }

  #tell(word: Word): void {
    this.#signals.tell(this.#pin, word)
  }

  #hear(message: unknown): void {
    // What was told from here comes back too.
    if ((message as { node?: unknown } | null)?.node === this.#node) return
    const word = Word.safeParse(message)
    if (!word.success) return
    const isNew = !this.#others.has(word.data.node)
    this.#note(word.data)
    if (isNew) this.#onNews('new')
    if (word.data.type !== 'hello') this.#onNews(word.data.type)
  }

  #note(word: Word): void {
    const before = this.#others.get(word.node) ?? { ...nobody, cleared: null }
    const known: Neighbour = { ...before, heardAt: performance.now() }
    if (word.type === 'cleared') known.cleared = word.opening
    if (word.type === 'here') {
      const { phones, downlinkMs, screens } = word
      Object.assign(known, { phones, downlinkMs, screens } satisfies Here)
    }
    this.#others.set(word.node, known)
  }
}
