import type { Trust } from '../../fair/score.ts'
import type { SeatId } from '../../ids.ts'
import { noShards, put } from '../shards.ts'
import type { Press, RoomState } from '../state.ts'
import { changeTurn, withSecret, type Handlers } from './change.ts'

export const ofPresses = {
  falseStarted: (state, { turn, secret }) => {
    const early = secret?.early
    if (!early) return state
    const locked = changeTurn(state, turn, ({ secret }) => ({
      secret: { ...secret, early: { ...secret.early, [early.seat]: early.until } },
    }))
    return withTrust(locked, secret.trust)
  },
  buzzed: (state, { type, at, by, turn, settlesAt, secret, ...press }) =>
    withTrust(
      changeTurn(state, turn, ({ presses, openings: opening, settlesAt: before, secret: known }) => ({
        presses: [...presses, { ...press, opening, called: null }],
        settlesAt: settlesAt ?? before,
        secret: secret?.tieRank
          ? { ...known, tieRanks: put(known.tieRanks ?? noShards, press.seat, secret.tieRank) }
          : known,
      })),
      secret?.trust,
    ),
  floorGiven: (state, { turn, seat, press, endsAt }) =>
    changeTurn(state, turn, ({ presses }) => ({
      floor: { seat, endsAt, timedOut: false, jury: null },
      settlesAt: null,
      closed: null,
      presses: withPress(presses, press),
    })),
  buzzersKeptOpen: (state, { turn }) => changeTurn(state, turn, () => ({ settlesAt: null })),
  answerTimedOut: (state, { turn }) =>
    changeTurn(state, turn, ({ floor }) => ({ floor: floor && { ...floor, timedOut: true } })),
  verdictGiven: (state, { turn, seat, team, verdict, points, late, at }) =>
    changeTurn(state, turn, ({ verdicts, floor }) => ({
      verdicts: [...verdicts, { seat, verdict, points, at, ...(team ? { team } : {}), ...(late ? { late } : {}) }],
      floor: floor?.seat === seat ? null : floor,
    })),
  verdictUndone: (state, { turn, seat }) =>
    changeTurn(state, turn, ({ verdicts }) => ({ verdicts: verdicts.filter((judged) => judged.seat !== seat) })),
} satisfies Handlers

/** In the order in which they came in; a phone may learn of a press only now. */
function withPress(presses: Press[], press: Press): Press[] {
  const others = presses.filter(({ seat, opening }) => seat !== press.seat || opening !== press.opening)
  const isLater = ({ opening, arrival }: Press) => opening - press.opening || arrival - press.arrival
  const next = others.findIndex((other) => isLater(other) > 0)
  return others.toSpliced(next < 0 ? others.length : next, 0, press)
}

function withTrust(state: RoomState, trust: ({ seat: SeatId } & Trust) | undefined): RoomState {
  if (!trust || !state.secret.trust) return state
  const { seat, ...rest } = trust
  return withSecret(state, { trust: put(state.secret.trust, seat, rest) })
}
