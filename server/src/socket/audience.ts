import type { Presence, Welcome } from '@knopka/shared/contracts'
import {
  everyone,
  isNews,
  mineOf,
  minesOf,
  seatNamed,
  stageOf,
  viewOf,
  whoseMine,
  type Commit,
  type Mine,
  type Role,
  type RoomEvent,
  type RoomState,
} from '@knopka/shared/game'
import type { SeatId } from '@knopka/shared/ids'
import type { Logger } from 'pino'
import type { House } from '../house.ts'
import { Neighbours, type News } from '../light/neighbours.ts'
import { Round, type Phone } from '../light/round.ts'
import type { Room } from '../room.ts'
import { linkOf } from '../seats.ts'
import type { Appended } from '../store/store.ts'
import { Broadcast } from './broadcast.ts'
import { Frame } from './frame.ts'
import { connectionOf, hangUp } from './hang-up.ts'
import { presenceOf } from './presence.ts'
import { probe, tellLight } from './probes.ts'
import { Projectors } from './projectors.ts'
import type { GuestSocket } from './socket.ts'
import { roles, Telling } from './telling.ts'

/** A room that was just opened here is told to other nodes, and then so often: there may be some. */
const tellNeighboursEvery = 3
/** How good links are is looked at before a game; in it, hosts look at the question. */
const tellHostsInGameEvery = 3
/** Of more phones than this, who came and went is told once a second: it is a long list. */
const crowd = 300

/** Everyone of one room on this node. Tells each what is theirs: one redaction and one encoding a role. */
export class Audience {
  readonly room: Room
  readonly round: Round
  #house: House
  #roomId: string | undefined
  #sockets: Record<Role, Set<GuestSocket>> = {
    host: new Set(),
    cohost: new Set(),
    candidate: new Set(),
    screen: new Set(),
    player: new Set(),
    member: new Set(),
  }
  #phones = new Map<SeatId, Set<GuestSocket>>()
  #broadcast = new Broadcast(this.#sockets.player)
  #telling: Telling
  #neighbours: Neighbours
  #projectors: Projectors
  /** Whether someone came or went since hosts, and other nodes, were told who is here. */
  #hostsAreBehind = false
  #neighboursAreBehind = false
  #seconds = 0
  #release: (() => void)[]

  constructor(room: Room, house: House, log: Logger) {
    const { store, rooms } = house
    this.room = room
    this.#house = house
    this.#roomId = room.state.secret.roomId
    this.#neighbours = new Neighbours(room.pin, store.signals, (news) => this.#hearNeighbours(news))
    this.#projectors = new Projectors(this.#sockets.screen, this.#neighbours)
    const now = () => store.now()
    const before = { version: room.version, state: room.state }
    const isHere = (role: Role) => this.#sockets[role].size > 0
    this.#telling = new Telling(before, now, isHere, (role, commit) => this.#send(role, commit))
    this.round = new Round(room, () => this.#phonesHere(), this.#neighbours, now, log)
    this.#release = [room.watch((commit, state) => this.#tell(commit, state)), rooms.visit(room.pin)]
  }

  /** From here on the socket follows the room. There is no pause between its first look and the commits after it. */
  seat(socket: GuestSocket): void {
    const { role, seat } = socket.data.viewer
    // Voted out while the door was opening.
    if (role === 'member' && seat && seatNamed(this.room.state, seat)?.removed) return farewell(socket, 'removed')
    socket.data.round = this.round
    this.#sockets[role].add(socket)
    if (isPhone(role) && seat) this.#phones.set(seat, (this.#phones.get(seat) ?? new Set()).add(socket))
    const welcome = this.#welcome(socket)
    socket.data.mine = welcome.mine
    socket.emit('welcome', welcome)
    this.#somebodyMoved()
    this.#hearOfProjectors(socket)
  }

  /** @returns whether nobody is left */
  leave(socket: GuestSocket): boolean {
    const { role, seat } = socket.data.viewer
    this.#sockets[role].delete(socket)
    if (isPhone(role) && seat) this.#leavePhone(seat, socket)
    this.#somebodyMoved()
    return roles.every((role) => this.#sockets[role].size === 0)
  }

  /** Called several times a second; coming and going is told together. */
  beat(isSecond: boolean): void {
    this.#telling.beat()
    this.#neighbours.forgetGone()
    const isCrowd = this.#phones.size > crowd
    const { areAny } = this.#neighbours
    const isTimeFor = (everySeconds: number) => isSecond && this.#seconds % everySeconds === 0
    const isHostsTime = isTimeFor(this.room.state.phase === 'playing' ? tellHostsInGameEvery : 1)
    if (isHostsTime || (this.#hostsAreBehind && (isSecond || !isCrowd))) this.#tellHosts()
    // With a question on the table each second, for the lead of its light.
    const isNeighboursTime = isTimeFor(this.#isPlaying && areAny ? 1 : tellNeighboursEvery)
    if (isNeighboursTime || (this.#neighboursAreBehind && areAny && !isCrowd)) this.#tellNeighbours()
    if (isSecond) this.#seconds++
  }

  close(): void {
    this.#release.forEach((release) => release())
    this.round.close()
    this.#neighbours.close()
    this.#telling.close()
  }

  get isTelling(): boolean {
    return this.#broadcast.isUnderWay
  }

  get #isPlaying(): boolean {
    const { turn } = this.room.state
    return turn !== null && ['reading', 'open'].includes(stageOf(turn))
  }

  #welcome({ data: { viewer, token } }: GuestSocket): Welcome {
    const { room } = this
    const mine = hasMine(viewer.role) && viewer.seat ? mineOf(room.state, room.version, viewer.seat) : null
    const { version, state } = this.#telling.frontFor(viewer.role) ?? room
    const now = this.#house.store.now()
    return { pin: room.pin, viewer, token, version, state: viewOf(state, viewer), mine, now }
  }

  #hearOfProjectors(socket: GuestSocket): void {
    socket.on('trySound', () => this.#projectors.trySound(socket))
    socket.on('sounding', (isSounding: unknown) => {
      if (this.#projectors.sounds(socket, isSounding === true)) this.#somebodyMoved()
    })
  }

  #leavePhone(seat: SeatId, socket: GuestSocket): void {
    const devices = this.#phones.get(seat)
    devices?.delete(socket)
    if (devices?.size !== 0) return
    this.#phones.delete(seat)
    this.round.left(seat)
  }

  #tell(commit: Appended, state: RoomState): void {
    if (state.secret.roomId !== this.#roomId || commit.from < this.#telling.version) return this.#hangAllUp()
    const heardAt = performance.now()
    commit.events.forEach((event) => this.#showOut(event, state))
    this.#telling.tell(commit, state)
    this.#tellMine(commit, state)
    this.#house.metrics.emitted(performance.now() - heardAt)
    this.round.follow(commit, state)
    commit.events.filter((event) => event.type === 'removed').forEach(({ seat }) => this.#remove(seat))
  }

  /** Those whom a commit names are told first. */
  #send(role: Role, commit: Commit): void {
    const frame = new Frame('commit', commit)
    if (role !== 'player') return this.#sockets[role].forEach((socket) => frame.sendTo(socket))
    const named = commit.items.flatMap((item) => ('seat' in item ? [...(this.#phones.get(item.seat ?? '') ?? [])] : []))
    this.#broadcast.send(frame, new Set(named))
  }

  #tellMine({ events }: Appended, state: RoomState): void {
    const whose = new Set(events.map((event) => whoseMine(event, state)))
    whose.delete(null)
    if (whose.size === 0) return
    const { version } = this.room
    const mines = whose.has(everyone)
      ? minesOf(state, version)
      : [...whose].flatMap((seat) => (seat === null ? [] : (mineOf(state, version, seat) ?? [])))
    for (const mine of mines) {
      const frame = new Frame('mine', mine)
      this.#phones.get(mine.seat)?.forEach((socket) => tellOwn(socket, mine, frame))
    }
  }

  /** What they know is not the log any more: they knock again, and see the room as it is, if it is theirs still. */
  #hangAllUp(): void {
    for (const role of roles) for (const socket of this.#sockets[role]) hangUp(connectionOf(socket))
  }

  #remove(seat: SeatId): void {
    this.#phones.get(seat)?.forEach((socket) => farewell(socket, 'removed'))
  }

  /**
   * A replaced link ends all that came by it, before they could read the new one; who replaced it stays. So it goes to
   * whoever is voted out of a study room, whose invitation is another from then on.
   */
  #showOut(event: RoomEvent, { mode, secret }: RoomState): void {
    if (event.type === 'removed' && mode === 'study') return this.#remove(event.seat)
    if (event.type !== 'linksReplaced' || !secret.links) return
    for (const socket of [...this.#sockets.host, ...this.#sockets.cohost, ...this.#sockets.candidate]) {
      const { viewer, token } = socket.data
      const claim = token ? this.#house.seats.read(token) : null
      const link = claim && linkOf(secret.links, claim.role)
      if (!claim?.link || !link || claim.link === link) continue
      if (viewer.seat !== event.by) farewell(socket, 'revoked')
      else this.#renew(socket, link)
    }
  }

  #renew(socket: GuestSocket, link: string): void {
    const { role, seat } = socket.data.viewer
    if (role !== 'host' || !seat) return
    socket.data.token = this.#house.seats.sign({ room: this.#roomId ?? '', role, seat, link })
    socket.emit('token', socket.data.token)
  }

  #somebodyMoved(): void {
    this.#hostsAreBehind = true
    this.#neighboursAreBehind = true
  }

  #hearNeighbours(news: News): void {
    if (news === 'new') this.#neighboursAreBehind = true
    if (news === 'here') this.#hostsAreBehind = true
    if (news === 'trySound') return this.#projectors.trySoundHere()
    this.round.neighboursTold()
  }

  #tellHosts(): void {
    this.#hostsAreBehind = false
    // Nobody runs a study room: all see who is here.
    const leaders = [...this.#sockets.host, ...this.#sockets.cohost, ...this.#sockets.member]
    if (leaders.length === 0) return
    const frame = new Frame('presence', { ...this.#neighbours.phones, ...this.#presence() })
    const screens = new Frame('screens', this.#projectors.everywhere)
    for (const socket of leaders) {
      frame.sendTo(socket)
      screens.sendTo(socket)
    }
  }

  #tellNeighbours(): void {
    this.#neighboursAreBehind = false
    if (!this.#neighbours.areAny) return this.#neighbours.tellHello()
    const { downlinkMs } = this.round
    this.#neighbours.tellHere({ phones: this.#presence(), downlinkMs, screens: this.#projectors.here })
  }

  #presence(): Presence {
    return presenceOf(this.#phonesHere(), this.room.state, this.#house.store.now())
  }

  /** All connections of a seat, the one that came last behind the others. */
  #phonesHere(): Phone[] {
    const { store } = this.#house
    return [...this.#phones].flatMap(([seat, devices]) =>
      [...devices].map((socket) => ({
        seat,
        meter: socket.data.meter,
        tellLight: (light) => tellLight(socket, light, store),
        probe: () => probe(socket, store),
      })),
    )
  }
}

/** Who takes part from a device of their own, and is missed when it is away. */
const isPhone = (role: Role): boolean => hasMine(role) || role === 'candidate'

/** Who knows something of the room that nobody else does. */
const hasMine = (role: Role): boolean => role === 'player' || role === 'member'

/** After most questions nothing of most people's own has changed. */
function tellOwn(socket: GuestSocket, mine: Mine, frame: Frame): void {
  if (socket.data.mine && !isNews(mine, socket.data.mine)) return
  socket.data.mine = mine
  frame.sendTo(socket)
}

function farewell(socket: GuestSocket, reason: 'removed' | 'revoked'): void {
  socket.emit('farewell', reason)
  socket.disconnect()
}
