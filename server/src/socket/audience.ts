import type { Presence, Welcome } from '@knopka/shared/contracts'
import { presets } from '@knopka/shared/fair'
import {
  everyone,
  isQuiet,
  mineOf,
  minesOf,
  redact,
  viewOf,
  whoseMine,
  type Commit,
  type Item,
  type Replica,
  type Role,
  type RoomEvent,
  type RoomState,
} from '@knopka/shared/game'
import type { Pin, SeatId } from '@knopka/shared/ids'
import type { Logger } from 'pino'
import type { House } from '../house.ts'
import { Round, type Phone } from '../light/round.ts'
import type { Room } from '../room.ts'
import { fingerprint } from '../seats.ts'
import type { Appended, Store } from '../store/store.ts'
import { probe, tellLight } from './probes.ts'
import type { GameServer, GuestSocket } from './socket.ts'

const roles: Role[] = ['host', 'cohost', 'player', 'screen']

interface Curtain {
  commits: Commit[]
  timer: NodeJS.Timeout
  /** The room in front of it: who comes in meanwhile sees no more than those who were there. */
  front: Replica
}

/** Everyone of one room on this node. */
interface Audience {
  room: Room
  sockets: Set<GuestSocket>
  /** Per role, what was quiet for it and has not been sent: it travels in front of the next thing that is not. */
  held: Map<Role, Commit>
  /** Drawn from the host's key to the light: what phones would learn from too early waits behind it. */
  curtain: Curtain | null
  /** The room as it was before the commit that is being told. */
  before: Replica
  round: Round
  leave: () => void
}

/** Tells each what is theirs: one redaction and one emit per role, not per socket. */
export class Audiences {
  #io: GameServer
  #house: House
  #log: Logger
  #audiences = new Map<Pin, Audience>()

  constructor(io: GameServer, house: House, log: Logger) {
    this.#io = io
    this.#house = house
    this.#log = log
  }

  /** From here on the socket follows the room. There is no pause between its first look and the commits after it. */
  seat(socket: GuestSocket): void {
    const { room, viewer } = socket.data
    const audience = this.#audienceOf(room)
    audience.sockets.add(socket)
    socket.data.round = audience.round
    void socket.join(channel(room.pin, viewer.role))
    if (viewer.seat) void socket.join(channel(room.pin, viewer.seat))
    socket.emit('welcome', this.#welcome(socket, audience))
    this.#tellPresenceOf(audience)
    socket.on('disconnect', () => this.#leave(audience, socket))
  }

  /** Who is connected, and how well; for hosts. */
  tellPresence(): void {
    for (const audience of this.#audiences.values()) this.#tellPresenceOf(audience)
  }

  #audienceOf(room: Room): Audience {
    const known = this.#audiences.get(room.pin)
    if (known) return known
    const unwatch = room.watch((commit, state) => this.#tell(audience, commit, state))
    const release = this.#house.rooms.visit(room.pin)
    const leave = () => {
      unwatch()
      release()
      audience.round.close()
      clearTimeout(audience.curtain?.timer)
      this.#audiences.delete(room.pin)
    }
    const { store } = this.#house
    const sockets = new Set<GuestSocket>()
    const round = new Round(
      room,
      () => phonesOf(sockets, store),
      () => store.now(),
      this.#log,
    )
    const before = { version: room.version, state: room.state }
    const audience: Audience = { room, sockets, held: new Map(), curtain: null, before, round, leave }
    this.#audiences.set(room.pin, audience)
    return audience
  }

  #welcome({ data: { room, viewer, token } }: GuestSocket, { curtain }: Audience): Welcome {
    const { pin } = room
    const mine = viewer.role === 'player' && viewer.seat ? mineOf(room.state, room.version, viewer.seat) : null
    const { version, state } = viewer.role === 'player' && curtain ? curtain.front : room
    return { pin, viewer, token, version, state: viewOf(state, viewer), mine, now: this.#house.store.now() }
  }

  #leave(audience: Audience, socket: GuestSocket): void {
    audience.sockets.delete(socket)
    if (audience.sockets.size === 0) audience.leave()
    else this.#tellPresenceOf(audience)
  }

  #tell(audience: Audience, commit: Appended, state: RoomState): void {
    commit.events.forEach((event) => this.#showOut(audience, event, state))
    if (this.#waitsForLight(commit, state)) this.#drawCurtain(audience, state)
    for (const role of roles) this.#tellRole(audience, role, commit)
    this.#tellMine(audience, commit, state)
    audience.round.follow(commit, state)
    audience.before = { version: commit.from + commit.events.length, state }
    commit.events.filter((event) => event.type === 'removed').forEach(({ seat }) => this.#remove(audience, seat))
  }

  #tellRole(audience: Audience, role: Role, { from, events }: Appended): void {
    const { room, held } = audience
    const items = events.map((event) => redact(event, { role, seat: null }))
    const before = held.get(role)
    const commit: Commit = { from: before?.from ?? from, items: joinQuiet([...(before?.items ?? []), ...items]) }
    if (items.every(isQuiet)) return void held.set(role, commit)
    held.delete(role)
    if (role === 'player' && audience.curtain) audience.curtain.commits.push(commit)
    else this.#io.local.to(channel(room.pin, role)).emit('commit', commit)
  }

  #waitsForLight({ events }: Appended, { rules, turn }: RoomState): boolean {
    if (presets[rules.setting].announced || !events.some(({ type }) => type === 'buzzersOpened')) return false
    return (turn?.opensAt ?? 0) > this.#house.store.now()
  }

  #drawCurtain(audience: Audience, { turn }: RoomState): void {
    clearTimeout(audience.curtain?.timer)
    const lift = () => {
      const commits = audience.curtain?.commits ?? []
      audience.curtain = null
      for (const commit of commits) this.#io.local.to(channel(audience.room.pin, 'player')).emit('commit', commit)
    }
    // A timer may ring early by the part of a millisecond that it was asked for.
    const timer = setTimeout(lift, Math.ceil((turn?.opensAt ?? 0) - this.#house.store.now()))
    const { commits, front } = audience.curtain ?? { commits: [], front: audience.before }
    audience.curtain = { commits, timer, front }
  }

  #tellMine({ room, sockets }: Audience, { events }: Appended, state: RoomState): void {
    const whose = new Set(events.map(whoseMine))
    whose.delete(null)
    if (whose.size === 0) return
    const mines = new Map(minesOf(state, room.version).map((mine) => [mine.seat, mine]))
    for (const socket of sockets) {
      const { role, seat } = socket.data.viewer
      const mine = role === 'player' && seat && (whose.has(everyone) || whose.has(seat)) ? mines.get(seat) : null
      if (mine) socket.emit('mine', mine)
    }
  }

  #remove({ sockets }: Audience, seat: SeatId): void {
    for (const socket of sockets) if (socket.data.viewer.seat === seat) farewell(socket, 'removed')
  }

  /** A replaced link ends all that came by it, before they could read the new one; who replaced it stays. */
  #showOut({ sockets, room }: Audience, event: RoomEvent, { secret }: RoomState): void {
    if (event.type !== 'linksReplaced' || !secret.links) return
    for (const socket of sockets) {
      const { viewer, token } = socket.data
      const claim = token ? this.#house.seats.read(token) : null
      if (!claim?.link || claim.role === 'player' || claim.link === fingerprint(secret.links[claim.role])) continue
      if (viewer.seat !== event.by) farewell(socket, 'revoked')
      else this.#renew(socket, fingerprint(secret.links[claim.role]), room)
    }
  }

  #renew(socket: GuestSocket, link: string, { state }: Room): void {
    const { role, seat } = socket.data.viewer
    if (role !== 'host' || !seat) return
    socket.data.token = this.#house.seats.sign({ room: state.secret.roomId ?? '', role, seat, link })
    socket.emit('token', socket.data.token)
  }

  #tellPresenceOf({ room, sockets }: Audience): void {
    const presence: Presence = {}
    const now = this.#house.store.now()
    for (const { data } of sockets) {
      if (data.viewer.role === 'player' && data.viewer.seat)
        presence[data.viewer.seat] = { rttMs: data.meter.rttMs(now) }
    }
    const hosts = [channel(room.pin, 'host'), channel(room.pin, 'cohost')]
    this.#io.local.to(hosts).emit('presence', presence)
  }
}

function farewell(socket: GuestSocket, reason: 'removed' | 'revoked'): void {
  socket.emit('farewell', reason)
  socket.disconnect()
}

function phonesOf(sockets: Set<GuestSocket>, store: Store): Phone[] {
  return [...sockets].flatMap((socket) => {
    const { viewer, meter } = socket.data
    if (viewer.role !== 'player' || !viewer.seat) return []
    return {
      seat: viewer.seat,
      meter,
      tellLight: (light) => tellLight(socket, light, store),
      probe: () => probe(socket, store),
    }
  })
}

const channel = (pin: Pin, whom: string) => `${pin}/${whom}`

/** Neighbouring quiet runs become one. */
function joinQuiet(items: Item[]): Item[] {
  return items.reduce<Item[]>((joined, item) => {
    const last = joined.at(-1)
    if (last && isQuiet(last) && isQuiet(item)) return [...joined.slice(0, -1), { quiet: last.quiet + item.quiet }]
    return [...joined, item]
  }, [])
}
