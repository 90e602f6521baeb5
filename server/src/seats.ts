import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Links, Role } from '@knopka/shared/game'
import type { SeatId } from '@knopka/shared/ids'
import { z } from 'zod'
import { isSameSecret } from './same-secret.ts'

/** What a seat token says: one seat of one room, and for hosts which link it came by. */
const Claim = z.object({
  room: z.string(),
  role: z.enum(['host', 'cohost', 'player', 'candidate', 'member']),
  seat: z.string(),
  link: z.string().optional(),
})
export type Claim = z.infer<typeof Claim>

/** Signs and reads seat tokens: `<claim>.<signature>`, both base64url. */
export interface Seats {
  sign(claim: Claim): string
  /** `null` for anything that this server did not sign. */
  read(token: string): Claim | null
}

export function createSeats(secret: string): Seats {
  const signature = (body: string) => createHmac('sha256', secret).update(body).digest('base64url')
  return {
    sign(claim) {
      const body = Buffer.from(JSON.stringify(claim)).toString('base64url')
      return `${body}.${signature(body)}`
    },
    read(token) {
      const [body = '', signed = ''] = token.split('.')
      if (!isSameSecret(signed, signature(body))) return null
      return Claim.parse(JSON.parse(Buffer.from(body, 'base64url').toString()))
    },
  }
}

/** 128 bits for a link's fragment. */
export const newCapability = (): string => randomBytes(16).toString('base64url')

/** Whether it is of that shape. */
export const isCapability = (text: string): boolean => /^[\w-]{22}$/.test(text)

/** Nobody reads from it how many there are. */
export const newItemId = (): string => randomBytes(6).toString('base64url')

/** The role that a capability opens, if any. */
export function roleOf(links: Links | undefined, capability: string): keyof Links | null {
  const all = Object.entries(links ?? {}) as [keyof Links, string][]
  return all.find(([, link]) => isSameSecret(link, capability))?.[0] ?? null
}

/** The link that brings this role, as tokens name it; `null`: no link does. */
export function linkOf(links: Links | undefined, role: Role): string | null {
  if (role === 'player' || role === 'screen' || role === 'member') return null
  const capability = links?.[role]
  return capability === undefined ? null : fingerprint(capability)
}

/** Names a capability in a token without telling it; when the link is replaced, the tokens that came by it end. */
export const fingerprint = (capability: string): string => digest(capability).slice(0, 16)

/** A join's id decides its seat, so that joining twice after an unclear answer takes one seat. */
export const seatOfJoin = (room: string, joinId: string): SeatId => digest(`${room}:${joinId}`).slice(0, 12)

const digest = (text: string) => createHash('sha256').update(text).digest('base64url')

export const newSecret = (): string => randomBytes(32).toString('base64url')
