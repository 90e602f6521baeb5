import {
  whyNotBuzz,
  whyNotChoose,
  whyNotPick,
  whyNotStake,
  whyNotType,
  whyNotVote,
  type Mine,
  type RefusalCode,
  type RoomState,
  type Rules,
} from '@knopka/shared/game'
import type { Said } from '../guest.ts'

type Deed<Type extends Said['type']> = Extract<Said, { type: Type }>

/**
 * Why a phone may not say this, as far as its own replica and what is its own can tell; `null`: it may.
 * @param mine `null` where it was removed
 */
export function whyNot(said: Said, state: RoomState, mine: Mine | null): RefusalCode | null {
  if (!mine) return 'removed'
  switch (said.type) {
    case 'buzz':
      return whyNotOfTurn(said.turn, state) ?? whyNotBuzz(state, mine.seat, mine)
    case 'choose':
      return whyNotOfTurn(said.turn, state) ?? whyNotChoose(state, mine.seat)
    case 'answer':
      return whyNotOfTurn(said.turn, state) ?? whyNotType(state, mine.seat)
    case 'stake':
      return state.turn?.turn === said.turn ? whyNotStake(state, mine.seat) : 'no-stakes-now'
    case 'pickCell':
      return whyNotPick(state, mine.seat, mine) ?? (state.cells[said.cell] === null ? null : 'no-such-cell')
    case 'vote':
      return state.turn?.turn === said.turn ? whyNotVote(state, mine.seat) : 'no-jury'
    case 'protest':
      return state.phase === 'over' ? 'game-over' : null
    case 'pickTeam':
      return whyNotTeam(said, state, mine)
    case 'renameTeam':
      return whyNotRename(said, state, mine)
    case 'nameCaptain':
      return whyNotLead(said, state, mine)
    default:
      return null
  }
}

const whyNotOfTurn = (turn: number, state: RoomState): RefusalCode | null =>
  state.turn && state.turn.turn !== turn ? 'question-closed' : null

const noTeam = ({ teams }: Rules): RefusalCode => (teams ? 'no-such-team' : 'no-teams')
const isThere = ({ teams }: RoomState, team: number | null) => teams.some(({ number }) => number === team)

function whyNotTeam({ team }: Deed<'pickTeam'>, state: RoomState, mine: Mine): RefusalCode | null {
  if (!isThere(state, team)) return noTeam(state.rules)
  const isOpen = state.rules.teams?.formedBy === 'players' && (state.phase === 'lobby' || mine.team === null)
  return mine.team === team || isOpen ? null : 'teams-set'
}

function whyNotRename({ team, name }: Deed<'renameTeam'>, state: RoomState, mine: Mine): RefusalCode | null {
  if (!isThere(state, team)) return noTeam(state.rules)
  if (mine.team !== team) return 'not-yours'
  if (state.phase !== 'lobby') return 'teams-set'
  return state.teams.some((other) => other.number !== team && other.name === name) ? 'name-taken' : null
}

function whyNotLead({ team }: Deed<'nameCaptain'>, state: RoomState, mine: Mine): RefusalCode | null {
  if (!isThere(state, team)) return noTeam(state.rules)
  if (mine.team !== team) return 'no-seat'
  const { captain = null } = state.teams.find(({ number }) => number === team) ?? {}
  return captain === null || captain === mine.seat ? null : 'not-yours'
}
