import { captaincyOf, plainName, seatNamed, seatsOf, stageOf, teamNumbered } from '../ask.ts'
import { whyNotLead } from '../why.ts'
import { refuse } from '../refusals.ts'
import type { Member, RoomState } from '../state.ts'
import type { Rule } from './rule.ts'

/** Points go with who earned them. */
export const pickTeam: Rule<'pickTeam'> = (state, { by, role, seat, team }) => {
  if (role === 'player' && by !== seat) return refuse('not-yours')
  const who = seatNamed(state, seat)
  if (!who || who.removed) return refuse(who ? 'removed' : 'no-seat')
  if (!state.rules.teams) return refuse('no-teams')
  if (team !== null && !teamNumbered(state, team)) return refuse('no-such-team')
  if (who.team === team) return []
  if (role === 'player' && !mayPickOwn(state, who.team)) return refuse('teams-set')
  if (who.team !== null && isAsking(state)) return refuse('turn-open')
  const left = captaincyOf(state, seat)
  return [
    { type: 'teamPicked', secret: { members: [{ seat, team }] } },
    ...(left ? [{ type: 'captainNamed' as const, team: left.number, seat: null }] : []),
  ]
}

/** Who is out of a question is out with the team that they were in, so nobody leaves it meanwhile. */
const isAsking = ({ turn }: RoomState): boolean => turn !== null && stageOf(turn) !== 'closed'

/** Once the game is on, only who comes late picks; the rest is for the host to say. */
const mayPickOwn = ({ rules, phase }: RoomState, team: number | null): boolean =>
  rules.teams?.formedBy === 'players' && (phase === 'lobby' || team === null)

/** Everyone who is in none joins the team that is smallest then, in the order in which they came. */
export const dealTeams: Rule<'dealTeams'> = (state) => {
  if (!state.rules.teams) return refuse('no-teams')
  const seats = seatsOf(state).filter(({ removed }) => !removed)
  const sizes = new Map(state.teams.map(({ number }) => [number, seats.filter(({ team }) => team === number).length]))
  const members = seats
    .filter(({ team }) => team === null)
    .map(({ seat }): Member => {
      const [team, size] = [...sizes].reduce((least, one) => (one[1] < least[1] ? one : least))
      sizes.set(team, size + 1)
      return { seat, team }
    })
  return members.length > 0 ? [{ type: 'teamPicked', secret: { members } }] : []
}

/** By a host, or by whoever is in it while the evening has not begun. */
export const renameTeam: Rule<'renameTeam'> = (state, { by, role, team: number, name }) => {
  const team = teamNumbered(state, number)
  if (!team) return refuse(state.rules.teams ? 'no-such-team' : 'no-teams')
  if (role === 'player' && seatNamed(state, by)?.team !== number) return refuse('not-yours')
  if (role === 'player' && state.phase !== 'lobby') return refuse('teams-set')
  if (team.name === name) return []
  const isTaken = state.teams.some((other) => other !== team && other.name && plainName(other.name) === plainName(name))
  return isTaken ? refuse('name-taken') : [{ type: 'teamRenamed', team: number, name }]
}

/** By a host; and whoever is in the team may become it: the phone of the one before may be dead. */
export const nameCaptain: Rule<'nameCaptain'> = (state, { by, role, team: number, seat }) => {
  const team = teamNumbered(state, number)
  if (!team) return refuse(state.rules.teams ? 'no-such-team' : 'no-teams')
  const who = seat === null ? null : seatNamed(state, seat)
  if (who !== null && who?.team !== number) return refuse('no-seat')
  // A team whose captain is gone could not press any more.
  if (who?.removed) return refuse('removed')
  if (team.captain === seat) return []
  if (role === 'player' && seat !== by) return refuse('not-yours')
  const why = role === 'player' ? whyNotLead(state, number) : null
  if (why) return refuse(why)
  return [{ type: 'captainNamed', team: number, seat }]
}

/** Everyone of the one goes over to the other; the one is no more. */
export const mergeTeams: Rule<'mergeTeams'> = (state, { from, into }) => {
  if (!state.rules.teams) return refuse('no-teams')
  if (from === into || !teamNumbered(state, from) || !teamNumbered(state, into)) return refuse('no-such-team')
  return isAsking(state) ? refuse('turn-open') : [{ type: 'teamsMerged', from, into }]
}
