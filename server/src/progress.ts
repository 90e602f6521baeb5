import { setImmediate as nextTurn } from 'node:timers/promises'
import { inAllBanks } from '@knopka/shared/bank'
import { evolve, lookUp, turnsInSession, unopened, type RoomState, type Turn } from '@knopka/shared/game'
import type { SeatId } from '@knopka/shared/ids'
import { readReview, writeReview, type Cards, type Review } from '@knopka/shared/study'
import type { Logger } from 'pino'
import { Deck } from './deck.ts'
import type { Room } from './room.ts'
import { fingerprint } from './seats.ts'
import type { Shelf } from './store/store.ts'

/** After the last review. */
const progressTtlMs = 2 * 365 * 24 * 3_600_000
/** What this node adds is known here at once; what others add, after so long. */
const freshMs = 60_000
/** Some sixty people who have studied for years; beyond it those go who were not asked for longest. */
const mostHeld = 300_000
/** So many reviews are read at once, and so many questions folded, before others get their turn. */
const slice = 2000
const foldedAtOnce = 50

interface Held {
  deck: Deck
  /** Resolves when it is read and folded. */
  ready: Promise<void>
  readAt: number
}

/**
 * What people rate in study rooms: for each a set of reviews under the name of their key, to which anyone may add at
 * once and nothing is lost.
 */
export class Progress {
  #shelf: Shelf
  #log: Logger
  #held = new Map<string, Held>()
  #keeping: Promise<void> = Promise.resolve()

  constructor(shelf: Shelf, log: Logger) {
    this.#shelf = shelf
    this.#log = log
  }

  /** All of it, each review as it was revised last, the oldest first. */
  async reviews(name: string): Promise<Review[]> {
    await this.#keeping
    const deck = new Deck()
    await this.#read(name, deck)
    return deck.reviews
  }

  /** What follows from it; nothing for a seat that keeps none. */
  async cards(name: string | undefined): Promise<Cards> {
    if (name === undefined) return new Map()
    await this.#keeping
    const known = this.#held.get(name)
    const held = known && performance.now() - known.readAt < freshMs ? known : this.#hold(name, known?.deck)
    await held.ready
    return held.deck.cards
  }

  #hold(name: string, deck = new Deck()): Held {
    const held: Held = { deck, ready: this.#read(name, deck), readAt: performance.now() }
    // Last in the order of those that are held: it was asked for last.
    this.#held.delete(name)
    this.#held.set(name, held)
    held.ready.then(
      () => this.#letGo(),
      () => void this.#held.delete(name),
    )
    return held
  }

  #letGo(): void {
    let all = 0
    for (const [name, { deck }] of [...this.#held].reverse()) {
      if (all > 0 && all + deck.size > mostHeld) this.#held.delete(name)
      all += deck.size
    }
  }

  async #read(name: string, deck: Deck): Promise<void> {
    const lines = await this.#shelf.gathered(progressShelf(name))
    for (let first = 0; first < lines.length; first += slice) {
      deck.take(lines.slice(first, first + slice).flatMap((line) => readReview(line) ?? []))
      await nextTurn()
    }
    await fold(deck)
  }

  async add(name: string, reviews: Review[]): Promise<void> {
    if (reviews.length === 0) return
    await this.#shelf.gather(progressShelf(name), reviews.map(writeReview), progressTtlMs)
    const held = this.#held.get(name)
    if (held) {
      held.deck.take(reviews)
      held.ready = held.ready.then(() => fold(held.deck))
      held.ready.catch(() => {})
    }
    // A room may keep what was just rated while its owner deletes: the later of the two sees what the other did.
    if ((await this.#shelf.get(forgottenShelf(name))) !== null) await this.#drop(name)
  }

  /** For good: nothing is kept under this key any more. */
  async forget(name: string): Promise<void> {
    await this.#keeping
    await this.#shelf.put(forgottenShelf(name), true, progressTtlMs)
    await this.#drop(name)
  }

  async #drop(name: string): Promise<void> {
    await this.#shelf.delete(progressShelf(name))
    this.#held.delete(name)
  }

  async isForgotten(name: string): Promise<boolean> {
    return (await this.#shelf.get(forgottenShelf(name))) !== null
  }

  /** Keeps what is rated in this room from now on, and what its present session has rated. All nodes may, to no harm. */
  watch(room: Room): void {
    let before = room.state
    room.watch(({ from, events }, after) => {
      // Event by event: a commit may hold a rating, and behind it the session's end, which forgets the question.
      let state = from === 0 ? unopened : before
      for (const event of after.mode === 'study' ? events : []) {
        state = evolve(state, event)
        if (event.type === 'rated') this.#keep(room, state, event.by, numbered(state, event.turn))
        if (event.type === 'progressBrought') this.#keep(room, state, event.by, turnsInSession(state))
      }
      before = after
    })
    // Its node may have died between the log and the shelf.
    const seats = Object.keys(room.state.secret.progress ?? {})
    for (const seat of seats) this.#keep(room, room.state, seat, turnsInSession(room.state))
  }

  /** Resolves when all that was to be kept is. */
  async settled(): Promise<void> {
    await this.#keeping
  }

  #keep({ pin }: Room, state: RoomState, seat: SeatId, turns: Turn[]): void {
    const name = state.secret.progress?.[seat]
    const reviews = turns.flatMap((turn) => reviewIn(state, turn, seat) ?? [])
    if (name === undefined || reviews.length === 0) return
    const kept = this.add(name, reviews).catch((fault: unknown) =>
      this.#log.error({ err: fault, room: pin }, 'a review was not kept'),
    )
    this.#keeping = Promise.all([this.#keeping, kept]).then(() => {})
  }
}

async function fold(deck: Deck): Promise<void> {
  while (deck.fold(foldedAtOnce)) await nextTurn()
}

const numbered = (state: RoomState, number: number): Turn[] =>
  turnsInSession(state).filter(({ turn }) => turn === number)

/** What this seat made of the question of this turn. */
function reviewIn({ secret: { roomId, bank } }: RoomState, turn: Turn, seat: SeatId): Review | null {
  const { questionId, ratings } = turn.secret
  const rated = ratings && lookUp(ratings, seat)
  if (!rated || questionId === undefined || roomId === undefined || bank === undefined) return null
  const { rating, revision, at } = rated
  // What somebody learns of a question holds in whatever bank it is asked.
  return { id: `${roomId}/${turn.turn}`, question: inAllBanks(bank, questionId), at, rating, revision }
}

/** In logs and in the store a progress has this name; from it nobody finds the key. */
export const progressName = (key: string): string => fingerprint(key)

const progressShelf = (name: string) => `progress/${name}`
const forgottenShelf = (name: string) => `forgotten-progress/${name}`
