import type { OpenedRoom } from '@knopka/shared/contracts'
import {
  answerGroups,
  isForAll,
  nextQuestionId,
  seatsOf,
  stageOf,
  teamStandingsOf,
  verdictOf,
  type RoomState,
  type Verdict,
} from '@knopka/shared/game'
import type { SeatId } from '@knopka/shared/ids'
import { expect } from 'vitest'
import { Crowd } from '../crowd.ts'
import type { Guest, Said } from '../guest.ts'
import type { TestServer } from '../server.ts'
import { Chance } from '../storm/chance.ts'
import { Phone, wanted, type Tastes } from './phone.ts'

interface Opening {
  server: TestServer
  room: OpenedRoom
  seed: string
  phones: number
  tastes: Tastes
}

/** More wrong answers than this make an evening long. */
const mostWrong = 4

/** An evening in fast motion: a host and a co-host who lead it, and phones that play by themselves. */
export class Night {
  readonly crowd: Crowd
  readonly host: Guest
  readonly mate: Guest
  readonly screen: Guest
  readonly phones: Phone[] = []
  readonly #server: TestServer
  readonly #chance: Chance
  readonly #seed: string
  readonly #tastes: Tastes

  private constructor({ server, seed, tastes }: Opening, crowd: Crowd, [host, mate, screen]: [Guest, Guest, Guest]) {
    this.#server = server
    this.#seed = seed
    this.#tastes = tastes
    this.#chance = new Chance(seed)
    this.crowd = crowd
    this.host = host
    this.mate = mate
    this.screen = screen
  }

  static async begin(opening: Opening): Promise<Night> {
    const { server, room, phones } = opening
    const crowd = new Crowd(room.pin)
    const host = await crowd.host(server.address, room.capability)
    const mate = await crowd.host(server.address, host.state.secret.links?.cohost ?? '', 'mate')
    const night = new Night(opening, crowd, [host, mate, await crowd.screen(server.address)])
    await night.join(phones)
    return night
  }

  get state(): RoomState {
    return this.host.state
  }

  async join(count: number): Promise<void> {
    await Promise.all(Array.from({ length: count }, (_, index) => this.#admit(this.phones.length + index + 1)))
  }

  async #admit(number: number): Promise<void> {
    const name = `Гость ${number}`
    const guest = await this.crowd.player(this.#server.address, name)
    const { crowd } = this
    const logLength = async () => (await this.log()).length
    const hall = { crowd, seed: this.#seed, tastes: this.#tastes, now: () => this.#server.store.now(), logLength }
    this.phones.push(new Phone(name, guest, hall))
  }

  log() {
    return this.#server.store.rooms.read(this.crowd.pin, 0)
  }

  /** Resolves when nobody has anything left to do, and everyone has heard of all that was done. */
  async quiet(): Promise<void> {
    do {
      await Promise.all(this.phones.map((phone) => phone.idle()))
      await this.crowd.ledger.caughtUp(this.#server.store, this.crowd.pin)
    } while (this.phones.some(({ isIdle }) => !isIdle))
  }

  /** @param said what must not be refused */
  async tell(guest: Guest, ...said: Said[]): Promise<void> {
    for (const one of said) {
      expect([one, await this.crowd.say(guest, one)]).toEqual([one, expect.objectContaining({ ok: true })])
    }
  }

  /** Both hosts click at once, and mean the same question. @returns its number */
  async ask(how: { tieBreak?: boolean; practice?: boolean; cell?: number } = {}): Promise<number> {
    const { state } = this
    const turn = (state.turn?.turn ?? 0) + 1
    const ofCell = how.cell === undefined ? undefined : state.secret.cellIds?.[how.cell]
    const questionId = ofCell ?? nextQuestionId(state, how.tieBreak ?? how.practice) ?? ''
    const said: Said = { type: 'ask', turn, questionId, tieBreak: false, ...how }
    await Promise.all([this.tell(this.host, said), this.tell(this.mate, said)])
    await this.host.until(({ state }) => state.turn?.turn === turn)
    return turn
  }

  /**
   * Until a right answer, or until nobody wants to press any more.
   * @param meanwhile what happens while they press
   */
  async playByBuzzer(turn: number, meanwhile = nothing, jury: 'heard' | 'cut short' | null = null): Promise<void> {
    await this.tell(this.host, { type: 'openBuzzers', turn })
    await this.#begun()
    await meanwhile()
    for (let wrong = 0; ; wrong++) {
      const seat = await this.#floor()
      if (this.#isClosed) return
      if (seat === undefined) return this.tell(this.host, { type: 'skip', turn })
      if (jury && wrong === 0) await this.#callHall(turn, jury)
      const verdict = wrong < mostWrong ? this.#verdict(wrong) : 'right'
      await this.tell(this.host, { type: 'giveVerdict', turn, seat, verdict })
      await this.host.until(({ state }) => state.turn?.floor?.seat !== seat)
    }
  }

  /** @param ends `last`: everyone chooses, and the last choice ends it; `at once`: while they choose */
  async playByChoice(turn: number, ends: 'last' | 'quiet' | 'at once', meanwhile = nothing): Promise<void> {
    await this.tell(this.host, { type: 'openBuzzers', turn })
    if (ends !== 'at once') await this.#begun()
    else await this.screen.until(({ state }) => state.turn?.choosing?.options !== null)
    await meanwhile()
    if (ends === 'quiet') await this.quiet()
    if (ends === 'last') await this.host.until(() => this.#isClosed)
    else await this.tell(this.mate, { type: 'closeAnswers', turn })
  }

  /** Whoever is first is right. */
  async win(turn: number): Promise<void> {
    await this.tell(this.host, { type: 'openBuzzers', turn })
    const seat = (await this.#floor()) ?? ''
    await this.tell(this.host, { type: 'giveVerdict', turn, seat, verdict: 'right' })
    await this.host.until(() => this.#isClosed)
  }

  /** For whoever picked it, once they have staked. */
  async playDouble(turn: number): Promise<void> {
    await this.host.until(({ state }) => (state.turn?.worth?.stake ?? null) !== null)
    await this.playByBuzzer(turn)
  }

  /** The host judges what was typed, answer after answer, as they stand together, or says which number was right. */
  async playByTyping(turn: number): Promise<void> {
    await this.tell(this.host, { type: 'openBuzzers', turn })
    await this.quiet()
    if (!this.#isClosed) await this.tell(this.mate, { type: 'closeAnswers', turn })
    await this.host.until(() => this.#isClosed)
    if (this.state.turn?.typing?.kind === 'number') {
      return this.tell(this.host, { type: 'judgeGuesses', turn, right: 12.25 })
    }
    const groups = this.state.turn ? answerGroups(this.state.turn) : []
    for (const [index, { answers }] of groups.entries()) {
      await this.tell(this.host, { type: 'judgeAnswers', turn, answers, verdict: this.#verdict(index) })
    }
  }

  async begin(round: number): Promise<void> {
    await this.tell(this.host, { type: 'beginRound', round })
    await Promise.all([this.host, this.screen].map((guest) => guest.until(({ state }) => state.round === round)))
  }

  /** Whoever has the pick says which cell; else the host takes the first. */
  async askCell(): Promise<number> {
    await this.quiet()
    const { picked, cells } = this.state
    return this.ask({ cell: picked ?? cells.indexOf(null) })
  }

  /** Everyone stakes before it opens. */
  async playFinal(): Promise<void> {
    const turn = await this.ask({ cell: this.state.cells.length - 1 })
    await this.quiet()
    await this.playByTyping(turn)
  }

  async pauseAWhile(): Promise<void> {
    await this.tell(this.mate, { type: 'pause' })
    await this.screen.until(({ state }) => state.pausedAt !== null)
    await this.tell(this.mate, { type: 'resume' })
  }

  async breakAWhile(): Promise<void> {
    await this.tell(this.mate, { type: 'takeBreak', minutes: 5 })
    await this.screen.until(({ state }) => state.break !== null)
    await this.tell(this.host, { type: 'endBreak' })
  }

  /** Some whose phones are in the room, and whose name nobody else may want. */
  some(count: number): Phone[] {
    const here = this.phones.filter(({ isHere, guest }) => isHere && !guest.mine?.name.startsWith(wanted))
    return Array.from({ length: count }, () => here.splice(this.#chance.int(0, here.length - 1), 1)).flat()
  }

  async remove(phones: Phone[]): Promise<void> {
    for (const { guest } of phones) await this.tell(this.mate, { type: 'remove', seat: guest.seat })
    await Promise.all(phones.map(({ guest }) => guest.until(({ farewell }) => farewell === 'removed')))
    await Promise.all(phones.map(({ guest }) => guest.until(({ socket }) => !socket.connected)))
  }

  async letBackIn(phones: Phone[]): Promise<void> {
    for (const { guest } of phones) await this.tell(this.mate, { type: 'letBackIn', seat: guest.seat })
    await Promise.all(phones.map((phone) => phone.comeBack()))
  }

  async move(phones: Phone[]): Promise<void> {
    for (const { guest } of phones) {
      const { number } = this.#chance.pick(this.state.teams)
      await this.tell(this.mate, { type: 'pickTeam', seat: guest.seat, team: number })
    }
  }

  /** The last two teams are one with the first two. */
  async merge(): Promise<void> {
    const numbers = this.state.teams.map(({ number }) => number)
    for (const into of [1, 2]) await this.tell(this.mate, { type: 'mergeTeams', from: numbers.pop() ?? 0, into })
  }

  async nameCaptains(count: number): Promise<void> {
    const seats = seatsOf(this.state).filter(({ team, removed }) => team !== null && !removed)
    for (let times = 0; times < count; times++) {
      const { seat, team } = this.#chance.pick(seats)
      await this.tell(this.host, { type: 'nameCaptain', team: team ?? 0, seat })
    }
  }

  /** Every protest that waits is ruled on; where one is upheld, the points are mended. */
  async rule(): Promise<void> {
    for (const { turn, seat } of (this.state.secret.protests ?? []).filter(({ upheld }) => upheld === null)) {
      const upheld = this.#chance.flip(0.3)
      await this.tell(this.mate, { type: 'ruleOnProtest', turn, seat, upheld })
      if (upheld) await this.#mend(turn, seat)
    }
  }

  async #mend(number: number, seat: SeatId): Promise<void> {
    const { state } = this
    const turn = [...(state.secret.past ?? []), ...(state.turn ? [state.turn] : [])].find(({ turn }) => turn === number)
    if (!turn || isForAll(turn) || turn.closed === null || verdictOf(turn, seat)?.verdict === 'right') return
    await this.tell(this.host, { type: 'giveVerdict', turn: number, seat, verdict: 'right' })
  }

  /** Takes back what was said last in a question that is long over. */
  async undo(turn: number): Promise<void> {
    const seat = this.state.secret.past?.find((past) => past.turn === turn)?.verdicts.at(-1)?.seat
    if (seat !== undefined) await this.tell(this.host, { type: 'undoVerdict', turn, seat })
  }

  async correct(whose: { seat: SeatId } | { team: number }, points: number): Promise<void> {
    const before = this.state.secret.corrections?.length ?? 0
    await this.tell(this.mate, { type: 'correctScore', ...whose, points, reason: 'by hand' })
    await this.host.until(({ state }) => (state.secret.corrections?.length ?? 0) > before)
  }

  /** Two teams that are there get what they lack to the first, which may have nobody left. */
  async tie(): Promise<void> {
    const standings = teamStandingsOf(this.state)
    const most = standings[0]?.score ?? 0
    const two = standings.filter(({ size }) => size > 0).slice(0, 2)
    for (const { number, score } of two) if (score < most) await this.correct({ team: number }, most - score)
  }

  /** Resolves when the first of them have pressed or chosen, and the others are about to. */
  async #begun(): Promise<void> {
    const isBegun = ({ turn }: RoomState) => (turn?.presses.length ?? 0) + (turn?.secret.whoChose?.length ?? 0) > 0
    await Promise.race([this.host.until(({ state }) => isBegun(state)), this.quiet()])
  }

  /** Who answers now, once that is known. `undefined`: nobody wants to, or the question is over. */
  async #floor(): Promise<SeatId | undefined> {
    const isFound = () => this.#isClosed || Boolean(this.state.turn?.floor)
    await Promise.race([this.host.until(isFound), this.quiet()])
    await this.host.until(() => isFound() || this.state.turn?.settlesAt === null)
    return this.state.turn?.floor?.seat
  }

  async #callHall(turn: number, jury: 'heard' | 'cut short'): Promise<void> {
    await this.tell(this.host, { type: 'callJury', turn })
    const isHeard = ({ turn }: RoomState) => Boolean(jury === 'heard' ? turn?.floor?.jury?.split : turn?.secret.voted)
    await this.host.until(({ state }) => isHeard(state))
  }

  #verdict(wrong: number): Verdict {
    const right = [2 + wrong, 'right'] as const
    return this.#chance.weighed<Verdict>([right, [1, 'partly'], [5, 'wrong']])
  }

  get #isClosed(): boolean {
    return this.state.turn !== null && stageOf(this.state.turn) === 'closed'
  }
}

const nothing = () => Promise.resolve()
