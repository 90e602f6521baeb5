import { isDeepStrictEqual } from 'node:util'
import type { Ack, SentCommand } from '@knopka/shared/contracts'
import {
  decide,
  evolve,
  isQuiet,
  isRefusal,
  redact,
  scoresOf,
  teamStandingsOf,
  turnsOf,
  unopened,
  viewOf,
  type EventOf,
  type Mine,
  type RoomEvent,
  type RoomState,
  type Viewer,
} from '@knopka/shared/game'
import type { SeatId } from '@knopka/shared/ids'
import type { Store } from '@knopka/server/store'
import { newId, type Guest } from './guest.ts'
import { addedUp } from './hall/by-hand.ts'
import { pointsInLog } from './points.ts'

/** What a server said to someone's command. */
export interface Acknowledgement {
  guest: string
  viewer: Viewer
  command: SentCommand
  ack: Ack
}

/** A first look that the server gave to a player: the seat is theirs. */
export interface Seated {
  guest: string
  seat: SeatId
  version: number
}

/** What someone in the room sees. */
export interface Sight {
  guest: string
  viewer: Viewer
  version: number
  state: RoomState
  mine: Mine | null
}

export interface Records {
  acknowledgements: Acknowledgement[]
  seated: Seated[]
  /** Of all who are connected at the end. */
  sights: Sight[]
}

export interface Balance {
  events: number
  /** Commands and joins that were answered with a yes. */
  acknowledged: number
  lost: number
  doubled: number
  /** Connected replicas that were compared with the log. */
  replicas: number
  /** One sentence for each thing that is not as promised. */
  complaints: string[]
}

type Rooms = { rooms: Pick<Store['rooms'], 'read'> }

/** Writes down every yes that anyone was given, and holds it against the log when all is over. */
export class Ledger {
  #acknowledgements: Acknowledgement[] = []
  #seated: Seated[] = []
  #guests = new Map<string, Guest>()

  /** Hears all that this guest says from now on, and every seat that it is given. */
  follow<G extends Guest>(name: string, guest: G): G {
    const say = guest.say.bind(guest)
    guest.say = async (said) => {
      const command = { commandId: newId(), ...said }
      const ack = await say(command)
      const viewer = guest.welcome?.viewer ?? { role: 'screen', seat: null }
      this.#acknowledgements.push({ guest: name, viewer, command, ack })
      return ack
    }
    const seat = ({ viewer, version, mine }: Pick<Sight, 'viewer' | 'version' | 'mine'>) => {
      if ((viewer.role !== 'player' && viewer.role !== 'member') || !viewer.seat) return
      // Just before a light, players look at the room as it was: how far it had come is told by what is their own.
      this.#seated.push({ guest: name, seat: viewer.seat, version: mine?.version ?? version })
    }
    if (guest.welcome) seat(guest.welcome)
    guest.socket.on('welcome', seat)
    this.#guests.set(name, guest)
    return guest
  }

  /** Resolves when everyone who is connected has heard all that the log holds for them. */
  async caughtUp(store: Rooms, pin: string): Promise<void> {
    const log = await store.rooms.read(pin, 0)
    const here = [...this.#guests.values()].filter(({ socket }) => socket.connected)
    await Promise.all(
      here.map((guest) => guest.until(({ version, welcome }) => hasHeard(log, version, welcome?.viewer))),
    )
  }

  async balance(store: Rooms, pin: string): Promise<Balance> {
    const sights = [...this.#guests].flatMap(([guest, { socket, welcome, version, state, mine }]) =>
      socket.connected && welcome ? { guest, viewer: welcome.viewer, version, state, mine } : [],
    )
    const records = { acknowledgements: this.#acknowledgements, seated: this.#seated, sights }
    return balanceOf(await store.rooms.read(pin, 0), records)
  }
}

/** Holds what guests were told against the log. */
export function balanceOf(log: RoomEvent[], { acknowledgements, seated, sights }: Records): Balance {
  const states = log.reduce<RoomState[]>(
    (states, event) => [...states, evolve(states.at(-1) as RoomState, event)],
    [unopened],
  )
  const told = acknowledgements.filter(({ ack }) => ack.ok)
  const seats = new Map(seated.map((one) => [one.seat, one]))
  const lost = [
    ...told.flatMap((one) => lossOf(one, log, states)),
    ...[...seats.values()].flatMap((one) => lostSeat(one, log)),
  ]
  const doubled = [...twiceSaid(log, acknowledgements), ...twiceJoined(log), ...twiceAwarded(log), ...secondFloors(log)]
  const wrong = [...pointsAstray(log, states), ...sights.flatMap((sight) => sightAstray(sight, log, states))]
  return {
    events: log.length,
    acknowledged: told.length + seats.size,
    lost: lost.length,
    doubled: doubled.length,
    replicas: sights.length,
    complaints: [...lost, ...doubled, ...wrong],
  }
}

function lossOf({ guest, viewer, command, ack }: Acknowledgement, log: RoomEvent[], states: RoomState[]): string[] {
  if (!ack.ok) return []
  const { commandId, type } = command
  const what = `${guest} was told at version ${ack.version} that ${type} ${commandId} is done`
  if (ack.version > log.length) return [`${what}, but the log ends at ${log.length}`]
  const index = log.findIndex(({ secret }) => secret?.commandId === commandId)
  if (index >= ack.version) return [`${what}, but the log has it only after ${index}`]
  const event = log[index]
  if (event) return event.by === viewer.seat ? [] : [`${what}, but the log says that it was done by ${event.by}`]
  return wasNeeded(command, viewer, states[ack.version] as RoomState) ? [`${what}, but it is not in the log`] : []
}

/** Whether a command would have changed a room: one that finds all done already leaves nothing in the log. */
function wasNeeded(command: SentCommand, { role, seat }: Viewer, state: RoomState): boolean {
  const decision = decide(state, { ...unmeasured, ...command, by: seat ?? '', role }, 0)
  return isRefusal(decision) || decision.length > 0
}

/** What the server adds to commands; none of it decides whether they change anything. */
const unmeasured = {
  ...{ at: 0, afterMs: 0, scoreMs: 0, certaintyMs: 0, cameMs: 0, overruledMs: 0, tieRank: '' },
  ...{ leadMs: 0, tieSecret: '', tieHash: '', question: null, found: null, itemId: '', capability: '' },
  ...{ next: null, present: [], invitation: '', progress: null },
  drawn: { rounds: [], plan: [] },
  trust: { budgetMs: 0, stalls: 0, lateLights: 0 },
}

function lostSeat({ guest, seat, version }: Seated, log: RoomEvent[]): string[] {
  const index = log.findIndex((event) => isJoinOf(event, seat))
  if (index < 0) return [`${guest} was given the seat ${seat}, but nobody joined it in the log`]
  return index < version ? [] : [`${guest} was given the seat ${seat} at version ${version}, before it joined`]
}

const isJoinOf = (event: RoomEvent, seat: SeatId): boolean => event.type === 'joined' && event.secret?.seat?.id === seat

/** Of those who were followed: whoever does harm may give one id to as many commands as they like. */
function twiceSaid(log: RoomEvent[], acknowledgements: Acknowledgement[]): string[] {
  const followed = new Set(acknowledgements.map(({ viewer }) => viewer.seat))
  const ids = log.flatMap(({ by, secret }) =>
    secret?.commandId && followed.has(by) ? [`${secret.commandId} by ${by}`] : [],
  )
  return repeated(ids).map((id) => `The log has the command ${id} more than once`)
}

function twiceJoined(log: RoomEvent[]): string[] {
  const seats = log.flatMap((event) => (event.type === 'joined' && event.secret?.seat ? [event.secret.seat.id] : []))
  return repeated(seats).map((seat) => `The seat ${seat} joined more than once`)
}

const repeated = (items: string[]): string[] => {
  const seen = new Set<string>()
  return items.filter((item) => seen.size === seen.add(item).size)
}

/** Verdicts that stand after so many events, by turn and seat, read from the log alone. */
function standingVerdicts(log: RoomEvent[]): Map<string, EventOf<'verdictGiven'>> {
  const standing = new Map<string, EventOf<'verdictGiven'>>()
  for (const event of log) {
    if (event.type === 'verdictGiven') standing.set(`${event.turn}/${event.seat}`, event)
    if (event.type === 'verdictUndone') standing.delete(`${event.turn}/${event.seat}`)
  }
  return standing
}

function twiceAwarded(log: RoomEvent[]): string[] {
  const standing = new Set<string>()
  return log.flatMap((event) => {
    if (event.type !== 'verdictGiven' && event.type !== 'verdictUndone') return []
    const whose = `${event.turn}/${event.seat}`
    if (event.type === 'verdictGiven') return standing.size === standing.add(whose).size ? [twice(event)] : []
    return standing.delete(whose) ? [] : [`A verdict on ${event.seat} was taken back that did not stand`]
  })
}

const twice = ({ turn, seat }: EventOf<'verdictGiven'>) => `${seat} has two verdicts at once in turn ${turn}`

/** Behind these nobody has the floor, or whoever had it before they were taken back. */
const floorless: RoomEvent['type'][] = [
  ...(['turnClosed', 'buzzersOpened', 'questionAsked', 'studyRevealed', 'steppedBack', 'sessionBegan'] as const),
]

/** A floor ends with a verdict, with the question, or with an undo that gives it back to whom it was taken from. */
function secondFloors(log: RoomEvent[]): string[] {
  let holder: SeatId | null = null
  return log.flatMap((event, index) => {
    const before = holder
    if (event.type === 'floorGiven') holder = event.seat
    if (event.type === 'verdictGiven' && event.seat === holder) holder = null
    if (floorless.includes(event.type)) holder = null
    if (event.type !== 'floorGiven' || before === null) return []
    const undone = log[index - 1]
    const givenBack = undone?.type === 'verdictUndone' && undone.seat === event.seat
    return givenBack ? [] : [`${event.seat} got the floor in turn ${event.turn} while ${before} had it`]
  })
}

/** Points are counted here once more, from the log. */
function pointsAstray(log: RoomEvent[], states: RoomState[]): string[] {
  const points = pointsInLog(log)
  const state = states.at(-1) as RoomState
  const folded = scoresOf(state)
  const seats = [...new Set([...points.keys(), ...folded.keys()])]
  const verdicts = turnsOf(state).flatMap(({ verdicts }) => verdicts).length
  const teams = new Map(addedUp(log).map(({ number, score }) => [number, score]))
  const wrongTeams = teamStandingsOf(state)
    .filter(({ number, score }) => !isClose(teams.get(number), score))
    .map(({ number, score }) => `Team ${number} has ${score} points, but the log gave it ${teams.get(number)}`)
  const many = verdicts === standingVerdicts(log).size ? [] : [`The room counts ${verdicts} verdicts, the log others`]
  return seats
    .filter((seat) => !isClose(points.get(seat), folded.get(seat)))
    .map((seat) => `${seat} has ${folded.get(seat)} points, but the log gave ${points.get(seat)}`)
    .concat(wrongTeams, many)
}

/** Half points and corrections are summed in another order here. */
const isClose = (a = 0, b = 0): boolean => Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a))

function sightAstray({ guest, viewer, version, state, mine }: Sight, log: RoomEvent[], states: RoomState[]): string[] {
  if (version > log.length) return [`${guest} is at version ${version}, but the log ends at ${log.length}`]
  if (!hasHeard(log, version, viewer)) return [`${guest} is behind: at version ${version} of ${log.length}`]
  const last = states.at(-1) as RoomState
  const due = viewOf(last, viewer)
  const parts = Object.keys(due) as (keyof RoomState)[]
  const other = parts.filter((part) => !isDeepStrictEqual(plain(state[part]), plain(due[part])))
  const seen = other.length > 0 ? [`${guest} sees something else than the log says: ${other.join(', ')}`] : []
  const score = scoresOf(last).get(mine?.seat ?? '')
  const ofTeam = teamStandingsOf(last).find(({ number }) => number === mine?.team)?.score
  const counted = !mine || isClose(mine.score, score) ? [] : [`${guest} sees ${mine.score} points instead of ${score}`]
  const team =
    !mine || isClose(mine.teamScore ?? 0, ofTeam)
      ? []
      : [`${guest} sees ${mine.teamScore} points of the team instead of ${ofTeam}`]
  return [...seen, ...counted, ...team]
}

/** What is quiet for someone is held back, and changes nothing for them. */
function hasHeard(log: RoomEvent[], version: number, viewer: Viewer = { role: 'screen', seat: null }): boolean {
  return log.slice(version).every((event) => isQuiet(redact(event, viewer)))
}

/** As it travels: without what is `undefined`. */
const plain = (part: unknown): unknown => JSON.parse(JSON.stringify([part]))
