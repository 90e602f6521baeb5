import type { Ack } from '@knopka/shared/contracts'
import type { AnswerGroup } from '@knopka/shared/game'
import { createContext } from 'svelte'
import type { Saying } from '../lib/outbox.ts'
import type { Room } from '../lib/room.svelte.ts'
import { wordsFor, type Code } from '../lib/text/refusals.ts'
import type { Action, Actions } from './action.ts'
import { actionsOf } from './actions.ts'
import { isAnnounced } from './coming.ts'
import { groupsToJudge } from './judging.ts'

/** How long a sentence about what was just pressed stays. */
const saidMs = 3000

/** The host's hands: says things to the room, and keeps what the room answered. */
export class Desk {
  readonly room: Room
  /** Why the last press did nothing. */
  said = $state<string | null>(null)
  readonly actions: Actions
  /** Answers that were typed to the present question, for the host to judge. */
  readonly groups: AnswerGroup[]
  /** The one that the verdict keys are for: picked by hand or else, the first without a verdict. */
  readonly group: AnswerGroup | null
  #picked = $state.raw<{ turn: number; answer: string } | null>(null)
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(room: Room) {
    this.room = room
    this.groups = $derived(isAnnounced(room.state) ? [] : groupsToJudge(room.state.turn))
    this.group = $derived(
      this.groups.find((group) => this.#isPicked(group)) ?? this.groups.find(({ verdict }) => verdict === null) ?? null,
    )
    this.actions = $derived(actionsOf(room.state, this.group))
  }

  pick({ answers: [answer] }: AnswerGroup): void {
    const turn = this.room.state.turn?.turn
    this.#picked = turn === undefined || answer === undefined ? null : { turn, answer }
  }

  #isPicked({ answers }: AnswerGroup): boolean {
    const picked = this.#picked
    return picked !== null && picked.turn === this.room.state.turn?.turn && answers.includes(picked.answer)
  }

  press({ why, saying }: Pick<Action, 'why' | 'saying'>): void {
    if (why) this.explain(why)
    else if (saying) void this.say(saying)
  }

  async say(saying: Saying): Promise<Ack> {
    this.said = null
    const ack = await this.room.send(saying)
    // A verdict moves on to the next group that waits for one.
    if (ack.ok && saying.type === 'judgeAnswers') this.#picked = null
    if (!ack.ok) this.explain(ack.code)
    return ack
  }

  /** What was written is done with: the keys of the console are for what comes next. */
  letGo(): void {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
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
