import type { PublicBank } from '@knopka/shared/bank'
import type { OpenedRoom, RoomToOpen, Rules } from '@knopka/shared/contracts'
import { createContext } from 'svelte'
import { post } from '../lib/api.ts'
import { go } from '../lib/route.svelte.ts'
import { language } from '../lib/text/language.svelte.ts'
import { noticeOf, type Arrival } from './arrival.ts'
import { fetchBank, type BankEntry, type Refused } from './banks.ts'
import { Memory } from './memory.svelte.ts'
import { knownIn, newsOf } from './news.ts'
import { coverOf, nothing, partlyPicked, pickedFrom, totalsOf, withOptions, type Picked } from './picked.ts'
import { remember } from './remembered.ts'
import { indexOf } from './search.ts'
import { newSeed } from './seed.ts'
import { firstRules, settingsOf, tidy, type Setup } from './settings.ts'
import { text } from './text.ts'
import { treeOf } from './tree.ts'

/** The host's password, as long as this page is open: kept in no storage, where whoever comes next would find it. */
let password: string | null = null

/** What the form holds: a bank, what is picked of it, the rules, and the way to a room. */
export class Evening {
  readonly banks: BankEntry[]
  bank: PublicBank = $state.raw({ id: '', title: '', language: '', sections: [] })
  picked: Picked = $state.raw(nothing)
  /** As wished; there may be fewer questions picked. */
  count = $state(1)
  order = $state<Setup['order']>('shuffled')
  seed = $state('')
  rules: Rules = $state.raw(firstRules)
  readonly memory = new Memory()
  /** Ids of the sections that show what is below them. */
  open: ReadonlySet<string> = $state.raw(nothing)
  /** What happened to the settings on their way here, in words of the page's language. */
  notice: (() => string) | null = $state.raw(null)
  refusal = $state.raw<Refused | null>(null)
  opening = $state(false)
  /** The server wants the host's password; and why it did not take the last one, if one was said. */
  wanted: { refused: Refused | null } | null = $state.raw(null)

  readonly tree = $derived(treeOf(this.bank))
  readonly index = $derived(indexOf(this.tree))
  readonly totals = $derived(totalsOf(this.tree, this.picked))
  /** How many questions of the bank, and of what is picked, have options to choose from. */
  readonly withOptions = $derived({
    bank: withOptions(this.tree.all),
    picked: withOptions(this.tree.all.filter(({ id }) => this.picked.has(id))),
  })
  readonly played = $derived(Math.min(this.count, this.totals.questions))
  /** What is new to the group; `null` where there is none, or nobody knows. */
  readonly news = $derived(this.memory.played && newsOf(this.tree.all, this.picked, this.memory.played, this.played))
  /** Of how many questions of the bank it is known how they were answered. */
  readonly known = $derived(knownIn(this.tree.all, this.memory.use))

  #title = $state<string | null>(null)

  constructor(banks: BankEntry[], bank: PublicBank, { setup, from }: Arrival) {
    this.banks = banks
    const lost = this.#take(bank, setup)
    const isOther = setup.bank !== '' && setup.bank !== bank.id
    this.notice = noticeOf(from, isOther ? setup.bank : null, lost)
  }

  /** The usual one in the language of the page, until somebody writes another. */
  get title(): string {
    return this.#title ?? text().evening
  }
  set title(title: string) {
    this.#title = title
  }

  /** How many questions of this bank the group has played, as far as it is known. */
  get playedInBank(): number {
    return this.news ? this.tree.total - this.news.all : 0
  }

  get setup(): Setup {
    const { bank, picked, count, order, seed, rules } = this
    const title = this.#title === null ? null : tidy(this.#title) || null
    const sections = coverOf(this.tree, picked)
    return { bank: bank.id, sections, count, order, seed, title, rules, ...this.memory.setup }
  }

  /** @returns how many of its sections this bank does not have */
  #take(bank: PublicBank, setup: Setup): number {
    const tree = treeOf(bank)
    const { picked, lost } = pickedFrom(tree, bank.id === setup.bank ? setup.sections : [])
    this.bank = bank
    this.picked = picked
    this.open = partlyPicked(tree, picked)
    this.count = setup.count
    this.order = setup.order
    this.seed = setup.seed
    this.rules = setup.rules
    this.memory.take(bank.id, setup)
    this.#title = setup.title
    return lost
  }

  async changeBank(id: string): Promise<void> {
    const answer = await fetchBank(id)
    if (answer.ok) this.#take(answer.body, { ...this.setup, bank: id, sections: [] })
    else this.refusal = answer
  }

  drawSeed(): void {
    this.seed = newSeed(language())
  }

  /** Opens the room and goes there as its host. */
  async begin(): Promise<void> {
    if (this.opening || this.totals.questions === 0) return
    this.refusal = null
    this.opening = true
    const answer = await post<OpenedRoom>('/api/rooms', this.#roomToOpen())
    this.opening = false
    if (!answer.ok) return this.#refused(answer)
    // The next evening is asked in another order, unless somebody wants this one again.
    this.drawSeed()
    remember(this.setup)
    go(`/host/${answer.body.pin}#${answer.body.capability}`)
  }

  /** Opens the room with the password that the server wants. */
  beginWith(said: string): Promise<void> {
    password = said
    return this.begin()
  }

  #refused(refused: Refused): void {
    // Only a server that wants one says so; from then on the dialog is what the host looks at.
    if (refused.code !== 'wrong-password' && !this.wanted) this.refusal = refused
    else this.wanted = { refused: password === null ? null : refused }
  }

  #roomToOpen(): RoomToOpen {
    const title = tidy(this.title) || text().evening
    const room = { ...settingsOf({ ...this.setup, count: this.played }), mode: 'quiz', title } as const
    return password === null ? room : { ...room, password }
  }
}

export const [useEvening, provideEvening] = createContext<Evening>()
