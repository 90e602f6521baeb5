import type { SeatId } from '../../ids.ts'
import { refuse, type Refusal } from '../refusals.ts'
import type { RoomState, Seat } from '../state.ts'
import type { Rule } from './rule.ts'

/** Far beyond any venue; it bounds what a flood of joins can cost. */
const maxSeats = 5000

export const join: Rule<'join'> = ({ secret, rules, locked, phase }, { by, name }) => {
  const roster = secret.roster ?? {}
  const known = roster[by]
  if (known) return known.removed ? refuse('removed') : []
  if (phase === 'over') return refuse('game-over')
  if (locked) return refuse('room-locked')
  const number = Object.keys(roster).length + 1
  if (number > maxSeats) return refuse('room-full')
  if (isTaken(roster, name)) return refuse('name-taken')
  return [{ type: 'joined', secret: { seat: { id: by, number, name, hidden: rules.approveNames, removed: false } } }]
}

export const rename: Rule<'rename'> = (state, { seat, name, by, role }) => {
  if (role === 'player' && by !== seat) return refuse('not-yours')
  const who = seatOf(state, seat)
  if ('refused' in who) return who
  if (who.name === name) return []
  if (isTaken(state.secret.roster ?? {}, name, seat)) return refuse('name-taken')
  // What the host approved was the old name.
  const hides = role === 'player' && state.rules.approveNames && !who.hidden
  return [{ type: 'renamed', seat, name }, ...(hides ? [{ type: 'nameHidden' as const, seat, hidden: true }] : [])]
}

export const hideName: Rule<'hideName'> = (state, { seat, hidden }) => {
  const who = seatOf(state, seat)
  if ('refused' in who) return who
  return who.hidden === hidden ? [] : [{ type: 'nameHidden', seat, hidden }]
}

export const remove: Rule<'remove'> = (state, { seat }) => {
  const who = seatOf(state, seat)
  if ('refused' in who) return who
  return who.removed ? [] : [{ type: 'removed', seat }]
}

export const letBackIn: Rule<'letBackIn'> = (state, { seat }) => {
  const who = seatOf(state, seat)
  if ('refused' in who) return who
  if (!who.removed) return []
  if (isTaken(state.secret.roster ?? {}, who.name, seat)) return refuse('name-taken')
  return [{ type: 'letBackIn', seat }]
}

function seatOf({ secret }: RoomState, seat: SeatId): Seat | Refusal {
  // A seat may be called anything, `constructor` too.
  const roster = secret.roster ?? {}
  return (Object.hasOwn(roster, seat) && roster[seat]) || refuse('no-seat')
}

/** Two of a name could not be told apart on the wall; «ё» is often typed as «е». */
function isTaken(roster: Record<SeatId, Seat>, name: string, except?: SeatId): boolean {
  const plain = (name: string) => name.toLowerCase().replaceAll('ё', 'е')
  return Object.entries(roster).some(([id, seat]) => id !== except && !seat.removed && plain(seat.name) === plain(name))
}
