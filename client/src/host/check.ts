import type { LinkQuality, Presence, Screens } from '@knopka/shared/contracts'
import { seatsOf, type RoomState, type Seat } from '@knopka/shared/game'
import type { Ms } from '@knopka/shared/ids'

/** Slower than this, a player feels it. */
export const slowMs = 300
/** A clock that is read no better makes most close finishes photo finishes. */
export const roughMs = 50

/** What the host sees before the start; people in the order in which they joined. */
export interface Check {
  screen: 'none' | 'silent' | 'sounding'
  players: number
  away: Seat[]
  slow: Seat[]
  /** Whose clock was not read often enough yet. It takes some seconds. */
  unread: Seat[]
  /** Whose clock is read so badly that others may be called equal to them. */
  rough: Seat[]
  /** By how much the worst of the clocks may be read wrongly; `null` where none was read. */
  errorMs: Ms | null
  isFine: boolean
}

export const isSlow = ({ rttMs }: LinkQuality): boolean => (rttMs ?? 0) > slowMs

export function checkOf(state: RoomState, presence: Presence, { here, sounding }: Screens): Check {
  const seats = seatsOf(state).filter(({ removed }) => !removed)
  const whose = (holds: (link: LinkQuality) => boolean) =>
    seats.filter(({ seat }) => {
      const link = presence[seat]
      return link !== undefined && holds(link)
    })
  const found = {
    away: seats.filter(({ seat }) => !presence[seat]),
    slow: whose(isSlow),
    unread: whose(({ errorMs }) => errorMs === undefined),
    rough: whose(({ errorMs = 0 }) => errorMs > roughMs),
  }
  const screen = here === 0 ? 'none' : sounding === 0 ? 'silent' : 'sounding'
  const errors = seats.flatMap(({ seat }) => presence[seat]?.errorMs ?? [])
  const isFine = screen === 'sounding' && seats.length > 0 && Object.values(found).every((list) => list.length === 0)
  return { screen, players: seats.length, ...found, errorMs: errors.length > 0 ? Math.max(...errors) : null, isFine }
}
