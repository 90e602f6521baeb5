import type { Ack } from '@knopka/shared/contracts'
import { noConclusion, ownOpinion, type AgendaItem } from '@knopka/shared/game'
import type { ItemId } from '@knopka/shared/ids'
import { createContext } from 'svelte'
import { keep, recall } from '../lib/keepsakes.ts'
import type { Saying } from '../lib/outbox.ts'
import type { Room } from '../lib/room.svelte.ts'
import { callWords } from './why-text.ts'
import { actionsOf, type Action, type Actions } from './actions.ts'
import { Drafts } from './drafts.svelte.ts'
import { deskText } from './desk-text.ts'

/** How long a sentence about what was just pressed stays. */
const saidMs = 4000

/** The two texts that both interviewers write. */
export const sharedFields = ['strengths', 'gaps'] as const
export type SharedField = (typeof sharedFields)[number]
const isShared = (field: string): field is SharedField => field === 'strengths' || field === 'gaps'

/** An interviewer's hands: what they look at, what they write, and what the room answers. */
export class CallDesk {
  readonly room: Room
  readonly drafts: Drafts
  readonly agenda: AgendaItem[]
  /** The question in the middle: the one picked by hand or else, the one that the candidate sees. */
  readonly item: AgendaItem | null
  readonly actions: Actions | null
  said = $state<string | null>(null)
  #picked = $state<ItemId | null>(null)
  #writing = $state<ItemId | null>(null)
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(room: Room) {
    this.room = room
    this.agenda = $derived(room.state.secret.agenda ?? [])
    this.item = $derived(
      this.#itemOf(this.#writing ?? this.#picked) ?? this.#itemOf(this.shown) ?? this.agenda[0] ?? null,
    )
    this.actions = $derived(this.item && actionsOf(room.state, room.viewer, this.item))
    // Its first question names this call among all, so that no draft of another one comes into it.
    const shelf = `drafts.${room.viewer.role}.${this.agenda[0]?.id ?? room.pin}`
    this.drafts = new Drafts((field, text, was) => this.#save(field, text, was), {
      recall: () => recall(shelf),
      keep: (text) => keep(shelf, text),
    })
  }

  /** What the candidate sees. */
  get shown(): ItemId | null {
    return this.room.state.interview?.shown?.item ?? null
  }

  /** The text of a field as the room has it. */
  savedIn(field: string): string {
    const { state, viewer } = this.room
    return isShared(field) ? (state.secret.conclusion ?? noConclusion)[field] : ownOpinion(state, viewer, field).note
  }

  pick(id: ItemId): void {
    this.#picked = id
  }

  /** One up or down the plan, without showing it. */
  pickBeside(step: 1 | -1): void {
    const place = this.agenda.findIndex(({ id }) => id === this.item?.id)
    const beside = this.agenda[place + step]
    if (beside) this.pick(beside.id)
  }

  /** A question that comes to the candidate meanwhile does not take the note from under the hand. */
  beginNote(): void {
    this.#writing = this.item?.id ?? null
  }

  endNote(): void {
    if (this.#writing !== this.shown) this.#picked = this.#writing
    this.#writing = null
    this.drafts.flush()
  }

  press({ why, sayings }: Pick<Action, 'why' | 'sayings'>): void {
    if (why) return this.tell(callWords(why))
    for (const saying of sayings) void this.say(saying)
  }

  async say(saying: Saying): Promise<Ack> {
    this.said = null
    if (saying.type === 'showItem') this.#picked = null
    if (this.room.status === 'away') this.tell(deskText().away)
    const ack = await this.room.send(saying)
    if (!ack.ok) this.tell(callWords(ack.code))
    return ack
  }

  tell(sentence: string): void {
    clearTimeout(this.#timer)
    this.said = sentence
    this.#timer = setTimeout(() => (this.said = null), saidMs)
  }

  #itemOf(id: ItemId | null): AgendaItem | undefined {
    return this.agenda.find((item) => item.id === id)
  }

  #save(field: string, text: string, was: string): Promise<Ack> {
    if (!isShared(field)) return this.room.send({ type: 'assess', item: field, note: text, noteWas: was })
    return this.room.send(
      field === 'strengths'
        ? { type: 'conclude', strengths: text, strengthsWas: was }
        : { type: 'conclude', gaps: text, gapsWas: was },
    )
  }
}

export const [useCallDesk, provideCallDesk] = createContext<CallDesk>()
