import type { PublicBank } from '@knopka/shared/bank'
import type { EveningRules, OpenedRoom, RoomToOpen } from '@knopka/shared/contracts'
import { createContext } from 'svelte'
import { post, type Refused } from '../lib/api.ts'
import { fetchBank, type BankEntry } from '../lib/bank.ts'
import { go } from '../lib/route.svelte.ts'
import { newSeed } from '../lib/seed.ts'
import { tidy } from '../lib/text/tidy.ts'
import { language } from '../lib/text/language.svelte.ts'
import { noticeOf, type Arrival } from './arrival.ts'
import { Memory } from './memory.svelte.ts'
import { knownIn, newsOf } from './news.ts'
import {
  carriedTo,
  coverOf,
  nothing,
  partlyPicked,
  pickedFrom,
  totalsOf,
  withOptions,
  type Picked,
} from '../ui/picked.ts'
import { remember } from './remembered.ts'
import { moved, secondsOf } from './rounds.ts'
import { drawn, faultOf, ticked, roundAfter } from '../ui/round-setup.ts'
import { indexOf } from '../ui/search.ts'
import { firstRound, firstRules, mostRounds, settingsOf, type RoundSetup, type Setup } from './settings.ts'
import { text } from './text.ts'
import { treeOf, type Tree, type TreeSection } from '../ui/tree.ts'

/** The host's password, as long as this page is open: kept in no storage, where whoever comes next would find it. */
let password: string | null = null

/** What the form holds: a bank, the rounds that are played of it, the rules, and the way to a room. */
export class Evening {
  readonly banks: BankEntry[]
  bank: PublicBank = $state.raw({ id: '', title: '', language: '', sections: [] })
  rounds: RoundSetup[] = $state.raw([firstRound])
  /** Which round the form shows, 0 for the first. */
  at = $state(0)
  /** The one that was taken away last, and where it stood. */
  removed: { round: RoundSetup; at: number } | null = $state.raw(null)
  seed = $state('')
  rules: EveningRules = $state.raw(firstRules)
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
  readonly round = $derived(this.rounds[this.at] ?? firstRound)
  /** Of the round that the form shows. */
  readonly picked: Picked = $derived(pickedFrom(this.tree, this.round.sections).picked)
  /** How many questions of the bank, and of what is picked for this round, have options to choose from. */
  readonly withOptions = $derived({
    bank: withOptions(this.tree.all),
    picked: withOptions(this.tree.all.filter(({ id }) => this.picked.has(id))),
  })
  readonly pickedInRound = $derived(totalsOf(this.tree, this.picked).questions)
  /** Of all rounds. */
  readonly #allPicked: Picked = $derived(
    pickedFrom(
      this.tree,
      this.rounds.flatMap(({ sections }) => sections),
    ).picked,
  )
  readonly totals = $derived(totalsOf(this.tree, this.#allPicked))
  /** What each round asks. */
  readonly drawn = $derived(drawn(this.tree, this, this.memory.leaning))
  readonly faults = $derived(
    this.drawn.map((drawn, index) => faultOf(this.tree, this.rounds[index] ?? firstRound, drawn)),
  )
  readonly played = $derived(this.drawn.reduce((sum, { questions }) => sum + questions.length, 0))
  /** How long each round takes, roughly. */
  readonly seconds = $derived(this.drawn.map((drawn, index) => secondsOf(this.rounds[index] ?? firstRound, drawn)))
  /** What is new to the group; `null` where there is none, or nobody knows. */
  readonly news = $derived(
    this.memory.played &&
      newsOf(
        this.tree.all,
        this.#allPicked,
        this.memory.played,
        this.drawn.flatMap(({ questions }) => questions),
      ),
  )
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
    const { bank, rounds, seed, rules } = this
    const title = this.#title === null ? null : tidy(this.#title) || null
    return { bank: bank.id, seed, title, rules, rounds: rounds.map(named), ...this.memory.setup }
  }

  /** @returns how many of its sections this bank does not have */
  #take(bank: PublicBank, setup: Setup): number {
    const tree = treeOf(bank)
    const carried = carriedTo(bank, setup.bank)
    const read = setup.rounds.map((round) => known(tree, { ...round, sections: carried(round.sections) }))
    this.bank = bank
    this.rounds = read.map(({ round }) => round)
    this.at = 0
    this.removed = null
    this.#showPicked(tree)
    this.seed = setup.seed
    this.rules = setup.rules
    this.memory.take(bank.id, setup)
    this.#title = setup.title
    return read.reduce((sum, { lost }) => sum + lost, 0)
  }

  #showPicked(tree: Tree): void {
    this.open = partlyPicked(tree, pickedFrom(tree, this.round.sections).picked)
  }

  /** Shows another round. */
  turnTo(at: number): void {
    this.at = at
    this.#showPicked(this.tree)
  }

  change(change: Partial<RoundSetup>): void {
    this.rounds = this.rounds.with(this.at, { ...this.round, ...change })
  }

  /** @returns whether it could be: a board has no room for more than so many columns */
  tick(section: TreeSection): boolean {
    const sections = ticked(this.tree, this.round, section)
    if (sections) this.change({ sections })
    return sections !== null
  }

  addRound(round: RoundSetup = roundAfter(this.round), at: number = this.rounds.length): void {
    if (this.rounds.length >= mostRounds) return
    this.rounds = this.rounds.toSpliced(at, 0, round)
    this.removed = null
    this.turnTo(at)
  }

  copyRound(): void {
    this.addRound(this.round, this.at + 1)
  }

  moveRound(by: -1 | 1): void {
    const to = this.at + by
    if (to < 0 || to >= this.rounds.length) return
    this.rounds = moved(this.rounds, this.at, to)
    this.at = to
  }

  removeRound(): void {
    if (this.rounds.length < 2) return
    this.removed = { round: this.round, at: this.at }
    this.rounds = this.rounds.toSpliced(this.at, 1)
    this.turnTo(Math.min(this.at, this.rounds.length - 1))
  }

  bringBack(): void {
    if (this.removed) this.addRound(this.removed.round, this.removed.at)
  }

  async changeBank(id: string): Promise<void> {
    const answer = await fetchBank(id)
    if (answer.ok) this.#take(answer.body, this.setup)
    else this.refusal = answer
  }

  /** One that was saved; whose group it is, and which questions come, is not a part of it. */
  async load(setup: Setup): Promise<void> {
    const answer = setup.bank === this.bank.id ? null : await fetchBank(setup.bank)
    if (answer && !answer.ok) {
      this.refusal = answer
      return
    }
    const lost = this.#take(answer?.body ?? this.bank, { ...setup, ...this.memory.owner, seed: newSeed(language()) })
    this.notice = noticeOf('device', null, lost)
  }

  drawSeed(): void {
    this.seed = newSeed(language())
  }

  /** Opens the room and goes there as its host. */
  async begin(): Promise<void> {
    if (this.opening || this.faults.some((fault) => fault !== null)) return
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
    const room = { ...settingsOf(this.setup), mode: 'quiz', title } as const
    return password === null ? room : { ...room, password }
  }
}

/** Its name as it is kept and sent. */
const named = (round: RoundSetup): RoundSetup => ({
  ...round,
  title: (round.title !== null && tidy(round.title)) || null,
})

/** As far as this bank has its sections. @returns also how many it does not have */
function known(tree: Tree, round: RoundSetup): { round: RoundSetup; lost: number } {
  const { picked, lost } = pickedFrom(tree, round.sections)
  // A board's columns stand in an order of their own.
  const sections = round.board ? round.sections.filter((id) => tree.byId.has(id)) : coverOf(tree, picked)
  return { round: { ...round, sections }, lost }
}

export const [useEvening, provideEvening] = createContext<Evening>()
