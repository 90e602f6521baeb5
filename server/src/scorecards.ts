import { scorecardOf, type RoomState, type Scorecard } from '@knopka/shared/game'
import type { Ms, Pin } from '@knopka/shared/ids'
import type { Logger } from 'pino'
import type { Room } from './room.ts'
import { fingerprint } from './seats.ts'
import type { Shelf } from './store/store.ts'

export interface KeptScorecard {
  pin: Pin
  roomId: string
  /** The links of those who ran the interview, as tokens name them. */
  links: { host: string; cohost: string }
  planName: string
  card: Scorecard
}

/** Interviews that are over, for as long as results are kept. */
export class Scorecards {
  #shelf: Shelf
  #ttlMs: Ms
  #log: Logger
  #keeping: Promise<void> = Promise.resolve()

  constructor(shelf: Shelf, ttlMs: Ms, log: Logger) {
    this.#shelf = shelf
    this.#ttlMs = ttlMs
    this.#log = log
  }

  /** Keeps the scorecard of this room from the end on, and at every change after it. All nodes may, to no harm. */
  watch(room: Room): void {
    const look = (state: RoomState) => {
      const { card: id } = state.secret
      const kept = keptOf(room.pin, state)
      if (id === undefined || !kept) return
      const keeping = this.#keep(id, kept).catch((fault: unknown) =>
        this.#log.error({ err: fault, room: room.pin }, 'a scorecard was not kept'),
      )
      this.#keeping = Promise.all([this.#keeping, keeping]).then(() => {})
    }
    room.watch((_commit, state) => look(state))
    look(room.state)
  }

  async get(id: string): Promise<KeptScorecard | null> {
    await this.#keeping
    return (await this.#shelf.get(cardShelf(id))) as KeptScorecard | null
  }

  /** Those of a plan that were not deleted, the oldest first. */
  async ofPlan(name: string): Promise<(Scorecard & { card: string })[]> {
    await this.#keeping
    const ids = await this.#shelf.gathered(planShelf(name))
    const cards = await Promise.all(ids.map(async (id) => ({ id, kept: await this.get(id) })))
    return cards
      .flatMap(({ id, kept }) => (kept ? [{ ...kept.card, card: id }] : []))
      .toSorted((a, b) => a.endedAt - b.endedAt)
  }

  async delete(id: string): Promise<void> {
    await this.#shelf.put(deletedShelf(id), true, this.#ttlMs)
    await this.#shelf.delete(cardShelf(id))
  }

  /** Which interviews were of this plan; each scorecard stays, for whoever has its link. */
  forgetPlan(name: string): Promise<void> {
    return this.#shelf.delete(planShelf(name))
  }

  /** Resolves when all that was to be kept is. */
  async settled(): Promise<void> {
    await this.#keeping
  }

  async #keep(id: string, kept: KeptScorecard): Promise<void> {
    await this.#shelf.put(cardShelf(id), kept, this.#ttlMs)
    await this.#shelf.gather(planShelf(kept.planName), [id], this.#ttlMs)
    // A node may keep what it has just heard while another deletes: the later of the two sees what the other did.
    if ((await this.#shelf.get(deletedShelf(id))) !== null) await this.#shelf.delete(cardShelf(id))
  }
}

function keptOf(pin: Pin, state: RoomState): KeptScorecard | null {
  const { links, roomId, planName } = state.secret
  if (!links || roomId === undefined || planName === undefined) return null
  const named = { host: fingerprint(links.host), cohost: fingerprint(links.cohost) }
  return { pin, roomId, links: named, planName, card: scorecardOf(state) }
}

const cardShelf = (id: string) => `card/${id}`
const deletedShelf = (id: string) => `deleted-card/${id}`
const planShelf = (name: string) => `plan-cards/${name}`
