import type { Interview, RoomState } from '../state.ts'
import { withSecret, type Handlers } from './change.ts'
import { atRound, withoutQuestion } from './rounds.ts'

export const ofRoom = {
  roomOpened: (state, { type, at, by, secret: { commandId, ...secret } = {}, ...facts }) => {
    const opened: RoomState = {
      ...state,
      ...facts,
      // A log of yesterday may lack a rule of today, and knew of one round only.
      rules: { ...state.rules, ...facts.rules },
      rounds: facts.rounds ?? [{ title: null, count: facts.total, board: null }],
      teams: Array.from({ length: facts.rules.teams?.count ?? 0 }, (_, index) => ({
        number: index + 1,
        name: null,
        captain: null,
      })),
      phase: 'lobby',
      secret: { ...state.secret, ...secret },
    }
    return atRound(opened, 1)
  },
  roomLocked: (state, { locked }) => ({ ...state, locked }),
  addressChosen: (state, { address }) => ({ ...state, address }),
  linksReplaced: (state, { secret }) => (secret?.links ? withSecret(state, { links: secret.links }) : state),
  questionDropped: (state, { total, cell, secret }) => withoutQuestion(state, secret?.questionId, total, cell),
  paused: (state, { at }) => ({ ...state, pausedAt: at }),
  resumed: (state, { shiftMs }) => ({ ...shiftClocks(state, shiftMs), pausedAt: null }),
  breakBegan: (state, { endsAt }) => ({ ...state, break: { endsAt } }),
  breakEnded: (state) => ({ ...state, break: null }),
  standingsShown: (state, { shown }) => ({ ...state, standingsShown: shown }),
  extraTimeGiven: (state, { secret }) => {
    const { extraTime } = state.secret
    if (!secret?.allowance || !extraTime) return state
    const { seat, percent } = secret.allowance
    const { [seat]: _before, ...others } = extraTime
    return withSecret(state, { extraTime: percent > 0 ? { ...others, [seat]: percent } : others })
  },
  scoreCorrected: (state, { at, secret }) =>
    secret?.correction
      ? withSecret(state, { corrections: [...(state.secret.corrections ?? []), { ...secret.correction, at }] })
      : state,
  gameEnded: (state, { results, at }) => ({
    ...state,
    phase: 'over',
    pausedAt: null,
    break: null,
    results: { id: results, endedAt: at },
  }),
} satisfies Handlers

/** After a pause every running clock goes on from where it stood. */
function shiftClocks(state: RoomState, shiftMs: number): RoomState {
  const later = <T extends number | null>(instant: T) => (instant === null ? null : instant + shiftMs) as T
  const { turn, interview } = state
  if (interview) return { ...state, interview: laterInterview(interview, later) }
  if (!turn) return state
  const jury = turn.floor?.jury && { ...turn.floor.jury, endsAt: turn.floor.jury.endsAt + shiftMs }
  const floor = turn.floor && { ...turn.floor, endsAt: later(turn.floor.endsAt), jury: jury ?? null }
  const clocks = { opensAt: later(turn.opensAt), endsAt: later(turn.endsAt), settlesAt: later(turn.settlesAt) }
  return { ...state, turn: { ...turn, ...clocks, floor } }
}

function laterInterview(interview: Interview, later: <T extends number | null>(instant: T) => T): Interview {
  const { beganAt, shown } = interview
  return {
    ...interview,
    beganAt: later(beganAt),
    shown: shown && { ...shown, at: later(shown.at), endsAt: later(shown.endsAt) },
  }
}
