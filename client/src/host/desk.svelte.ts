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
  /** The one that the verdict keys are for: picked by hand or else, the first without a verdict, or one on its way. */
  readonly group: AnswerGroup | null
  #picked = $state.raw<{ turn: number; answer: string } | null>(null)
  /** Verdicts that were said and not refused, also those that are still on their way: the next key is for the next group. */
  #judged: readonly Saying[] = $state.raw([])
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(room: Room) {
    this.room = room
    this.groups = $derived(isAnnounced(room.state) ? [] : groupsToJudge(room.state.turn))
    this.group = $derived(
      this.groups.find((group) => this.#isPicked(group)) ?? this.groups.find((group) => this.#isLeft(group)) ?? null,
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

  #isLeft({ answers: [answer = ''], verdict }: AnswerGroup): boolean {
    const turn = this.room.state.turn?.turn
    return verdict === null && !this.#judged.some((one) => isAbout(one, turn, [answer]))
  }

  press({ why, saying }: Pick<Action, 'why' | 'saying'>): void {
    if (why) this.explain(why)
    else if (saying) void this.say(saying)
  }

  async say(saying: Saying): Promise<Ack> {
    this.said = null
    // A verdict moves on to the next group that waits for one, at once: the room may be far away.
    if (saying.type === 'judgeAnswers') {
      this.#picked = null
      const others = this.#judged.filter((one) => !isAbout(one, saying.turn, saying.answers))
      this.#judged = saying.verdict === null ? others : [...others, saying]
    }
    const ack = await this.room.send(saying)
    if (ack.ok) return ack
    this.#judged = this.#judged.filter((one) => one !== saying)
    this.explain(ack.code)
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

const isAbout = (saying: Saying, turn: number | undefined, answers: string[]): boolean =>
  saying.type === 'judgeAnswers' && saying.turn === turn && saying.answers.some((answer) => answers.includes(answer))

export const [useDesk, provideDesk] = createContext<Desk>()
