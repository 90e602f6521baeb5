import type { Ack } from '@knopka/shared/contracts'
import { stageOf } from '@knopka/shared/game'
import { keep, recall } from '../lib/keepsakes.ts'
import type { Room } from '../lib/room.svelte.ts'
import type { Sent } from './typing.ts'

/** What was written and not sent, and for which question. */
interface Draft {
  seat: string
  turn: number
  text: string
}

/**
 * What this phone types for the question on the table. It is kept here: a phone is told of its own answer only when
 * it comes back, or when it is judged. A draft outlives a reload.
 */
export class OwnAnswer {
  #room: Room
  #draft: Draft | null = $state.raw(recalled())
  #sent: (Sent & { turn: number }) | null = $state.raw(null)

  constructor(room: Room) {
    this.#room = room
  }

  get draft(): string {
    const { seat, turn, text } = this.#draft ?? {}
    return seat === this.#seat && turn === this.#turn ? (text ?? '') : ''
  }

  set draft(text: string) {
    this.#draft = { seat: this.#seat, turn: this.#turn, text }
    keep('draft', JSON.stringify(this.#draft))
  }

  get sent(): Sent | null {
    const { mine, state } = this.#room
    // As the question changes, `mine` is still of the one before for a moment.
    if (!state.turn || stageOf(state.turn) === 'reading') return null
    if (mine?.typed) return { text: mine.typed.text, isUnderWay: false }
    return this.#sent?.turn === this.#turn ? this.#sent : null
  }

  /** @param timeStamp the browser's own time of the press that sends it */
  async send(timeStamp: number): Promise<Ack> {
    const turn = this.#turn
    const text = this.draft.trim()
    this.#sent = { turn, text, isUnderWay: true }
    const ack = await this.#room.answer(turn, text, timeStamp)
    if (this.#sent.turn === turn) this.#sent = ack.ok ? { turn, text, isUnderWay: false } : null
    if (ack.ok) keep('draft', null)
    return ack
  }

  get #turn(): number {
    return this.#room.state.turn?.turn ?? 0
  }

  get #seat(): string {
    return this.#room.mine?.seat ?? ''
  }
}

function recalled(): Draft | null {
  try {
    return JSON.parse(recall('draft') ?? 'null') as Draft | null
  } catch {
    return null
  }
}
