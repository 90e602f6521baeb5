import type { SeatId } from '../../ids.ts'
import { captaincyOf, plainName, seatNamed } from '../ask.ts'
import { refuse, type Refusal } from '../refusals.ts'
import { lookUp } from '../shards.ts'
import type { RoomState, Seat } from '../state.ts'
import type { Rule } from './rule.ts'

/** Far beyond any venue; it bounds what a flood of joins can cost. */
const maxSeats = 5000

export const join: Rule<'join'> = (state, { by, name }) => {
  const { secret, rules, locked, phase } = state
  const known = seatNamed(state, by)
  if (known) return known.removed ? refuse('removed') : []
  if (phase === 'over') return refuse('game-over')
  if (locked) return refuse('room-locked')
  const number = (secret.roster?.size ?? 0) + 1
  if (number > maxSeats) return refuse('room-full')
  if (isTaken(state, name)) return refuse('name-taken')
  return [{ type: 'joined', secret: { seat: { id: by, number, name, hidden: rules.approveNames, removed: false } } }]
}

export const rename: Rule<'rename'> = (state, { seat, name, by, role }) => {
  if ((role === 'player' || role === 'member') && by !== seat) return refuse('not-yours')
  const who = seatOf(state, seat)
  if ('refused' in who) return who
  if (who.name === name) return []
  if (isTaken(state, name, seat)) return refuse('name-taken')
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
  if (who.removed) return []
  // A team whose captain is gone could not press any more.
  const team = captaincyOf(state, seat)
  return [
    { type: 'removed', seat },
    ...(team ? [{ type: 'captainNamed' as const, team: team.number, seat: null }] : []),
  ]
}

export const letBackIn: Rule<'letBackIn'> = (state, { seat }) => {
  const who = seatOf(state, seat)
  if ('refused' in who) return who
  if (!who.removed) return []
  if (isTaken(state, who.name, seat)) return refuse('name-taken')
  return [{ type: 'letBackIn', seat }]
}

const seatOf = (state: RoomState, seat: SeatId): Seat | Refusal => seatNamed(state, seat) ?? refuse('no-seat')

/** Two of a name could not be told apart on the wall. */
function isTaken(state: RoomState, name: string, except?: SeatId): boolean {
  const seat = state.secret.names && lookUp(state.secret.names, plainName(name))
  const who = seat !== undefined && seat !== except ? seatNamed(state, seat) : undefined
  return who !== undefined && !who.removed && plainName(who.name) === plainName(name)
}
