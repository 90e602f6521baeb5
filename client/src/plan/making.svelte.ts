import { drawPlan, type PublicBank } from '@knopka/shared/bank'
import type { InterviewToOpen, KeptPlan, OpenedRoom, Plan, PlannedItem, PlanPage } from '@knopka/shared/contracts'
import type { QuestionId } from '@knopka/shared/ids'
import { createContext } from 'svelte'
import { get, post, put, remove, type Refused } from '../lib/api.ts'
import { fetchBank, type BankEntry } from '../lib/bank.ts'
import { keepPlanKey } from '../lib/plan-keys.ts'
import { go } from '../lib/route.svelte.ts'
import { tidy } from '../lib/text/tidy.ts'
import { nothing } from '../ui/picked.ts'
import { indexOf } from '../ui/search.ts'
import { treeOf } from '../ui/tree.ts'
import {
  draftOf,
  draws,
  exclusionToggled,
  firstDraft,
  mostItems,
  pinToggled,
  planOf,
  quotaOf,
  withQuota,
  type Draft,
} from './draft.ts'
import { minutesOf } from './estimate.ts'
import { itemsById, keptAsTyped, missingIn, replaced } from './missing.ts'
import { text } from './text.ts'

/** The host's password, as long as this page is open: kept in no storage, where whoever comes next would find it. */
let password: string | null = null

export type Why = 'no-items' | 'too-many-items' | 'no-title'

export const pathOf = (key: string): string => `/api/plans/${encodeURIComponent(key)}`

/** A plan in the making, or one that is kept and looked at again. */
export class Making {
  banks: BankEntry[] = $state.raw([])
  bank: PublicBank = $state.raw({ id: '', title: '', language: '', sections: [] })
  draft: Draft = $state.raw(firstDraft('', ''))
  /** What is asked, as long as nothing has changed that draws anew. */
  #items: PlannedItem[] | null = $state.raw(null)
  /** The right to the plan, once the server keeps it. */
  key: string | null = $state(null)
  candidates: PlanPage['candidates'] = $state.raw([])
  /** The plan as the server has it. */
  #saved: string | null = $state(null)
  /** Ids of the sections that show what is below them. */
  open: ReadonlySet<string> = $state.raw(nothing)
  busy = $state(false)
  refusal = $state.raw<Refused | null>(null)
  /** The server wants the host's password; and why it did not take the last one, if one was said. */
  wanted: { refused: Refused | null } | null = $state.raw(null)
  /** Shows the link to the plan. */
  showsLink = $state(false)

  readonly tree = $derived(treeOf(this.bank))
  readonly index = $derived(indexOf(this.tree))
  readonly #drawn = $derived(drawPlan(this.bank, this.draft))
  readonly items: PlannedItem[] = $derived(this.#items ?? this.#drawn.items)
  /** Of the sections that have too few; what was drawn before the bank changed lacks nothing. */
  readonly short = $derived(this.#items ? [] : this.#drawn.short)
  readonly isAsKept = $derived(this.#items !== null)
  /** The server does not have the bank that it was made of. */
  readonly isBankGone: boolean = $derived(!this.banks.some(({ id }) => id === this.draft.bank))
  readonly missing = $derived(this.isBankGone ? [] : missingIn(this.bank, this.items))
  readonly minutes = $derived(minutesOf(this.items, this.draft.seconds))
  readonly byId: ReadonlyMap<QuestionId | null, PlannedItem> = $derived(itemsById(this.bank))
  readonly plan: Plan = $derived(
    planOf({ ...this.draft, title: tidy(this.draft.title) }, this.draft.levels ?? text().levels, this.items),
  )
  readonly isChanged = $derived(JSON.stringify(this.plan) !== this.#saved)
  readonly why: Why | null = $derived.by(() => {
    if (this.items.length === 0) return 'no-items'
    if (this.items.length > mostItems) return 'too-many-items'
    return this.plan.title === '' ? 'no-title' : null
  })

  constructor(banks: BankEntry[], bank: PublicBank, draft: Draft) {
    this.banks = banks
    this.bank = bank
    this.draft = draft
  }

  /** Takes a plan as it is: its questions stay those that were drawn when it was made. */
  take(plan: Plan): void {
    this.draft = draftOf(plan)
    this.#items = plan.items
    this.open = openTo(this)
  }

  takeKept(key: string, { plan, candidates }: PlanPage): void {
    this.take(plan)
    this.key = key
    this.candidates = candidates
    this.#saved = JSON.stringify(this.plan)
    keepPlanKey(key, plan.title)
  }

  change(change: Partial<Draft>): void {
    this.draft = { ...this.draft, ...change }
    if (draws(change)) this.#items = null
  }

  quota(section: string): number {
    return quotaOf(this.draft, section)
  }

  setQuota(section: string, count: number): void {
    this.change({ quotas: withQuota(this.draft.quotas, section, count) })
  }

  pin(id: QuestionId): void {
    this.change(pinToggled(this.draft, id))
  }

  exclude(id: QuestionId): void {
    this.change(exclusionToggled(this.draft, id))
  }

  replace(index: number, by: PlannedItem): void {
    this.#mend(replaced(this.draft, this.items, index, by))
  }

  keepAsTyped(index: number): void {
    this.#mend(keptAsTyped(this.draft, this.items, index))
  }

  #mend({ draft, items }: { draft: Draft; items: PlannedItem[] }): void {
    this.draft = draft
    this.#items = items
  }

  /** Other questions: what was picked of the old ones means nothing there. */
  async changeBank(id: string): Promise<void> {
    const answer = await fetchBank(id)
    if (!answer.ok) return void (this.refusal = answer)
    this.bank = answer.body
    this.open = nothing
    this.change({ bank: id, quotas: [], pinned: [], excluded: [] })
  }

  /** A plan out of a file. @returns why it cannot be taken */
  async import(plan: Plan): Promise<Refused | null> {
    const answer = plan.bank === this.bank.id ? null : await fetchBank(plan.bank)
    if (answer && !answer.ok) return answer
    if (answer) this.bank = answer.body
    this.take(plan)
    return null
  }

  /** The first time under a new key, which becomes the address of this page. */
  async save(): Promise<void> {
    if (this.busy || this.why) return
    const plan = this.plan
    const answer = await this.#send(plan)
    if (!answer.ok) return this.#refused(answer)
    this.wanted = null
    this.#saved = JSON.stringify(plan)
    const isNew = this.key === null
    this.key ??= answer.body.key
    keepPlanKey(this.key, plan.title)
    if (!isNew) return
    history.replaceState(history.state, '', `/interview#${this.key}`)
    this.showsLink = true
  }

  async #send(plan: Plan) {
    const body = password === null ? { plan } : { plan, password }
    this.refusal = null
    this.busy = true
    const answer =
      this.key === null ? await post<KeptPlan>('/api/plans', body) : await put<KeptPlan>(pathOf(this.key), body)
    this.busy = false
    return answer
  }

  saveWith(said: string): Promise<void> {
    password = said
    return this.save()
  }

  #refused(refused: Refused): void {
    // Only a server that wants one says so; from then on the dialog is what the interviewer looks at.
    if (refused.code !== 'wrong-password' && !this.wanted) this.refusal = refused
    else this.wanted = { refused: password === null ? null : refused }
  }

  /** Opens the call and goes there. @returns why not */
  async begin(key: string, interview: InterviewToOpen): Promise<Refused | null> {
    const answer = await post<OpenedRoom>(`${pathOf(key)}/interviews`, interview)
    if (!answer.ok) return answer
    go(`/interview/${answer.body.pin}#${answer.body.capability}`)
    return null
  }

  /** @returns why not */
  async deleteCandidate(key: string, card: string): Promise<Refused | null> {
    const answer = await remove(`/api/scorecards/${encodeURIComponent(card)}`, key)
    // Somebody else's deletion is as good.
    if (!answer.ok && answer.code !== 'no-results' && answer.code !== 'not-found') return answer
    this.candidates = this.candidates.filter((candidate) => candidate.card !== card)
    return null
  }
}

/** Ids of the sections that one has to open to see the quotas. */
function openTo({ tree, draft }: Making): ReadonlySet<string> {
  const above = draft.quotas.flatMap(({ section }) => {
    const ids: string[] = []
    for (let one = tree.byId.get(section)?.parent; one; one = one.parent) ids.push(one.id)
    return ids
  })
  return new Set(above)
}

export const fetchPlan = (key: string) => get<PlanPage>(pathOf(key))

export const [useMaking, provideMaking] = createContext<Making>()
