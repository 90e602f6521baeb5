import { noteVersions, type NoteVersion } from '@knopka/shared/game'
import type { QuestionId } from '@knopka/shared/ids'
import type { Room } from '../lib/room.svelte.ts'
import { studyWords } from './why-text.ts'

/** What was written and neither saved nor given up. */
export interface UnsavedNote {
  text: string
  /** How many versions it is written over. */
  was: number
}

/** An answer while somebody writes it. What others write meanwhile is not written over, and not lost. */
export class NoteDraft {
  text = $state('')
  /** Why it is not saved. */
  fault = $state<string | null>(null)
  isSaving = $state(false)
  readonly versions: NoteVersion[]
  /** What somebody else wrote since this was begun. */
  readonly theirs: NoteVersion | null
  readonly #room: Room
  readonly #question: QuestionId
  /** How many versions this one was written over. */
  #was = $state(0)

  /**
   * @param text what is there to begin with
   * @param was how many versions it was written over; left out, all that there are
   */
  constructor(room: Room, question: QuestionId, text: string, was = noteVersions(room.state, question).length) {
    this.#room = room
    this.#question = question
    this.text = text
    this.versions = $derived(noteVersions(room.state, question))
    this.#was = was
    this.theirs = $derived(this.versions.length > this.#was ? (this.versions.at(-1) ?? null) : null)
  }

  get unsaved(): UnsavedNote {
    return { text: this.text, was: this.#was }
  }

  /** Theirs has been seen: what is written here now is meant to follow it. */
  settle(text = this.text): void {
    this.text = text
    this.#was = this.versions.length
    this.fault = null
  }

  /** @returns whether it stands */
  async save(): Promise<boolean> {
    if (this.isSaving) return false
    this.isSaving = true
    this.fault = null
    const text = this.text.trim()
    const ack = await this.#room.send({ type: 'writeNote', questionId: this.#question, text, was: this.#was })
    this.isSaving = false
    // What was written meanwhile shows beside this one as soon as it is here.
    if (!ack.ok) this.fault = studyWords(ack.code)
    return ack.ok
  }
}
