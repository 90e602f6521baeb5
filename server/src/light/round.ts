import { createHash, randomInt, randomUUID } from 'node:crypto'
import type { Light } from '@knopka/shared/contracts'
import {
  clearsBy,
  isCleared,
  leadFor,
  leadMostMs,
  lightOnPhone,
  presets,
  sendLightAt,
  surpriseMostMs,
} from '@knopka/shared/fair'
import {
  awaitsLight,
  hasPressed,
  isAnnounced,
  seatNamed,
  stageOf,
  whyNotBuzz,
  type Lighting,
  type RoomEvent,
  type RoomState,
  type Rules,
  type Turn,
} from '@knopka/shared/game'
import type { Ms, SeatId } from '@knopka/shared/ids'
import type { Logger } from 'pino'
import type { Room } from '../room.ts'
import type { Appended } from '../store/store.ts'
import { openingKey, type LinkMeter } from './meter.ts'
import type { Neighbours } from './neighbours.ts'

/** To be heard of at another node in time, an opening needs so much more lead. */
const hopMs = 15
/** As good as no lead, for a light that goes out at once and is due before it can be there. */
const atOnceMs = 1
/** So many phones are asked at once where they are; in a larger crowd the usual probes must do. */
const mostAsked = 100
/** How often those who are waited for are looked at, at most. */
const lookEveryMs = 5

/** One connection of a seat on this node. A seat may have several, each with a clock and a link of its own. */
export interface Phone {
  seat: SeatId
  meter: LinkMeter
  tellLight(light: Light): void
  probe(): void
}

/** Presses that may beat the best so far, and are perhaps on their way. */
interface Wait {
  key: string
  /** One opening may be waited in more than once, where all who had pressed were removed. */
  name: string
  /** The earliest press so far, on the store's clock. */
  best: Ms
  phones: Map<LinkMeter, SeatId>
  isTold: boolean
}

/** The lights of one room on this node, and the waiting for presses that are still on their way. */
export class Round {
  #room: Room
  #phones: () => Phone[]
  #neighbours: Neighbours
  #now: () => Ms
  #log: Logger
  #lights = new Set<NodeJS.Timeout>()
  #wait: Wait | null = null
  #timer: NodeJS.Timeout | undefined

  constructor(room: Room, phones: () => Phone[], neighbours: Neighbours, now: () => Ms, log: Logger) {
    this.#room = room
    this.#phones = phones
    this.#neighbours = neighbours
    this.#now = now
    this.#log = log
  }

  /** What opening the buzzers now would need: enough lead for the slowest link, at this node or at another. */
  lighting(): Lighting {
    const { rules } = this.#room.state
    const leadMs = this.#leadMs(rules) + (rules.strict ? randomInt(surpriseMostMs + 1) : 0)
    const tieSecret = randomUUID()
    const tieHash = createHash('sha256').update(tieSecret).digest('base64url')
    return { leadMs, tieSecret, tieHash }
  }

  #leadMs(rules: Rules): Ms {
    if (presets[rules.setting].byArrival) return atOnceMs
    if (isAnnounced(rules)) return leadMostMs
    const afar = this.#neighbours.havePhones ? [{ downlinkMs: this.#neighbours.downlinkMs + hopMs }] : []
    return leadFor([{ downlinkMs: this.downlinkMs }, ...afar])
  }

  /** Whoever is connected, here or at another node. */
  get present(): SeatId[] {
    const here = this.#phones().map(({ seat }) => seat)
    return [...new Set([...here, ...Object.keys(this.#neighbours.phones)])]
  }

  /** How long a message takes to the farthest phone here. */
  get downlinkMs(): Ms {
    const now = this.#now()
    return this.#phones().reduce((most, { meter }) => Math.max(most, meter.link(now)?.downlinkMs ?? 0), 0)
  }

  follow({ events }: Appended, state: RoomState): void {
    const { turn } = state
    const opening = events.findLast(({ type }) => type === 'buzzersOpened' || type === 'resumed')
    // A pause, or whatever else ends the opening before its light, takes the light back.
    if (!turn || stageOf(turn) !== 'open' || state.pausedAt !== null) this.#putOut()
    else if (opening && !turn.choosing) this.#light(turn, state, opening.at)
    if (!turn || turn.settlesAt === null) return this.#rest()
    for (const event of events) if (event.type === 'buzzed') this.#pressed(event, state, turn)
    this.#look()
  }

  /** Something came from this phone: perhaps it is not waited for any more. */
  heard(meter: LinkMeter): void {
    if (this.#wait?.phones.has(meter)) this.#look(meter)
  }

  /** Who is gone with all their phones is not waited for. */
  left(seat: SeatId): void {
    if (this.#wait && strikeOff(this.#wait, seat)) this.#look()
  }

  /** Another node has told something. */
  neighboursTold(): void {
    if (this.#wait) this.#look()
  }

  close(): void {
    this.#rest()
    this.#putOut()
  }

  #putOut(): void {
    this.#lights.forEach(clearTimeout)
    this.#lights.clear()
  }

  #rest(): void {
    clearTimeout(this.#timer)
    this.#wait = null
  }

  #pressed({ seat, scoreMs, settlesAt, arrival }: RoomEvent & { type: 'buzzed' }, state: RoomState, turn: Turn): void {
    // As it counts: whoever else was quicker than any human ties with it, and is waited for too.
    const pressedAt = (turn.opensAt ?? 0) + scoreMs
    if (settlesAt !== null) this.#await(state, turn, arrival)
    if (!this.#wait) return
    this.#wait.best = Math.min(this.#wait.best, pressedAt)
    strikeOff(this.#wait, seat)
  }

  #await(state: RoomState, turn: Turn, arrival: number): void {
    const couldPress = ({ seat }: Phone) => whyNotBuzz(state, seat) === null && !hasPressed(turn, seat)
    const phones = this.#phones().filter(couldPress)
    const key = openingKey(turn.turn, turn.openings)
    const silent = new Map(phones.map(({ meter, seat }) => [meter, seat]))
    this.#wait = { key, name: `${key}/${arrival}`, best: Infinity, phones: silent, isTold: false }
    // An answer that leaves a phone now says that no earlier press of it is on its way.
    phones.slice(0, mostAsked).forEach((phone) => phone.probe())
  }

  /** Strikes off those whose press would have come by now. @param only one phone to look at; else all, and again later */
  #look(only?: LinkMeter): void {
    const { state } = this.#room
    const wait = this.#wait
    if (!wait || !state.turn || state.turn.settlesAt === null || state.pausedAt !== null) return
    const now = this.#now()
    for (const meter of only === undefined ? [...wait.phones.keys()] : [only]) {
      if (this.#isCleared(wait, meter, now)) wait.phones.delete(meter)
    }
    if (wait.phones.size === 0) return this.#allCleared(wait, state.turn)
    if (only !== undefined) return
    clearTimeout(this.#timer)
    const next = Math.min(...[...wait.phones.keys()].map((meter) => this.#clearsBy(wait, meter, now)))
    this.#timer = setTimeout(() => this.#look(), Math.max(lookEveryMs, Math.ceil(next - now)))
  }

  #isCleared({ key, best }: Wait, meter: LinkMeter, now: Ms): boolean {
    const link = meter.linkFor(key, now)
    return !link || !meter.heard || isCleared({ link, ...meter.heard }, best, now)
  }

  #clearsBy({ key, best }: Wait, meter: LinkMeter, now: Ms): Ms {
    const link = meter.linkFor(key, now)
    return link && meter.heard ? clearsBy({ link, ...meter.heard }, best) : now
  }

  /** The node at which the first press came in settles the order, when all others have cleared theirs too. */
  #allCleared(wait: Wait, turn: Turn): void {
    if (this.#drives(turn)) {
      if (this.#neighbours.haveCleared(wait.name)) this.#settle(wait.name, turn)
      return
    }
    if (wait.isTold) return
    wait.isTold = true
    // Whoever hears "cleared" must find in the log what came in here before.
    void this.#room.drained().then(() => this.#neighbours.tellCleared(wait.name))
  }

  #drives({ presses, openings }: Turn): boolean {
    if (!this.#neighbours.havePhones) return true
    const { state } = this.#room
    const first = presses.find(({ opening, seat }) => opening === openings && !seatNamed(state, seat)?.removed)
    return this.#phones().some(({ seat }) => seat === first?.seat)
  }

  /** @param since after a pause, a light that was there before it is not shown again */
  #light(turn: Turn, state: RoomState, since: Ms): void {
    const announced = isAnnounced(state.rules)
    const { truth } = presets[state.rules.setting]
    const opensAt = turn.opensAt ?? 0
    const now = this.#now()
    const key = openingKey(turn.turn, turn.openings)
    for (const phone of this.#phones()) {
      const link = phone.meter.freeze(key, truth, now)
      if (!link || !awaitsLight(state, since)) continue
      const send = () => phone.tellLight({ turn: turn.turn, opening: turn.openings, at: lightOnPhone(opensAt, link) })
      this.#at(announced ? 0 : sendLightAt(opensAt, link), send)
    }
  }

  #at(instant: Ms, act: () => void): void {
    const waitMs = Math.min(instant - this.#now(), leadMostMs + surpriseMostMs)
    if (waitMs <= 0) return act()
    const timer = setTimeout(() => {
      this.#lights.delete(timer)
      act()
    }, waitMs)
    this.#lights.add(timer)
  }

  #settle(name: string, { turn, openings }: Turn): void {
    const settle = { type: 'settle', by: 'server', role: 'server', turn, opening: openings } as const
    this.#room
      .submit({ ...settle, commandId: `settle:${name}` })
      .catch((fault: unknown) => this.#log.error({ err: fault }, 'the order was not settled'))
  }
}

/** @returns whether any phone of the seat was waited for */
function strikeOff({ phones }: Wait, seat: SeatId): boolean {
  const before = phones.size
  for (const [meter, whose] of phones) if (whose === seat) phones.delete(meter)
  return phones.size < before
}
