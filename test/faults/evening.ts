import { stageOf, type RoomState } from '@knopka/shared/game'
import { expect } from 'vitest'
import type { Guest, Said } from '../support/guest.ts'
import type { OneRound } from '../support/one-round.ts'
import { openRoom } from '../support/server.ts'
import { Chance } from '../support/storm/chance.ts'
import { Crowd } from '../support/crowd.ts'
import type { Door } from './door.ts'

/** The choices of the storm; the rest is up to who comes first. */
const seed = process.env.KNOPKA_SEED ?? 'faults'

/** A room whose people come in by several doors, and play questions with everything at once. */
export class Evening {
  readonly crowd: Crowd
  readonly host: Guest
  readonly players: Guest[] = []
  readonly chance = new Chance(seed)
  readonly #doors: Door[]
  readonly #homes = new Map<Guest, number>()
  #names = 0

  private constructor(crowd: Crowd, host: Guest, doors: Door[]) {
    this.crowd = crowd
    this.host = host
    this.#doors = doors
    this.#homes.set(host, 0)
  }

  /** The host comes in by the first door, a screen by each, and players by one after the other. */
  static async open(doors: [Door, ...Door[]], players: number, changes: Partial<OneRound> = {}): Promise<Evening> {
    const { pin, capability } = await openRoom(doors[0].address, changes)
    const crowd = new Crowd(pin)
    const evening = new Evening(crowd, await crowd.host(doors[0].address, capability), doors)
    await Promise.all(doors.map((_door, home) => evening.#screen(home)))
    await Promise.all(Array.from({ length: players }, (_, index) => evening.join(index % doors.length)))
    return evening
  }

  get pin(): string {
    return this.crowd.pin
  }

  /** Someone who plays from now on. */
  async join(home: number): Promise<Guest> {
    const player = await this.bystander(home)
    this.players.push(player)
    return player
  }

  /** Someone who has a seat and never presses. @param address in place of the door's own */
  async bystander(home: number, address = this.#addressOf(home)): Promise<Guest> {
    const player = await this.crowd.player(address, this.#newName())
    this.#homes.set(player, home)
    return player
  }

  /** The door by which whoever has this seat comes in. */
  homeOf(seat: string): number {
    const [, home] = [...this.#homes].find(([guest]) => guest.seat === seat) ?? []
    return home ?? 0
  }

  at(home: number): Guest[] {
    return [...this.#homes].flatMap(([guest, at]) => (at === home ? [guest] : []))
  }

  /** @param said what must not be refused */
  async tell(guest: Guest, said: Said): Promise<void> {
    expect([said.type, await this.crowd.say(guest, said)]).toEqual([said.type, expect.objectContaining({ ok: true })])
  }

  /** Asks the next question and opens its buzzers. @returns its number */
  async ask(): Promise<number> {
    const { host } = this
    const turn = (host.state.turn?.turn ?? 0) + 1
    const questionId = host.state.secret.plan?.[turn - 1] ?? ''
    await this.tell(host, { type: 'ask', turn, questionId, tieBreak: false })
    await this.tell(host, { type: 'openBuzzers', turn })
    await host.until(({ state }) => state.turn?.turn === turn)
    return turn
  }

  /** A question with everything at once: presses, new names, points by hand, someone who comes late; and verdicts. */
  async round(): Promise<void> {
    const turn = await this.ask()
    await Promise.all([this.storm(turn), this.judge(turn)])
  }

  async storm(turn: number): Promise<void> {
    const { chance, crowd, players } = this
    const renaming = players.filter(() => chance.flip(0.6))
    await Promise.all([
      ...players.map((player) => crowd.press(player, turn)),
      ...renaming.map((player) => this.rename(player)),
      this.correct(),
      this.join(chance.int(0, this.#doors.length - 1)),
    ])
  }

  async rename(player: Guest): Promise<void> {
    const { seat } = player
    for (let times = 0; times < 2; times++) await this.tell(player, { type: 'rename', seat, name: this.#newName() })
  }

  /** Points by hand: said twice, they would count twice. */
  async correct(reason = 'seeded'): Promise<void> {
    const { chance, host, players } = this
    const corrections = Array.from({ length: 3 }, () => ({ seat: chance.pick(players).seat, points: chance.int(1, 5) }))
    await Promise.all(corrections.map((one) => this.tell(host, { type: 'correctScore', ...one, reason })))
  }

  /** The first answer is wrong and the second one right, if there is one. */
  async judge(turn: number): Promise<void> {
    for (const verdict of ['wrong', 'right'] as const) {
      await this.host.until(({ state }) => holderOf(state) !== undefined || isOver(state, turn))
      const seat = holderOf(this.host.state)
      if (seat === undefined) return
      await this.tell(this.host, { type: 'giveVerdict', turn, seat, verdict })
      await this.host.until(({ state }) => holderOf(state) !== seat)
    }
    await this.host.until(({ state }) => isOver(state, turn))
  }

  async end(): Promise<void> {
    await this.tell(this.host, { type: 'end' })
    await Promise.all(this.crowd.people.map((guest) => guest.until(({ state }) => state.phase === 'over')))
  }

  #addressOf(home: number): string {
    return (this.#doors[home] as Door).address
  }

  async #screen(home: number): Promise<void> {
    this.#homes.set(await this.crowd.screen(this.#addressOf(home)), home)
  }

  #newName(): string {
    return `Гость ${this.#names++}`
  }
}

const isOver = ({ turn }: RoomState, number: number): boolean => turn?.turn === number && stageOf(turn) === 'closed'

const holderOf = ({ turn }: RoomState): string | undefined =>
  turn && stageOf(turn) === 'answering' ? turn.floor?.seat : undefined
