import type { Leaning } from '@knopka/shared/bank'
import type { BankUse, PlayedByGroup } from '@knopka/shared/contracts'
import { get, remove, type Answer } from '../lib/api.ts'
import { leaningOf, playedFrom } from './news.ts'
import { newGroup, type Difficulty, type Setup } from './settings.ts'

/** What past evenings know of a bank: what this group has played of it, and how its questions were answered. */
export class Memory {
  /** The key; `undefined`: nobody remembers what is asked. */
  group: string | undefined = $state()
  fresh = $state(true)
  difficulty = $state<Difficulty>('any')
  /** Ids of questions; `null` while nobody knows. */
  played: ReadonlySet<string> | null = $state.raw(null)
  /** What was asked is not to be learned now. */
  isAway = $state(false)
  use: BankUse = $state.raw({})

  /** What draws one question before another, as the server does it. */
  readonly leaning: Leaning = $derived(leaningOf(this.fresh ? this.played : null, this.difficulty, this.use))

  #bank = ''

  get setup(): Pick<Setup, 'group' | 'fresh' | 'difficulty'> {
    const { fresh, difficulty } = this
    return { fresh, difficulty, ...this.owner }
  }

  /** Whose evenings these are. */
  get owner(): Pick<Setup, 'group'> {
    return this.group === undefined ? {} : { group: this.group }
  }

  take(bank: string, { group, fresh = true, difficulty = 'any' }: Setup): void {
    this.#bank = bank
    this.group = group
    this.fresh = fresh
    this.difficulty = difficulty
    this.use = {}
    void this.#learnUse()
    void this.#learnPlayed()
  }

  makeGroup(): void {
    this.group = newGroup()
    void this.#learnPlayed()
  }

  /** This device forgets the group; whoever has its link does not. */
  leaveGroup(): void {
    this.group = undefined
    void this.#learnPlayed()
  }

  /** All that the group has played, of every bank and for everyone. @returns why not, or `null` */
  async forget(): Promise<Extract<Answer<never>, { ok: false }> | null> {
    const answer = await remove<PlayedByGroup>(`/api/groups/${this.group}`)
    if (!answer.ok) return answer
    this.played = playedFrom(answer.body)
    return null
  }

  async #learnUse(): Promise<void> {
    const bank = this.#bank
    const answer = await get<BankUse>(`/api/banks/${encodeURIComponent(bank)}/use`)
    if (answer.ok && bank === this.#bank) this.use = answer.body
  }

  async #learnPlayed(): Promise<void> {
    const [bank, group] = [this.#bank, this.group]
    this.played = null
    this.isAway = false
    if (group === undefined) return
    const answer = await get<PlayedByGroup>(`/api/groups/${group}?bank=${encodeURIComponent(bank)}`)
    if (bank !== this.#bank || group !== this.group) return
    if (answer.ok) this.played = playedFrom(answer.body)
    else this.isAway = true
  }
}
