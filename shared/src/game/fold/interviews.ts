import type { ItemId, Ms } from '../../ids.ts'
import { timeSpent } from '../ask-interview.ts'
import { noOpinion, type Assessed, type Opinions } from '../interview.ts'
import type { RoomState } from '../state.ts'
import { withSecret, type Handlers } from './change.ts'

/** What an interview asks, and what those who ask make of the answers. */
export const ofInterviews = {
  interviewOpened: (state, { address, interview, secret: { commandId, ...secret } = {} }) => ({
    ...state,
    mode: 'interview',
    phase: 'lobby',
    address,
    interview: { ...interview, ready: false, beganAt: null, shown: null, endedAt: null },
    secret: { ...state.secret, ...secret },
  }),
  candidateReady: (state) => changeInterview(state, { ready: true }),
  itemShown: (state, { item, kind, path, text, number, of, endsAt, at }) => ({
    ...changeInterview(withTimeSpent(state, at), {
      shown: { item, kind, path, text, number, of, endsAt, at },
      beganAt: state.interview?.beganAt ?? at,
    }),
    phase: 'playing',
  }),
  itemAdded: (state, { secret }) => {
    const { agenda } = state.secret
    if (!secret?.addition || !agenda) return state
    const { item, after } = secret.addition
    const place = agenda.findIndex(({ id }) => id === after) + 1 || agenda.length
    return withSecret(state, { agenda: agenda.toSpliced(place, 0, item) })
  },
  firstAssessed: (state, { secret }) =>
    secret?.first && state.secret.first
      ? withSecret(state, { first: changeOpinion(state.secret.first, secret.first) })
      : state,
  secondAssessed: (state, { secret }) =>
    secret?.second && state.secret.second
      ? withSecret(state, { second: changeOpinion(state.secret.second, secret.second) })
      : state,
  finishedRating: (state, { secret }) => {
    const { finished: before } = state.secret
    if (!secret?.finisher || !before) return state
    const { interviewer, finished } = secret.finisher
    const others = before.filter((one) => one !== interviewer)
    return withSecret(state, { finished: finished ? [...others, interviewer] : others })
  },
  opinionsOpened: (state, { secret }) => {
    if (!secret?.opinions) return state
    const { first: _first, second: _second, ...others } = state.secret
    return { ...state, secret: { ...others, opinions: secret.opinions } }
  },
  opinionMended: (state, { secret }) => {
    const { opinions } = state.secret
    if (!secret?.mended || !opinions) return state
    const { interviewer, ...mended } = secret.mended
    return withSecret(state, { opinions: { ...opinions, [interviewer]: changeOpinion(opinions[interviewer], mended) } })
  },
  agreed: (state, { secret }) => {
    const { agreed } = state.secret
    if (!secret?.agreement || !agreed) return state
    const { item, level } = secret.agreement
    const { [item]: _before, ...others } = agreed
    return withSecret(state, { agreed: level === null ? others : { ...others, [item]: level } })
  },
  concluded: (state, { secret }) => {
    const { conclusion } = state.secret
    return secret?.conclusion && conclusion
      ? withSecret(state, { conclusion: { ...conclusion, ...secret.conclusion } })
      : state
  },
  interviewEnded: (state, { at, secret }) => ({
    ...changeInterview(withTimeSpent(state, at), { shown: null, endedAt: at }),
    phase: 'over',
    secret: { ...withTimeSpent(state, at).secret, ...(secret?.card ? { card: secret.card } : {}) },
  }),
} satisfies Handlers

const changeInterview = (state: RoomState, change: Partial<NonNullable<RoomState['interview']>>): RoomState => ({
  ...state,
  interview: state.interview && { ...state.interview, ...change },
})

/** Counts the time of the question that leaves the candidate's page. */
function withTimeSpent(state: RoomState, at: Ms): RoomState {
  const { spent } = state.secret
  const item = state.interview?.shown?.item
  return spent && item !== undefined
    ? withSecret(state, { spent: { ...spent, [item]: timeSpent(state, item, at) } })
    : state
}

function changeOpinion(opinions: Opinions, { item, ...change }: Assessed): Record<ItemId, Opinions[string]> {
  return { ...opinions, [item]: { ...noOpinion, ...opinions[item], ...change } }
}
