import { buttonFace, falseStartMs, pressable, type ButtonFace, type Mine, type RoomState } from '@knopka/shared/game'
import type { Ack } from '@knopka/shared/contracts'
import { feedback } from './feedback.svelte.ts'
import type { Room } from './room.svelte.ts'

/** What a mode makes of the face that the rules give a button. */
type Refine = (face: ButtonFace, state: RoomState, mine: Mine) => ButtonFace

/** This phone's own button: its face, which turns at once when it is pressed, before any answer. */
export class OwnPress {
  readonly #room: Room
  readonly #refine: Refine
  /** The opening that was pressed here. */
  #sent = $state<string | null>(null)
  readonly #turn = $derived.by(() => this.#room.state.turn)
  /** The light comes on its own way, ahead of the log: of an opening, or of the end of a pause that took it back. */
  readonly #openingAhead = $derived.by(() => (this.#turn?.openings ?? 0) + (this.#room.state.pausedAt === null ? 1 : 0))
  readonly #isLit = $derived.by(() => {
    const { lit } = this.#room
    return this.#turn !== null && lit?.turn === this.#turn.turn && lit.opening === this.#openingAhead
  })
  /** The opening that a press now belongs to. */
  readonly #opening = $derived.by(() =>
    this.#turn ? `${this.#turn.turn}/${this.#isLit ? this.#openingAhead : this.#turn.openings}` : null,
  )
  readonly face = $derived.by(() => (this.#room.mine ? this.#faceOf(this.#room.mine) : 'wait'))

  constructor(room: Room, refine: Refine = (face) => face) {
    this.#room = room
    this.#refine = refine
  }

  /** With the press that was made here, of which a crowd's phones do not hear. */
  own(mine: Mine): Mine {
    return this.#turn && this.#sent === this.#opening && !this.#isLit ? { ...mine, pressed: this.#turn.openings } : mine
  }

  #faceOf(mine: Mine): ButtonFace {
    const room = this.#room
    const changesByItself = Math.max(mine.earlyUntil, this.#turn?.opensAt ?? 0) > room.clock()
    const state = this.#isLit ? { ...room.state, pausedAt: null } : room.state
    const at = changesByItself ? room.now : room.clock()
    const face = this.#refine(buttonFace(state, this.own(mine), at), state, mine)
    const shown = this.#isLit && (face === 'ready' || face === 'other') ? 'press' : face
    return shown === 'press' && this.#sent === this.#opening ? 'sent' : shown
  }

  /** @returns what the room said; `null` where the button does not go down */
  async press(timeStamp: number): Promise<Ack | null> {
    const room = this.#room
    const [turn, { face }] = [this.#turn, this]
    if (!turn || !room.mine || !pressable.includes(face)) return null
    feedback.press()
    const pressedFor = this.#opening
    const { earlyUntil } = room.mine
    const pressedNear = room.clock()
    if (face === 'press' || face === 'join-queue') this.#sent = pressedFor
    const ack = await room.press(turn.turn, timeStamp)
    // A false start is told ahead of the answer; of every other press that was taken this phone need hear no more.
    // In a strict room one more may leave the lock's end where it was: later than a press that counts could find it.
    const until = room.mine.earlyUntil
    const isTaken = ack.ok && until === earlyUntil && until < pressedNear + falseStartMs / 2
    if (pressedFor === this.#opening) this.#sent = isTaken ? pressedFor : null
    return ack
  }
}
