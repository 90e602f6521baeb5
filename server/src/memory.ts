import { allBanks, idIn, inAllBanks, ownPlace, type Leaning, type Use } from '@knopka/shared/bank'
import type { DrawRules, RoomSettings } from '@knopka/shared/contracts'
import { lookUp, turnsOf, type RoomEvent, type RoomState, type Turn } from '@knopka/shared/game'
import type { QuestionId } from '@knopka/shared/ids'
import type { Logger } from 'pino'
import type { Room } from './room.ts'
import { fingerprint, newCapability } from './seats.ts'
import type { Shelf } from './store/store.ts'

/** After the last question that it was asked, a group is remembered for two years. */
const groupTtlMs = 2 * 365 * 24 * 3_600_000
/** Longer than any room lives after its end: so long an evening that is counted is known as such. */
const countedTtlMs = groupTtlMs

/** What outlives evenings: what a group has played, and how often a question was answered right. */
export class Memory {
  #shelf: Shelf
  #banks: string[]
  #log: Logger
  #keeping: Promise<void> = Promise.resolve()

  /** @param banks ids of those that are here */
  constructor(shelf: Shelf, banks: string[], log: Logger) {
    this.#shelf = shelf
    this.#banks = banks.filter((id) => id !== allBanks)
    this.#log = log
  }

  /** What draws one question before another in an evening of these settings. */
  leaning({ bank, group, ...draws }: RoomSettings): Promise<Leaning> {
    return this.#leaning(bank, group === undefined ? undefined : groupName(group), draws)
  }

  /** The same for rounds that are added to an evening. */
  leaningIn({ secret: { bank = '', group, draws = {} } }: RoomState): Promise<Leaning> {
    return this.#leaning(bank, group, draws)
  }

  async #leaning(bank: string, name: string | undefined, draws: DrawRules): Promise<Leaning> {
    const { fresh = true, difficulty = 'any' } = draws
    const played = name !== undefined && fresh ? await this.#playedBy(name, bank) : []
    const use = difficulty === 'any' ? new Map<QuestionId, Use>() : await this.use(bank)
    return { played: new Set(played), difficulty, use }
  }

  /** Which questions of this bank the group has been asked. */
  played(group: string, bank: string): Promise<QuestionId[]> {
    return this.#playedBy(groupName(group), bank)
  }

  async #playedBy(name: string, bank: string): Promise<QuestionId[]> {
    await this.#keeping
    const members = await this.#shelf.gathered(groupShelf(name))
    const places = members.map((member) => ownPlace(allBanks, member))
    return places.filter((own) => [own.bank, allBanks].includes(bank)).map((own) => idIn(bank, own.bank, own.id))
  }

  /** What the group has played of all banks. An evening that is being played goes on telling what it asks. */
  async forget(group: string): Promise<void> {
    await this.#keeping
    await this.#shelf.delete(groupShelf(groupName(group)))
  }

  /** What became of each question of this bank that was ever asked. */
  async use(bank: string): Promise<Map<QuestionId, Use>> {
    await this.#keeping
    const uses = new Map<QuestionId, Use>()
    for (const own of bank === allBanks ? this.#banks : [bank]) {
      for (const [counter, count] of Object.entries(await this.#shelf.counts(useShelf(own)))) {
        const { part, id: ownId } = counted(counter)
        const id = idIn(bank, own, ownId)
        uses.set(id, { asked: 0, right: 0, ms: 0, ...uses.get(id), [part]: count })
      }
    }
    return uses
  }

  /** Remembers what is asked in this room from now on, and its outcome once it is over. All nodes may, to no harm. */
  watch(room: Room): void {
    let countedRoom: string | undefined
    const look = (state: RoomState) => {
      // A PIN may be opened anew under the eyes of whoever watches it.
      if (!state.results || state.secret.roomId === countedRoom) return
      countedRoom = state.secret.roomId
      this.#keep(room, this.#countOnce(state))
    }
    room.watch(({ events }, state) => {
      const asked = events.flatMap(idsAsked)
      if (asked.length > 0) this.#keep(room, this.#gather(asked, state))
      look(state)
    })
    // Its node may have died before the last one was remembered. Those before it are: and if they were forgotten
    // meanwhile, because the group wished it, they stay so.
    const { phase, turn } = room.state
    if (phase === 'playing' && turn) this.#keep(room, this.#gather(idsOf(turn), room.state))
    look(room.state)
  }

  /** Resolves when all that was to be remembered is. */
  async settled(): Promise<void> {
    await this.#keeping
  }

  #keep({ pin }: Room, keeping: Promise<void>): void {
    const kept = keeping.catch((fault: unknown) => this.#log.error({ err: fault, room: pin }, 'was not remembered'))
    this.#keeping = Promise.all([this.#keeping, kept]).then(() => {})
  }

  async #gather(ids: QuestionId[], { secret: { group, bank } }: RoomState): Promise<void> {
    if (group === undefined || bank === undefined || ids.length === 0) return
    const members = ids.map((id) => inAllBanks(bank, id))
    await this.#shelf.gather(groupShelf(group), members, groupTtlMs)
  }

  /**
   * Whoever marks the evening first counts it. A node that dies between the two loses this evening's count: better than
   * to count it twice, and no more than a figure that is a little old.
   */
  async #countOnce(state: RoomState): Promise<void> {
    const { roomId, bank } = state.secret
    if (roomId === undefined || bank === undefined) return
    const steps = stepsOf(state, bank)
    if (steps.size === 0) return
    const [key, mine] = [`counted/${roomId}`, newCapability()]
    if ((await this.#shelf.putIfAbsent(key, mine)) !== mine) return
    await this.#shelf.put(key, mine, countedTtlMs)
    for (const [own, counters] of steps) await this.#shelf.count(useShelf(own), Object.fromEntries(counters))
  }
}

/** In logs and in the store a group has this name; from it nobody finds the key, which is the right to it. */
export const groupName = (key: string): string => fingerprint(key)

const groupShelf = (name: string) => `group/${name}`
const useShelf = (bank: string) => `use/${bank}`

const counterOf = (part: keyof Use, id: QuestionId) => `${part}/${id}`
function counted(counter: string): { part: keyof Use; id: QuestionId } {
  const slash = counter.indexOf('/')
  return { part: counter.slice(0, slash) as keyof Use, id: counter.slice(slash + 1) }
}

const idsOf = ({ secret: { questionId } }: Turn): QuestionId[] => (questionId === undefined ? [] : [questionId])

const idsAsked = (event: RoomEvent): QuestionId[] =>
  event.type === 'questionAsked' && event.secret?.questionId !== undefined ? [event.secret.questionId] : []

/** What an evening adds to the counters of each bank that it played of. */
function stepsOf(state: RoomState, bank: string): Map<string, [string, number][]> {
  const steps = new Map<string, [string, number][]>()
  for (const turn of turnsOf(state)) {
    const outcome = outcomeOf(turn)
    if (!outcome) continue
    for (const own of idsOf(turn).map((id) => ownPlace(bank, id))) {
      const parts = Object.entries(outcome) as [keyof Use, number][]
      const added = parts.map(([part, step]): [string, number] => [counterOf(part, own.id), step])
      steps.set(own.bank, [...(steps.get(own.bank) ?? []), ...added])
    }
  }
  return steps
}

/** `null` where it says nothing of the question: it was practice, nobody could answer, or no option was right. */
function outcomeOf(turn: Turn): Use | null {
  const { practice, openings, closed, choosing, typing } = turn
  if (practice || openings === 0 || closed === null) return null
  const times = choosing ? timesOfChoices(turn) : typing ? timesOfTyped(turn) : timesOfPresses(turn)
  if (!times) return null
  const ms = times.length === 0 ? 0 : times.reduce((sum, time) => sum + time, 0) / times.length
  return { asked: 1, right: Math.min(times.length, 1), ms: Math.round(ms) }
}

/** How long it took those who were right. */
const timesOfPresses = ({ presses, verdicts }: Turn): number[] =>
  presses
    .filter(({ seat }) => verdicts.some((judged) => judged.seat === seat && judged.verdict === 'right'))
    .map(({ scoreMs }) => scoreMs)

/** Among many somebody is always right: options are answered right where at least half of those who chose are. */
function timesOfChoices({ choosing, secret: { marks = [] } }: Turn): number[] | null {
  if (!choosing?.right || choosing.right.length === 0 || marks.length === 0) return null
  const right = marks.filter(({ points }) => points > 0)
  return right.length * 2 >= marks.length ? right.map(({ afterMs }) => afterMs) : []
}

/** What is typed is counted like what is chosen; the nearest guess is right also where nobody knew the number. */
function timesOfTyped({ typing, secret: { typedMarks = [], typed } }: Turn): number[] | null {
  if (typing?.kind === 'number' || typedMarks.length === 0 || !typed) return null
  const right = typedMarks.filter(({ verdict }) => verdict === 'right')
  return right.length * 2 >= typedMarks.length ? right.map(({ seat }) => lookUp(typed, seat)?.afterMs ?? 0) : []
}
