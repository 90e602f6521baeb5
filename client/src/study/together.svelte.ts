import type { PublicBank } from '@knopka/shared/bank'
import type { StudySettings } from '@knopka/shared/contracts'
import { fetchBank } from '../lib/bank.ts'
import { treeOf } from '../ui/tree.ts'
import type { StudyDesk } from './desk.svelte.ts'

/** What the room asks, as everyone changes it together. What was changed here shows at once, before the room has said so. */
export class Together {
  bank = $state.raw<PublicBank | null>(null)
  isMissing = $state(false)
  readonly tree = $derived(treeOf(this.bank ?? { sections: [] }))
  readonly study: StudySettings
  readonly #desk: StudyDesk
  #wanted = $state.raw<StudySettings | null>(null)

  constructor(desk: StudyDesk) {
    this.#desk = desk
    this.study = $derived(this.#wanted ?? settingsIn(desk))
    void this.#load(desk.room.state.secret.bank ?? '')
  }

  async change(change: Partial<StudySettings>): Promise<void> {
    const study = { ...this.study, ...change }
    this.#wanted = study
    await this.#desk.say({ type: 'changeStudy', study })
    if (this.#wanted === study) this.#wanted = null
  }

  async #load(id: string): Promise<void> {
    const answer = await fetchBank(id)
    if (answer.ok) this.bank = answer.body
    else this.isMissing = true
  }
}

function settingsIn({ room }: StudyDesk): StudySettings {
  const { sections = [], newPercent = 0, typesFirst = false } = room.state.study ?? {}
  return { sections, newPercent, typesFirst }
}
