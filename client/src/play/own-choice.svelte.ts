import type { Ack } from '@knopka/shared/contracts'
import { stageOf } from '@knopka/shared/game'
import type { Room } from '../lib/room.svelte.ts'
import type { Given } from './choosing.ts'

interface OfTurn {
  turn: number
  options: number[]
}

const none: OfTurn = { turn: 0, options: [] }

/**
 * What this phone chooses in the question on the table. It is kept here: a phone is told of its own choice only when
 * it comes back, or when it learns what it earned.
 */
export class OwnChoice {
  #room: Room
  #picked: OfTurn = $state.raw(none)
  #sent: OfTurn & Given = $state.raw({ ...none, isUnderWay: false })

  constructor(room: Room) {
    this.#room = room
  }

  /** What is marked and not sent, where several may be right. */
  get picked(): number[] {
    return this.#picked.turn === this.#turn ? this.#picked.options : []
  }

  get given(): Given | null {
    const { mine, state } = this.#room
    // As the question changes, `mine` is still of the one before for a moment.
    if (!state.turn || stageOf(state.turn) === 'reading') return null
    if (mine?.chosen) return { options: mine.chosen.options, isUnderWay: false }
    return this.#sent.turn === this.#turn ? this.#sent : null
  }

  toggle(option: number): void {
    const { picked } = this
    const options = picked.includes(option) ? picked.filter((one) => one !== option) : [...picked, option]
    this.#picked = { turn: this.#turn, options }
  }

  /** @param timeStamp the browser's own time of the press that sends it */
  async send(options: number[], timeStamp: number): Promise<Ack> {
    const turn = this.#turn
    this.#sent = { turn, options, isUnderWay: true }
    const ack = await this.#room.choose(turn, options, timeStamp)
    if (this.#sent.turn === turn)
      this.#sent = ack.ok ? { turn, options, isUnderWay: false } : { ...none, isUnderWay: false }
    return ack
  }

  get #turn(): number {
    return this.#room.state.turn?.turn ?? 0
  }
}
