import {
  buttonFace,
  isForAll,
  pressable,
  stageOf,
  tookPart,
  type Mine,
  type RefusalCode,
  type RoomState,
  type Turn,
  type Verdict,
} from '@knopka/shared/game'
import { seededRandom } from '@knopka/shared/random'
import type { Crowd } from '../crowd.ts'
import type { Guest, Said } from '../guest.ts'
import { whyNot } from './why-not.ts'

/** A no that a phone was told, although what it knew of the room let it ask. */
export interface Refused {
  phone: string
  seat: string
  said: Said
  code: string
  /** What its own replica said against it as it spoke. */
  why: RefusalCode | null
  /** How far its replica was when it spoke. */
  version: number
  /** How far the log was at least when it had heard the answer. */
  until: number
}

/** What someone may do once; the key says what once means. */
interface Wish {
  key: string
  said: Said
}

/** How many of a hundred do a thing when they can; what is not named, all do. */
export type Tastes = Record<string, number>

/** What some would all like to be called. */
export const wanted = 'Двойник'

/** What a person may do again who was told to wait. */
const passing = ['paused', 'no-such-team']

/** Someone who plays by what the phone shows: does what can be done, once, as it pleases them. */
export class Phone {
  readonly guest: Guest
  readonly name: string
  readonly refused: Refused[] = []
  /** Each deed that was done, by its kind. */
  readonly done = new Map<string, number>()
  #crowd: Crowd
  #seed: string
  #now: () => number
  #tastes: Tastes
  #logLength: () => Promise<number>
  #begun = new Set<string>()
  #chosenIn = 0
  /** The last question that is over and had a press or a choice of this phone's own. */
  #lastOwn = 0
  #isBusy = false
  #waiting = new Set<() => void>()

  constructor(name: string, guest: Guest, { crowd, seed, now, tastes, logLength }: Hall) {
    this.name = name
    this.guest = guest
    this.#crowd = crowd
    this.#seed = seed
    this.#now = now
    this.#tastes = tastes
    this.#logLength = logLength
    guest.socket.on('disconnect', () => this.#rest())
    void this.#live()
  }

  get isHere(): boolean {
    return this.guest.socket.connected && this.guest.farewell === null
  }

  /** Whether nothing is left that it would do now. Who is away does nothing. */
  get isIdle(): boolean {
    return !this.isHere || (!this.#isBusy && this.#wish() === undefined)
  }

  async idle(): Promise<void> {
    while (!this.isIdle) await new Promise<void>((resolve) => this.#waiting.add(resolve))
  }

  leave(): void {
    this.guest.leave()
    this.#rest()
  }

  /** Resolves when it is in the room again. */
  async comeBack(): Promise<void> {
    const { welcome } = this.guest
    this.guest.farewell = null
    this.guest.socket.connect()
    await this.guest.until((guest) => guest.welcome !== welcome)
  }

  async #live(): Promise<void> {
    for (;;) {
      this.#remember()
      const wish = this.#wish()
      const { length } = this.guest.received
      const isDone = wish !== undefined && (await this.#fulfil(wish))
      if (isDone) continue
      this.#rest()
      await this.guest.until(({ received }) => received.length > length)
    }
  }

  #remember(): void {
    const { state, mine } = this.guest
    const { turn } = state
    if (!turn?.closed || !mine) return
    if (tookPart(turn, mine.seat) || this.#chosenIn === turn.turn) this.#lastOwn = turn.turn
  }

  #rest(): void {
    for (const resolve of this.#waiting) resolve()
    this.#waiting.clear()
  }

  /** @returns whether it may go on at once: whoever was refused looks at the phone first */
  async #fulfil({ key, said }: Wish): Promise<boolean> {
    this.#isBusy = true
    this.#begun.add(key)
    const isDone = await this.#say(key, said)
    this.#isBusy = false
    return isDone
  }

  async #say(key: string, said: Said): Promise<boolean> {
    const { guest } = this
    // As a person does it: the finger goes down a moment after the light.
    if (said.type === 'buzz' && !key.startsWith('early')) {
      await guest.lit(said.turn)
      if (!this.isHere || !pressable.includes(this.#face)) return false
    }
    const { version } = guest
    const why = guest.mine ? whyNot(said, guest.state, guest.mine) : null
    const ack = await this.#crowd.say(guest, stamped(said, guest))
    const kind = key.split('/')[0] ?? key
    this.done.set(kind, (this.done.get(kind) ?? 0) + 1)
    if (ack.ok) {
      if (said.type === 'choose' || said.type === 'answer') this.#chosenIn = said.turn
      return true
    }
    const until = await this.#logLength()
    this.refused.push({ phone: this.name, seat: guest.seat, said, code: ack.code, why, version, until })
    if (passing.includes(ack.code)) this.#begun.delete(key)
    return false
  }

  get #face() {
    const { state, mine } = this.guest
    return mine ? buttonFace(state, mine, this.#now()) : 'wait'
  }

  /** The next thing that the replica lets it do and that it likes to do. */
  #wish(): Wish | undefined {
    const { state, mine } = this.guest
    if (!this.isHere || !mine) return undefined
    const possible = [...this.#aboutTeams(state, mine), ...this.#aboutQuestions(state, mine)]
    return possible.find(
      ({ key, said }) => !this.#begun.has(key) && this.#likes(key) && whyNot(said, state, mine) === null,
    )
  }

  #aboutTeams({ teams, rules, phase }: RoomState, { seat, team: number }: Mine): Wish[] {
    if (!rules.teams) return []
    const chance = this.#chance(`team ${phase}`)
    const pick = teams[Math.floor(chance() * teams.length)]?.number ?? 1
    if (number === null) return [{ key: `pick/${phase}`, said: { type: 'pickTeam', seat, team: pick } }]
    const team = teams.find((team) => team.number === number)
    const name = `Команда ${Math.floor(chance() * 2 * teams.length)}`
    const isCaptained = rules.teams.presses === 'captain' && team?.captain === null
    return [
      ...(team?.name === null ? [{ key: 'name-team', said: { type: 'renameTeam', team: number, name } } as const] : []),
      ...(isCaptained ? [{ key: `lead/${number}`, said: { type: 'nameCaptain', team: number, seat } } as const] : []),
    ]
  }

  #aboutQuestions(state: RoomState, mine: Mine): Wish[] {
    const { turn, phase } = state
    if (!turn || phase === 'over') return []
    const { seat } = mine
    const name = `${this.name} ${turn.turn}`
    return [
      ...this.#toPress(turn),
      ...this.#toChoose(turn, mine),
      ...this.#toType(turn, mine),
      ...this.#toPlayBoard(state, turn, mine),
      ...this.#toVote(turn),
      ...this.#toProtest(turn, mine),
      { key: `rename/${turn.turn}`, said: { type: 'rename', seat, name } },
      { key: `clash/${turn.turn}`, said: { type: 'rename', seat, name: `${wanted} ${turn.turn}` } },
    ]
  }

  /** Some press early, most as soon as they can, and some only once they see that another has. */
  #toPress(turn: Turn): Wish[] {
    if (isForAll(turn) || !pressable.includes(this.#face)) return []
    const said: Said = { type: 'buzz', turn: turn.turn, pressedAt: 0, frameWaitMs: 0 }
    if (stageOf(turn) === 'reading') return [{ key: `early/${turn.turn}`, said }]
    if (this.#face === 'ready') return []
    const opening = `${turn.turn}/${turn.openings}`
    const isFollower = turn.presses.some((press) => press.opening === turn.openings)
    const again = this.#face === 'press' && this.guest.mine?.earlyUntil ? [{ key: `again/${opening}`, said }] : []
    return [{ key: `press/${opening}`, said }, ...(isFollower ? [{ key: `follow/${opening}`, said }] : []), ...again]
  }

  #toChoose({ turn, choosing }: Turn, { chosen }: Mine): Wish[] {
    if (!choosing?.options || chosen || this.#chosenIn === turn) return []
    const chance = this.#chance(`choose ${turn}`)
    const first = Math.floor(chance() * choosing.count)
    const options = choosing.multiple && chance() < 0.5 ? [first, (first + 1) % choosing.count] : [first]
    return [{ key: `choose/${turn}`, said: { type: 'choose', turn, options, pressedAt: 0 } }]
  }

  /** Some write alike, in their own way. */
  #toType({ turn, typing }: Turn, { typed }: Mine): Wish[] {
    if (!typing || typed || this.#chosenIn === turn) return []
    const [words, numbers] = [
      ['Redis', 'redis!', 'Kafka', 'кафка', 'очередь', 'Очереди'],
      ['7', '12', '12,5', '100'],
    ]
    const texts = typing.kind === 'number' ? numbers : words
    const text = texts[Math.floor(this.#chance(`type ${turn}`)() * texts.length)] ?? ''
    return [{ key: `type/${turn}`, said: { type: 'answer', turn, text, pressedAt: 0 } }]
  }

  /** Stakes what it pleases; picks whatever is left. */
  #toPlayBoard({ cells }: RoomState, { turn, worth }: Turn, { seat, score }: Mine): Wish[] {
    const chance = this.#chance(`board ${turn}`)
    const points = Math.floor(chance() * (Math.floor(Math.max(score, 1)) + 1))
    const free = cells.slice(0, -1).flatMap((played, cell) => (played === null ? [cell] : []))
    const cell = free[Math.floor(chance() * free.length)]
    return [
      ...(worth ? [{ key: `stake/${turn}`, said: { type: 'stake', turn, seat, points } } as const] : []),
      ...(cell === undefined ? [] : [{ key: `pick-cell/${turn}`, said: { type: 'pickCell', cell } } as const]),
    ]
  }

  /** Some think again. */
  #toVote({ turn, floor }: Turn): Wish[] {
    if (!floor?.jury) return []
    const which = `${turn}/${floor.seat}/${floor.jury.endsAt}`
    return ['vote', 'revote'].map((key) => ({
      key: `${key}/${which}`,
      said: { type: 'vote', turn, verdict: this.#verdict(`${key} ${which}`) },
    }))
  }

  #verdict(about: string): Verdict {
    const verdicts: Verdict[] = ['right', 'partly', 'wrong']
    return verdicts[Math.floor(this.#chance(about)() * verdicts.length)] ?? 'wrong'
  }

  /** At once, or while the next question is played. */
  #toProtest({ turn: now }: Turn, { protest }: Mine): Wish[] {
    const turn = this.#lastOwn
    if (turn === 0 || turn < now - 1 || protest?.turn === turn) return []
    return [{ key: `${turn === now ? 'protest' : 'appeal'}/${turn}`, said: { type: 'protest', turn } }]
  }

  /** The same answer to the same question, however often it is asked. */
  #likes(key: string): boolean {
    const [kind = key, turn = ''] = key.split('/')
    const share = this.#tastes[`${kind}/${turn}`] ?? this.#tastes[kind] ?? 100
    return 100 * this.#chance(key)() < share
  }

  #chance(about: string) {
    return seededRandom(`${this.#seed}/${this.name}/${about}`)
  }
}

/** What all phones of one evening share. */
export interface Hall {
  crowd: Crowd
  seed: string
  now: () => number
  tastes: Tastes
  logLength: () => Promise<number>
}

const stamped = (said: Said, guest: Guest): Said => ('pressedAt' in said ? { ...said, pressedAt: guest.clock() } : said)
