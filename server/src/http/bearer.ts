import type { Request } from 'express'
import type { Seats } from '../seats.ts'

/** The right that a request brings: a seat token or a key; `''` where it brings none. */
export const bearerOf = ({ headers }: Request): string => /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? ''

/** A room that is over, and the links of those who ran it, as tokens name them. */
interface RoomThatWas {
  roomId: string
  links: { host: string; cohost: string }
}

/** Whether this token is a host's or a co-host's of that room, by a link that was not replaced. */
export function ran(seats: Seats, token: string, { roomId, links }: RoomThatWas): boolean {
  const claim = seats.read(token)
  return (
    claim?.room === roomId && (claim.role === 'host' || claim.role === 'cohost') && claim.link === links[claim.role]
  )
}
