import type { Room } from '../lib/room.svelte.ts'
import type { StudyDesk } from './desk.svelte.ts'

/** So long after the last key what was typed is saved of its own accord. */
const idleMs = 800

/** What this person types before all is shown: it is saved while they type. */
export class OwnWriting {
  draft = $state('')
  isSaving = $state(false)
  readonly isSaved: boolean
  readonly #desk: StudyDesk
  readonly #turn: number
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(room: Room, desk: StudyDesk, turn: number) {
    this.#desk = desk
    this.#turn = turn
    this.draft = room.mine?.study?.written ?? ''
    this.isSaved = $derived(room.mine?.study?.written === this.draft.trim())
  }

  typed(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.save(), idleMs)
  }

  async save(): Promise<void> {
    clearTimeout(this.#timer)
    const text = this.draft.trim()
    if (text === '' || this.isSaved) return
    this.isSaving = true
    await this.#desk.say({ type: 'write', turn: this.#turn, text })
    this.isSaving = false
  }
}
