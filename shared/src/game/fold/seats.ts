import { plainName, seatNamed } from '../ask.ts'
import type { SeatId } from '../../ids.ts'
import { entriesOf, put } from '../shards.ts'
import type { Press, RoomState, Team, Turn } from '../state.ts'
import { changeSeat, withSecret, type Handlers } from './change.ts'

export const ofSeats = {
  joined: (state, { secret }) => {
    const { roster } = state.secret
    if (!secret?.seat || !roster) return state
    const { id, ...seat } = secret.seat
    return counted(named(withSecret(state, { roster: put(roster, id, { ...seat, team: null }) }), id, seat.name), 1)
  },
  renamed: (state, { seat, name }) =>
    named(renamePresses(changeSeat(state, seat, { name }), seat, { name }), seat, name),
  nameHidden: (state, { seat, hidden }) => renamePresses(changeSeat(state, seat, { hidden }), seat, { hidden }),
  removed: (state, { seat }) => counted(changeSeat(state, seat, { removed: true }), -1),
  letBackIn: (state, { seat }) => {
    const back = counted(changeSeat(state, seat, { removed: false }), 1)
    return named(back, seat, seatNamed(back, seat)?.name ?? '')
  },
  teamPicked: (state, { secret }) =>
    (secret?.members ?? []).reduce((state, { seat, team }) => changeSeat(state, seat, { team }), state),
  teamRenamed: (state, { team, name }) => changeTeam(state, team, { name }),
  captainNamed: (state, { team, seat }) => changeTeam(state, team, { captain: seat }),
  teamsMerged: (state, { from, into }) => {
    const { roster, corrections } = state.secret
    const teams = state.teams.filter(({ number }) => number !== from)
    const merged = { ...state, teams, turn: state.turn && withTeamMoved(state.turn, from, into) }
    const given = corrections?.map((one) => (one.team === from ? { ...one, team: into } : one))
    const left = given ? withSecret(merged, { corrections: given }) : merged
    const moved = roster && entriesOf(roster).filter(([, { team }]) => team === from)
    return (moved ?? []).reduce((state, [seat]) => changeSeat(state, seat, { team: into }), left)
  },
} satisfies Handlers

/** Who picks next follows from the present question: the pick goes over with the rest. */
function withTeamMoved(turn: Turn, from: number, into: number): Turn {
  const moved = <One extends { team?: number | null }>(one: One): One =>
    one.team === from ? { ...one, team: into } : one
  const picker = turn.worth?.picker
  return {
    ...turn,
    presses: turn.presses.map(moved),
    verdicts: turn.verdicts.map(moved),
    worth: turn.worth && picker ? { ...turn.worth, picker: moved(picker) } : turn.worth,
  }
}

/** @param more how many came into the game */
function counted(state: RoomState, more: number): RoomState {
  const { inGame } = state.secret
  return inGame === undefined ? state : withSecret(state, { inGame: inGame + more })
}

const changeTeam = (state: RoomState, number: number, change: Partial<Team>): RoomState => ({
  ...state,
  teams: state.teams.map((team) => (team.number === number ? { ...team, ...change } : team)),
})

function named(state: RoomState, id: SeatId, name: string): RoomState {
  const { names } = state.secret
  return names ? withSecret(state, { names: put(names, plainName(name), id) }) : state
}

function renamePresses(state: RoomState, seat: SeatId, change: Partial<Pick<Press, 'name' | 'hidden'>>): RoomState {
  const renamed = (turn: Turn): Turn => ({
    ...turn,
    presses: turn.presses.map((press) => (press.seat === seat ? { ...press, ...change } : press)),
    worth:
      turn.worth?.picker?.seat === seat ? { ...turn.worth, picker: { ...turn.worth.picker, ...change } } : turn.worth,
  })
  const { past } = state.secret
  return {
    ...(past ? withSecret(state, { past: past.map(renamed) }) : state),
    turn: state.turn && renamed(state.turn),
  }
}
