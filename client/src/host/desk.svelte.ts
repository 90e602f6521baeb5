import type { Ack } from '@knopka/shared/contracts'
import { createContext } from 'svelte'
import type { Saying } from '../lib/outbox.ts'
import type { Room } from '../lib/room.svelte.ts'
import { wordsFor, type Code } from '../lib/text/refusals.ts'
import { actionsOf, type Action, type Actions } from './actions.ts'

/** How long a sentence about what was just pressed stays. */
const saidMs = 3000

/** The host's hands: says things to the room, and keeps what the room answered. */
export class Desk {
  readonly room: Room
  /** Why the last press did nothing. */
  said = $state<string | null>(null)
  readonly actions: Actions
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(room: Room) {
    this.room = room
    this.actions = $derived(actionsOf(room.state))
  }

  press({ why, saying }: Pick<Action, 'why' | 'saying'>): void {
    if (why) this.explain(why)
    else if (saying) void this.say(saying)
  }

  async say(saying: Saying): Promise<Ack> {
    this.said = null
    const ack = await this.room.send(saying)
    if (!ack.ok) this.explain(ack.code)
    return ack
  }

  explain(code: Code): void {
    this.tell(wordsFor(code))
  }

  tell(sentence: string): void {
    clearTimeout(this.#timer)
    this.said = sentence
    this.#timer = setTimeout(() => (this.said = null), saidMs)
  }
}

export const [useDesk, provideDesk] = createContext<Desk>()
