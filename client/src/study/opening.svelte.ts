import type { PublicBank } from '@knopka/shared/bank'
import type { OpenedStudy, StudySettings, StudyToOpen } from '@knopka/shared/contracts'
import { post, type Refused } from '../lib/api.ts'
import { fetchBank, type BankEntry } from '../lib/bank.ts'
import { go } from '../lib/route.svelte.ts'
import { tidy } from '../lib/text/tidy.ts'
import { carriedTo, coverOf, everything, pickedFrom, totalsOf } from '../ui/picked.ts'
import { treeOf } from '../ui/tree.ts'
import { openingText } from './opening-text.ts'
import { rememberStudy, type RememberedStudy } from './remembered.ts'

/** The room's own limit: importing it would bring its checker, zod, into the page. */
export const longestTitle = 60

/** The host's password, as long as this page is open: kept in no storage, where whoever comes next would find it. */
let password: string | null = null

/** What the form holds, and the way to a room. */
export class Opening {
  readonly banks: BankEntry[]
  bank: PublicBank = $state.raw({ id: '', title: '', language: '', sections: [] })
  study: StudySettings = $state.raw({ sections: [], newPercent: 0, typesFirst: false })
  refusal = $state.raw<Refused | null>(null)
  opening = $state(false)
  /** The server wants the host's password; and why it did not take the last one, if one was said. */
  wanted: { refused: Refused | null } | null = $state.raw(null)
  readonly tree = $derived(treeOf(this.bank))
  readonly totals = $derived(totalsOf(this.tree, pickedFrom(this.tree, this.study.sections).picked))
  #title = $state<string | null>(null)

  constructor(banks: BankEntry[], bank: PublicBank, remembered: RememberedStudy) {
    this.banks = banks
    this.#title = remembered.title
    this.#take(bank, remembered)
  }

  /** The usual one in the language of the page, until somebody writes another. */
  get title(): string {
    return this.#title ?? openingText().usual
  }
  set title(title: string) {
    this.#title = title
  }

  change(change: Partial<StudySettings>): void {
    this.study = { ...this.study, ...change }
  }

  async changeBank(id: string): Promise<void> {
    const answer = await fetchBank(id)
    if (answer.ok) this.#take(answer.body, { bank: this.bank.id, study: this.study })
    else this.refusal = answer
  }

  /** Opens the room and goes there as one of its members. */
  async begin(): Promise<void> {
    if (this.opening || this.totals.questions === 0) return
    this.refusal = null
    this.opening = true
    const answer = await post<OpenedStudy>('/api/studies', this.#toOpen())
    this.opening = false
    if (!answer.ok) return this.#refused(answer)
    rememberStudy({ bank: this.bank.id, title: this.#title && tidy(this.#title), study: this.study })
    go(`/study/${answer.body.pin}#${answer.body.invitation}`)
  }

  beginWith(said: string): Promise<void> {
    password = said
    return this.begin()
  }

  /** What was ticked in another bank stays as far as this one has it; nothing of it: all is ticked. */
  #take(bank: PublicBank, { bank: from, study }: Pick<RememberedStudy, 'bank' | 'study'>): void {
    const tree = treeOf(bank)
    const { picked } = pickedFrom(tree, carriedTo(bank, from)(study.sections))
    this.bank = bank
    this.study = { ...study, sections: coverOf(tree, picked.size > 0 ? picked : everything(tree)) }
  }

  #refused(refused: Refused): void {
    // Only a server that wants one says so; from then on the dialog is what the person looks at.
    if (refused.code !== 'wrong-password' && !this.wanted) this.refusal = refused
    else this.wanted = { refused: password === null ? null : refused }
  }

  #toOpen(): StudyToOpen {
    const room = { title: tidy(this.title) || openingText().usual, bank: this.bank.id, study: this.study }
    return password === null ? room : { ...room, password }
  }
}
