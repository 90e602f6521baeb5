import { allBanks, idIn, ownPlace } from '@knopka/shared/bank'
import { entriesOf, turnsInSession, type RoomState, type Turn } from '@knopka/shared/game'
import type { SeatId } from '@knopka/shared/ids'
import { cardsOf, mergeReviews, readReview, writeReview, type Cards, type Review } from '@knopka/shared/study'
import type { Logger } from 'pino'
import type { Room } from './room.ts'
import { fingerprint } from './seats.ts'
import type { Shelf } from './store/store.ts'

/** After the last review. */
const progressTtlMs = 2 * 365 * 24 * 3_600_000
/** Also what other nodes have added is known after so long. */
const freshMs = 30_000
const mostRemembered = 1000

interface Deck {
  cards: Cards
  readAt: number
}

/**
 * What people rate in study rooms: for each a set of reviews under the name of their key, to which anyone may add at
 * once and nothing is lost.
 */
export class Progress {
  #shelf: Shelf
  #log: Logger
  #decks = new Map<string, Deck>()
  #keeping: Promise<void> = Promise.resolve()

  constructor(shelf: Shelf, log: Logger) {
    this.#shelf = shelf
    this.#log = log
  }

  /** All of it, each review as it was revised last, the oldest first. */
  async reviews(name: string): Promise<Review[]> {
    await this.#keeping
    const lines = await this.#shelf.gathered(progressShelf(name))
    return mergeReviews(lines.flatMap((line) => readReview(line) ?? []))
  }

  /** What follows from it; nothing for a seat that keeps none. */
  async cards(name: string | undefined): Promise<Cards> {
    if (name === undefined) return new Map()
    const known = this.#decks.get(name)
    if (known && performance.now() - known.readAt < freshMs) return known.cards
    const cards = cardsOf(await this.reviews(name))
    if (this.#decks.size >= mostRemembered) this.#decks.clear()
    this.#decks.set(name, { cards, readAt: performance.now() })
    return cards
  }

  async add(name: string, reviews: Review[]): Promise<void> {
    if (reviews.length === 0) return
    await this.#shelf.gather(progressShelf(name), reviews.map(writeReview), progressTtlMs)
    this.#decks.delete(name)
    // A room may keep what was just rated while its owner deletes: the later of the two sees what the other did.
    if ((await this.#shelf.get(forgottenShelf(name))) !== null) await this.#shelf.delete(progressShelf(name))
  }

  /** For good: nothing is kept under this key any more. */
  async forget(name: string): Promise<void> {
    await this.#keeping
    await this.#shelf.put(forgottenShelf(name), true, progressTtlMs)
    await this.#shelf.delete(progressShelf(name))
    this.#decks.delete(name)
  }

  async isForgotten(name: string): Promise<boolean> {
    return (await this.#shelf.get(forgottenShelf(name))) !== null
  }

  /** Keeps what is rated in this room from now on, and what its present session has rated. All nodes may, to no harm. */
  watch(room: Room): void {
    room.watch(({ events }, state) => {
      for (const event of events) {
        if (event.type === 'rated') this.#keep(room, state, event.by, numbered(state, event.turn))
        if (event.type === 'progressBrought') this.#keep(room, state, event.by, turnsInSession(state))
      }
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

const numbered = (state: RoomState, number: number): Turn[] =>
  turnsInSession(state).filter(({ turn }) => turn === number)

/** What this seat made of the question of this turn. */
function reviewIn({ secret: { roomId, bank } }: RoomState, turn: Turn, seat: SeatId): Review | null {
  const { questionId, ratings } = turn.secret
  const rated = ratings && entriesOf(ratings).find(([whose]) => whose === seat)?.[1]
  if (!rated || questionId === undefined || roomId === undefined || bank === undefined) return null
  const { rating, revision, at } = rated
  return { id: `${roomId}/${turn.turn}`, question: inAllBanks(bank, questionId), at, rating, revision }
}

/** What somebody learns of a question holds in whatever bank it is asked. */
export function inAllBanks(bank: string, id: string): string {
  const own = ownPlace(bank, id)
  return idIn(allBanks, own.bank, own.id)
}

/** In logs and in the store a progress has this name; from it nobody finds the key. */
export const progressName = (key: string): string => fingerprint(key)

const progressShelf = (name: string) => `progress/${name}`
const forgottenShelf = (name: string) => `forgotten-progress/${name}`
