import { z } from 'zod'
import type { Ms, Pin, SeatId } from '../ids.ts'
import type { Commit, Mine, RefusalCode, RoomState, Viewer } from '../game/index.ts'
import { Name, PhoneClock, Pin as PinShape, TurnNumber } from './parts.ts'
import type { SentCommand } from './command.ts'

/** Grows when an old page could no longer talk with this server; the page then reloads itself. */
export const protocol = 1

const JoinId = z.string().min(16).max(64)

/** What travels in the handshake: who knocks, and with what right. */
export const Hello = z.object({
  protocol: z.number(),
  pin: PinShape,
  as: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('seat'), token: z.string().max(600) }),
    z.strictObject({ kind: z.literal('newcomer'), joinId: JoinId, name: Name }),
    z.strictObject({ kind: z.literal('capability'), joinId: JoinId, capability: z.string().max(100) }),
    /** To a study room, which is not there for whoever has its PIN alone. */
    z.strictObject({ kind: z.literal('member'), joinId: JoinId, name: Name, invitation: z.string().max(100) }),
    z.strictObject({ kind: z.literal('screen') }),
  ]),
})
export type Hello = z.infer<typeof Hello>

/** The first look at a room, sent after every handshake, and the only way to catch up after a gap. */
export interface Welcome {
  pin: Pin
  viewer: Viewer
  /** To be kept on the device: it brings the same seat back. Screens have none. */
  token: string | null
  version: number
  state: RoomState
  mine: Mine | null
  now: Ms
}

/** One measurement of a link: the server's nonce and clock, and the last round trip it measured here, if any. */
export interface Probe {
  nonce: number
  now: Ms
  rttMs: Ms | null
}

/** The phone's answer to a probe, at once: its own monotonic clock. */
export const ProbeAnswer = PhoneClock

/** When the buzzers open, on the clock of the phone that it is sent to. */
export interface Light {
  turn: number
  opening: number
  at: Ms
}

/** The phone's clock when the light's message came: late ones are made good. */
export const Lit = z.strictObject({ turn: TurnNumber, opening: TurnNumber, phoneClock: PhoneClock })
export type Lit = z.infer<typeof Lit>

/** How good each connected seat's link is; a seat that is not in it is away. */
export type Presence = Record<SeatId, LinkQuality>

export interface LinkQuality {
  rttMs: Ms | null
  /** By how much a press of this phone may be read wrongly. Told before the game, once its clock was read often enough. */
  errorMs?: Ms | undefined
  /** The phone's answers take much longer than the kernel knows their way to be. */
  looksFarther?: true | undefined
}

/** How many projectors are connected, and how many of them the hall can hear. */
export interface Screens {
  here: number
  sounding: number
}

export interface Refused {
  ok: false
  code: RefusalCode | 'bad-request' | 'too-many' | 'too-large' | 'server-error'
}
export type Ack = { ok: true; version: number } | Refused

export type FarewellReason = 'removed' | 'revoked'

export interface ServerToClient {
  welcome: (welcome: Welcome) => void
  commit: (commit: Commit) => void
  mine: (mine: Mine) => void
  presence: (presence: Presence) => void
  /** To hosts, beside the presence of phones. */
  screens: (screens: Screens) => void
  /** To projectors: a host asks to hear them. */
  trySound: () => void
  probe: (probe: Probe, answer: (phoneClock: number) => void) => void
  light: (light: Light) => void
  token: (token: string) => void
  farewell: (reason: FarewellReason) => void
}

export interface ClientToServer {
  command: (command: SentCommand, ack: (ack: Ack) => void) => void
  lit: (lit: Lit) => void
  /** A projector tells whether the hall can hear it. */
  sounding: (isSounding: boolean) => void
  /** A host asks to hear the projectors. */
  trySound: () => void
}

/** Why a handshake was refused, in `error.data` of socket.io's `connect_error`. */
export interface HandshakeRefusal {
  code:
    | RefusalCode
    | 'bad-request'
    | 'old-page'
    | 'no-room'
    | 'bad-token'
    | 'too-many'
    | 'full'
    | 'needs-websocket'
    | 'server-error'
  retryAfterSeconds?: number
}
