import type { SeatId } from '../../ids.ts'
import type { EventOf, RoomEvent } from '../events.ts'
import { lookUp, put } from '../shards.ts'
import type { RoomState, Seat, Turn } from '../state.ts'

export type AllHandlers = { [Type in RoomEvent['type']]: (state: RoomState, event: EventOf<Type>) => RoomState }
/** What a chapter folds. */
export type Handlers = Partial<AllHandlers>

export const withSecret = (state: RoomState, parts: RoomState['secret']): RoomState => ({
  ...state,
  secret: { ...state.secret, ...parts },
})

export function changeSeat(state: RoomState, id: SeatId, change: Partial<Seat>): RoomState {
  const { roster } = state.secret
  const seat = roster && lookUp(roster, id)
  return seat ? withSecret(state, { roster: put(roster, id, { ...seat, ...change }) }) : state
}

/** The turn may be the one on the table or, for a late undo, any before it. */
export function changeTurn(state: RoomState, number: number, change: (turn: Turn) => Partial<Turn>): RoomState {
  const changed = (turn: Turn) => (turn.turn === number ? { ...turn, ...change(turn) } : turn)
  if (state.turn?.turn === number) return { ...state, turn: changed(state.turn) }
  return state.secret.past ? withSecret(state, { past: state.secret.past.map(changed) }) : state
}

export function without<T extends object, Key extends keyof T>(value: T, ...keys: Key[]): Omit<T, Key> {
  const copy = { ...value }
  for (const key of keys) delete copy[key]
  return copy
}
