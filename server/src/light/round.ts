import { createHash, randomBytes } from 'node:crypto'
import type { Light } from '@knopka/shared/contracts'
import {
  clearsBy,
  isCleared,
  leadFor,
  leadMostMs,
  lightOnPhone,
  presets,
  sendLightAt,
  type Silent,
} from '@knopka/shared/fair'
import { hasPressed, queueOf, whyNotBuzz, type Lighting, type RoomState, type Turn } from '@knopka/shared/game'
import type { Ms, SeatId } from '@knopka/shared/ids'
import type { Logger } from 'pino'
import type { Room } from '../room.ts'
import type { Appended } from '../store/store.ts'
import { openingKey, type LinkMeter } from './meter.ts'

/** A phone of the room on this node. */
export interface Phone {
  seat: SeatId
  meter: LinkMeter
  tellLight(light: Light): void
  probe(): void
}

/** The lights of one room, and the waiting for presses that are still on their way. */
export class Round {
  #room: Room
  #phones: () => Phone[]
  #now: () => Ms
  #log: Logger
  #lights = new Set<NodeJS.Timeout>()
  #waiting: NodeJS.Timeout | undefined

  constructor(room: Room, phones: () => Phone[], now: () => Ms, log: Logger) {
    this.#room = room
    this.#phones = phones
    this.#now = now
    this.#log = log
  }

  /** What opening the buzzers now would need: enough lead for the slowest link. */
  lighting(): Lighting {
    const { announced } = presets[this.#room.state.rules.setting]
    const links = this.#phones().flatMap(({ meter }) => meter.link(this.#now()) ?? [])
    const tieSecret = randomBytes(16).toString('base64url')
    const tieHash = createHash('sha256').update(tieSecret).digest('base64url')
    return { leadMs: announced ? leadMostMs : leadFor(links), tieSecret, tieHash }
  }

  follow({ events }: Appended, state: RoomState): void {
    const { turn } = state
    if (!turn) return
    if (events.some(({ type }) => type === 'buzzersOpened')) this.#light(turn, state)
    const pressed = events.some((event) => event.type === 'buzzed' && event.settlesAt !== null)
    // An answer that leaves a phone now says that no earlier press of it is on its way.
    if (pressed) this.#awaited(state, turn).forEach((phone) => phone.probe())
    this.check()
  }

  /** Something was heard, or time has passed: perhaps nobody is left to wait for. */
  check(): void {
    clearTimeout(this.#waiting)
    const { state } = this.#room
    const { turn } = state
    if (!turn || turn.settlesAt === null || state.pausedAt !== null) return
    const now = this.#now()
    const best = this.#best(turn)
    const open = this.#awaited(state, turn)
      .map(({ meter }) => this.#silent(meter, turn))
      .filter((silent): silent is Silent => silent !== null && !isCleared(silent, best, now))
    if (open.length === 0) return this.#settle(turn)
    const next = Math.min(...open.map((silent) => clearsBy(silent, best)))
    this.#waiting = setTimeout(() => this.check(), Math.max(1, Math.ceil(next - now)))
  }

  close(): void {
    clearTimeout(this.#waiting)
    this.#lights.forEach(clearTimeout)
  }

  #light(turn: Turn, { rules }: RoomState): void {
    const opensAt = turn.opensAt ?? 0
    const key = openingKey(turn.turn, turn.openings)
    for (const phone of this.#phones()) {
      const link = phone.meter.freeze(key, this.#now())
      if (!link) continue
      const send = () => phone.tellLight({ turn: turn.turn, opening: turn.openings, at: lightOnPhone(opensAt, link) })
      this.#at(presets[rules.setting].announced ? 0 : sendLightAt(opensAt, link), send)
    }
  }

  #at(instant: Ms, act: () => void): void {
    const waitMs = instant - this.#now()
    if (waitMs <= 0) return act()
    const timer = setTimeout(() => {
      this.#lights.delete(timer)
      act()
    }, waitMs)
    this.#lights.add(timer)
  }

  /** Phones here that could still press, and have not. */
  #awaited(state: RoomState, turn: Turn): Phone[] {
    return this.#phones().filter(({ seat }) => whyNotBuzz(state, seat) === null && !hasPressed(turn, seat))
  }

  #best(turn: Turn): Ms {
    return (turn.opensAt ?? 0) + Math.min(...queueOf(turn).map(({ scoreMs }) => scoreMs))
  }

  #silent(meter: LinkMeter, turn: Turn): Silent | null {
    const link = meter.linkFor(openingKey(turn.turn, turn.openings), this.#now())
    return link && meter.heard ? { link, ...meter.heard } : null
  }

  #settle({ turn, openings }: Turn): void {
    const settle = { type: 'settle', by: 'server', role: 'server', turn, opening: openings } as const
    this.#room
      .submit({ ...settle, commandId: `settle:${turn}/${openings}` })
      .catch((fault: unknown) => this.#log.error({ err: fault }, 'the order was not settled'))
  }
}
