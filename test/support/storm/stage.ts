import type { Hello, SentCommand } from '@knopka/shared/contracts'
import {
  nextQuestionId,
  nextTurn,
  noteVersions,
  seatNamed,
  seatsOf,
  stageOf,
  type Links,
  type RoomState,
  type Study,
} from '@knopka/shared/game'
import type { Guest } from '../guest.ts'
import { hush } from '../leaks.ts'
import type { Chance } from './chance.ts'
import type { CommandType, Weights } from './messages.ts'
import type { Known } from './sample.ts'

export type Knock = Hello['as']
export type Part = 'player' | 'host' | 'cohost' | 'screen' | 'member'

interface Props {
  pin: string
  /** Someone who did no harm and sees what is on the table. */
  watcher: Guest
  /** Seats of people who did no harm, in a room whose evening has to go on. */
  spared: readonly string[] | null
  /** What would end all that is to come about in this room. */
  unsaid: readonly CommandType[]
  /** The room as it is now, with its links and its plan. */
  whole: () => Promise<RoomState>
}

/** A seat may say so much in a second, over all its connections: many seats can say more. */
const seatsWanted: Record<Part, number> = { player: 100, host: 40, cohost: 40, screen: 0, member: 40 }
/** Later ones are for those who play on when the storm is over. */
export const lastStormyTurn = 60

const noLinks: Links = { host: '', cohost: '' }

/** A room in the storm, as those see it who rage in it. */
export class Stage {
  readonly pin: string
  readonly watcher: Guest
  readonly #spared: readonly string[] | null
  readonly #unsaid: readonly CommandType[]
  readonly #whole: Props['whole']
  readonly #tokens = new Map<Part, Map<string, string>>()
  #capabilities: Links | null = null
  /** What a host knew who came in last, where nobody watches who knows as much. */
  #known: RoomState | null = null

  constructor({ pin, watcher, spared, unsaid, whole }: Props) {
    this.pin = pin
    this.watcher = watcher
    this.#spared = spared
    this.#unsaid = unsaid
    this.#whole = whole
  }

  get state(): RoomState {
    return this.watcher.state
  }

  /** In a study room all are equal, whatever they would have been elsewhere. */
  partFor(part: Part): Part {
    return this.state.mode === 'study' ? 'member' : part
  }

  /** How someone comes in who plays this part: mostly to the seat that was left longest ago. */
  async knock(part: Part, chance: Chance): Promise<Knock> {
    if (part === 'screen') return { kind: 'screen' }
    if ((part === 'host' || part === 'cohost') && !this.#spared) this.#known = await this.#whole()
    const tokens = this.#tokensOf(part)
    const [rested] = tokens
    if (rested && tokens.size >= seatsWanted[part]) {
      tokens.delete(rested[0])
      tokens.set(...rested)
      return { kind: 'seat', token: rested[1] }
    }
    const joinId = chance.hex(32)
    const name = `Гость ${chance.hex(6)}`
    if (part === 'player') return { kind: 'newcomer', joinId, name }
    if (part === 'member') return { kind: 'member', joinId, name, invitation: this.#invitation }
    this.#capabilities ??= (await this.#whole()).secret.links ?? noLinks
    return { kind: 'capability', joinId, capability: this.#capabilities[part] }
  }

  /** Those who come in and are gone before they are let in: the same few, again and again, as a phone would be. */
  get hasty(): Knock[] {
    const people = ['one', 'two'].map((who) => ({ joinId: `in-a-hurry-number-${who}`, name: `Hasty ${who}` }))
    const invitation = this.#invitation
    return this.state.mode === 'study'
      ? people.map((who) => ({ kind: 'member', ...who, invitation }))
      : people.map((who) => ({ kind: 'newcomer', ...who }))
  }

  get #invitation(): string {
    return this.state.secret.invitation ?? ''
  }

  seated(part: Part, seat: string, token: string): void {
    this.#tokensOf(part).set(seat, token)
  }

  /** A seat that was taken away, or a link that was replaced: what was known of it is of no use any more. */
  shut(part: Part, as: Knock): void {
    const tokens = this.#tokensOf(part)
    for (const [seat, token] of tokens) if (as.kind === 'seat' && as.token === token) tokens.delete(seat)
    this.#capabilities = null
  }

  get seats(): string[] {
    return [...this.#tokensOf(this.partFor('player')).keys(), ...(this.#spared ?? [])]
  }

  /** Some value of each field that a command of this type would mean here and now. */
  known(type: CommandType | 'lit', chance: Chance): Known {
    const { turn } = this.state
    const number = turn?.turn ?? 0
    const next = number < lastStormyTurn ? number + 1 : number
    const someone = this.#someSeats(chance)
    const values: Record<string, unknown[]> = {
      ...this.#knownOfTeams(type, someone),
      ...this.#knownOfOptions(chance),
      ...this.#knownOfRounds(chance),
      turn: type === 'ask' ? [next] : [Math.max(1, number)],
      seat: this.#seatsFor(type, someone),
      questionId: this.#questionIds(next),
      tieBreak: [false, false, true],
      pressedAt: [performance.now(), performance.now() - chance.int(0, 3000)],
      frameWaitMs: [0, chance.int(0, 40)],
      opening: [Math.max(1, turn?.openings ?? 1)],
      phoneClock: [performance.now()],
      ...(this.state.study ? this.#knownOfStudy(type, this.state.study, chance) : {}),
    }
    const protest = type === 'ruleOnProtest' ? this.#aProtest(chance) : {}
    return (field) => protest[field] ?? values[field] ?? []
  }

  #knownOfStudy(type: CommandType | 'lit', { sections }: Study, chance: Chance): Record<string, unknown[]> {
    const questionId = this.state.turn?.secret.questionId ?? ''
    return {
      ...(type === 'askNext' ? { turn: [nextTurn(this.state)] } : {}),
      study: [{ sections, newPercent: chance.int(0, 100), typesFirst: chance.flip(0.7) }],
      questionId: [questionId],
      was: [noteVersions(this.state, questionId).length],
      text: [`words ${chance.hex(6)}`],
      key: [chance.hex(22)],
    }
  }

  #seatsFor(type: CommandType | 'lit', someone: string[]): string[] {
    const { turn } = this.state
    if (type === 'giveVerdict' && turn?.floor) return [turn.floor.seat]
    if (type === 'letBackIn') return seatsOf(this.state).flatMap(({ seat, removed }) => (removed ? [seat] : []))
    if (type === 'pickTeam' || type === 'nameCaptain') return someone
    return [...(turn?.presses.map(({ seat }) => seat) ?? []), ...someone]
  }

  /** Where the watcher may know of any. */
  #aProtest(chance: Chance): Record<string, unknown[]> {
    const { protests = [] } = this.state.secret
    if (protests.length === 0) return {}
    const { turn, seat } = chance.pick(protests)
    return { turn: [turn], seat: [seat] }
  }

  /** Whoever becomes captain is in the team. */
  #knownOfTeams(type: CommandType | 'lit', [seat = '']: string[]): Record<string, unknown[]> {
    const numbers = this.state.teams.map(({ number }) => number)
    const own = type === 'nameCaptain' ? seatNamed(this.state, seat)?.team : null
    return { team: own ? [own] : numbers, from: numbers, into: numbers }
  }

  /** One that is there, or all of them. */
  #knownOfOptions(chance: Chance): Record<string, unknown[]> {
    const { count = 2 } = this.state.turn?.choosing ?? {}
    const all = Array.from({ length: count }, (_, option) => option)
    return { options: [[chance.pick(all)], [chance.pick(all)], all], right: [[chance.pick(all)], all, []] }
  }

  #questionIds(next: number): string[] {
    const state = this.#known ?? this.state
    const free = state.cells.flatMap((turn, cell) => (turn === null ? [state.secret.cellIds?.[cell]] : []))
    const planned = [nextQuestionId(state), nextQuestionId(state, true), ...free]
    const known = planned.filter((id) => id !== undefined)
    return known.length > 0 ? known : [hush('plan', next)]
  }

  #knownOfRounds(chance: Chance): Record<string, unknown[]> {
    const { round, turn, cells } = this.state
    const free = cells.flatMap((turn, cell) => (turn === null ? [cell] : []))
    return {
      round: [round + 1],
      kept: [this.state.phase === 'lobby' ? 0 : round],
      cell: free.length > 0 ? [chance.pick(free)] : [],
      points: turn?.worth ? [chance.int(0, 100)] : [],
      text: ['Redis', 'redis!', '42', '-7,5'],
      answers: [['redis'], ['redis', '42']],
    }
  }

  /** What keeps a game going, and seldom what ends it. */
  weightsFor(part: Part): Weights {
    if (part === 'member') {
      return {
        ...{ askNext: 3, buzz: 10, vote: 8, reveal: 3, rate: 10, write: 8, stepBack: 3, voteOut: 2, writeNote: 3 },
        ...{ bringProgress: 3, shareMap: 1, endSession: 0.2, pause: 0.3, resume: 3, changeStudy: 0.5 },
      }
    }
    if (part === 'player' || part === 'screen') {
      return { buzz: 14, choose: 8, answer: 12, vote: 6, stake: 2, protest: 3, pickTeam: 2, rename: 3 }
    }
    const { turn } = this.state
    const stage = turn ? stageOf(turn) : 'closed'
    const now: Weights = {
      ...(stage === 'closed' ? { ask: 6, reveal: 2 } : {}),
      ...(stage === 'reading' ? { openBuzzers: 6 } : {}),
      ...(stage === 'answering' ? { giveVerdict: 8, callJury: 4 } : {}),
    }
    return {
      mergeTeams: 0.2,
      remove: 0.1,
      end: 0.02,
      replaceLink: 0.3,
      pause: 0.5,
      resume: 3,
      endBreak: 3,
      lockRoom: 0.5,
      undoVerdict: 2,
      planRounds: 0.1,
      beginRound: 0.1,
      changeRules: 0.1,
      ...now,
    }
  }

  isSpared(seat: string): boolean {
    return this.#spared?.includes(seat) ?? false
  }

  mayBeSaid(command: SentCommand): boolean {
    const putsOut = command.type === 'remove' || command.type === 'voteOut'
    return !(putsOut && this.isSpared(command.seat)) && !this.#unsaid.includes(command.type)
  }

  #someSeats(chance: Chance): string[] {
    const { seats } = this
    return seats.length > 0 ? [chance.pick(seats)] : []
  }

  #tokensOf(part: Part): Map<string, string> {
    const tokens = this.#tokens.get(part) ?? new Map<string, string>()
    this.#tokens.set(part, tokens)
    return tokens
  }
}
