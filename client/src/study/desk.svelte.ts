import type { Ack } from '@knopka/shared/contracts'
import type { QuestionId, SeatId } from '@knopka/shared/ids'
import { createContext } from 'svelte'
import { SvelteMap } from 'svelte/reactivity'
import type { Saying } from '../lib/outbox.ts'
import { OwnPress } from '../lib/own-press.svelte.ts'
import type { Room } from '../lib/room.svelte.ts'
import { actionsOf, type Action, type Actions } from './actions.ts'
import type { UnsavedNote } from './note-draft.svelte.ts'
import { peopleOf, type Person } from './people.ts'
import { sceneOf, type Scene } from './scene.ts'
import { text } from './text.ts'
import { studyWords } from './why-text.ts'

/** How long a sentence about what was just pressed stays. */
const saidMs = 5000

/** The hands of one member: says things to the room, and keeps what the room answered. */
export class StudyDesk {
  readonly room: Room
  readonly ownPress: OwnPress
  readonly people: Person[]
  readonly scene: Scene
  readonly actions: Actions
  /** Nobody else is here, and nobody has pressed: there is no race to run. */
  readonly isAlone: boolean
  said = $state<string | null>(null)
  /** The question whose answer somebody writes here now, by its number in the session. */
  noting = $state.raw<{ turn: number; gist: string } | null>(null)
  /** By question; lost with the page. */
  readonly unsaved = new SvelteMap<QuestionId, UnsavedNote>()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(room: Room) {
    this.room = room
    this.ownPress = new OwnPress(room)
    this.people = $derived(peopleOf(room.state, room.presence, this.seat))
    this.scene = $derived(sceneOf(room.state, room.clock()))
    this.actions = $derived(actionsOf(room.state, this.scene, this.seat, room.mine?.study))
    this.isAlone = $derived(
      this.people.every(({ seat, isHere }) => seat === this.seat || !isHere) && room.state.turn?.presses.length === 0,
    )
  }

  get seat(): SeatId {
    return this.room.viewer.seat ?? ''
  }

  press({ why, saying }: Pick<Action, 'why' | 'saying'>): void {
    if (why) this.tell(studyWords(why))
    else if (saying) void this.say(saying)
  }

  async say(saying: Saying): Promise<Ack> {
    this.said = null
    if (this.room.status === 'away') this.tell(text().away)
    const ack = await this.room.send(saying)
    if (!ack.ok) this.tell(studyWords(ack.code))
    return ack
  }

  tell(sentence: string): void {
    clearTimeout(this.#timer)
    this.said = sentence
    this.#timer = setTimeout(() => (this.said = null), saidMs)
  }
}

export const [useStudyDesk, provideStudyDesk] = createContext<StudyDesk>()
