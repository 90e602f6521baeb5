import { Hello, protocol, type HandshakeRefusal } from '@knopka/shared/contracts'
import { seatNamed, type RoomState, type Viewer } from '@knopka/shared/game'
import type { House } from '../house.ts'
import type { Room } from '../room.ts'
import { isSameSecret } from '../same-secret.ts'
import { fingerprint, linkOf, roleOf, seatOfJoin, type Claim } from '../seats.ts'

export interface Admitted {
  room: Room
  viewer: Viewer
  /** Brings the same seat back; `null` for a screen. */
  token: string | null
}

type Answer = Admitted | HandshakeRefusal
type Knock = Hello['as']
type As<Kind extends Knock['kind']> = Extract<Knock, { kind: Kind }>

/** How somebody comes to the door. */
export interface Way {
  address: string
  /** By requests, one after the other: beneath them there is no control ping that a script could not hold back. */
  isPolling: boolean
}

/** Who may come in, and as whom. Joining happens here too, so that a phone is in the game with its first packet. */
export async function admit(auth: unknown, { address, isPolling }: Way, house: House): Promise<Answer> {
  const spoken = (auth as { protocol?: unknown } | null)?.protocol
  if (typeof spoken === 'number' && spoken !== protocol) return { code: 'old-page' }
  const hello = Hello.safeParse(auth)
  if (!hello.success) return { code: 'bad-request' }
  const { pin, as } = hello.data
  const room = await house.rooms.get(pin)
  const byRight = room && (await enterByRight(room, as, isPolling, house))
  if (byRight && !isWrong(byRight)) return byRight
  // What is wrong is counted before it is told: else a wrong token, for which nothing waits, would find rooms for free.
  const { wrongPin } = house.knocks
  // For whoever has nothing but its PIN, an interview or a study room is not there.
  const isThere = room?.state.mode === 'quiz'
  const wait = await (isThere && !byRight ? wrongPin.waitSeconds(address) : wrongPin.take(address))
  if (wait > 0) return { code: 'too-many', retryAfterSeconds: wait }
  if (byRight) return byRight
  return isThere ? enterByPin(room, as, isPolling, house) : { code: 'no-room' }
}

const isWrong = (answer: Answer): boolean => 'code' in answer && answer.code === 'bad-token'

/** A seat or a link is a right of its own; `null` for those who know the PIN alone. */
function enterByRight(room: Room, as: Knock, isPolling: boolean, house: House): Answer | Promise<Answer> | null {
  if (as.kind === 'seat') return enterBySeat(room, as, isPolling, house)
  if (as.kind === 'member') return enterAsMember(room, as, house)
  return as.kind === 'capability' ? enterByCapability(room, as, house) : null
}

function enterByPin(room: Room, as: Knock, isPolling: boolean, house: House): Answer | Promise<Answer> {
  if (as.kind === 'newcomer' && isPolling && room.state.rules.strict) return { code: 'needs-websocket' }
  if (as.kind === 'newcomer') return takeSeat(room, 'player', as, house)
  return { room, viewer: { role: 'screen', seat: null }, token: null }
}

function enterBySeat(room: Room, { token }: As<'seat'>, isPolling: boolean, { seats, metrics }: House): Answer {
  const claim = seats.read(token)
  if (!claim || claim.room !== room.state.secret.roomId || !stillHolds(room.state, claim)) return { code: 'bad-token' }
  const { role, seat } = claim
  if (seatNamed(room.state, seat)?.removed) return { code: 'removed' }
  if (role === 'player' && isPolling && room.state.rules.strict) return { code: 'needs-websocket' }
  metrics.reconnected()
  return { room, viewer: { role, seat }, token }
}

/** A host's token ends with the link that it came by; a player's lasts as long as the seat. */
function stillHolds(state: RoomState, { role, seat, link }: Claim): boolean {
  if (role === 'player' || role === 'member') return seatNamed(state, seat) !== undefined
  return link !== undefined && link === linkOf(state.secret.links, role)
}

function enterAsMember(room: Room, as: As<'member'>, house: House): Answer | Promise<Answer> {
  const { invitation } = room.state.secret
  if (invitation === undefined || !isSameSecret(as.invitation, invitation)) return { code: 'bad-token' }
  return takeSeat(room, 'member', as, house)
}

async function takeSeat(
  room: Room,
  role: 'player' | 'member',
  { joinId, name }: { joinId: string; name: string },
  house: House,
): Promise<Answer> {
  const roomId = room.state.secret.roomId ?? ''
  const seat = seatOfJoin(roomId, joinId)
  // To the rules a join that comes again is an old command and does nothing, also after the seat was removed.
  if (seatNamed(room.state, seat)?.removed) return { code: 'removed' }
  const outcome = await room.submit({ type: 'join', by: seat, role, commandId: `join:${seat}`, name })
  if (!outcome.ok) return { code: outcome.code }
  return { room, viewer: { role, seat }, token: house.seats.sign({ room: roomId, role, seat }) }
}

function enterByCapability(room: Room, { joinId, capability }: As<'capability'>, house: House): Answer {
  const { roomId = '', links } = room.state.secret
  const role = roleOf(links, capability)
  if (!role) return { code: 'bad-token' }
  const seat = seatOfJoin(roomId, joinId)
  const token = house.seats.sign({ room: roomId, role, seat, link: fingerprint(capability) })
  return { room, viewer: { role, seat }, token }
}
