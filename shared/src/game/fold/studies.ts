import type { Ms } from '../../ids.ts'
import { noShards, put } from '../shards.ts'
import type { RoomState, Session, Study, Turn } from '../state.ts'
import { changeTurn, without, withSecret, type Handlers } from './change.ts'

/** What a study room asks, what its members make of it, and the answers that they write. */
export const ofStudies = {
  studyOpened: (state, { title, rules, address, study, secret: { commandId, ...secret } = {} }) => ({
    ...state,
    mode: 'study',
    phase: 'lobby',
    title,
    rules,
    address,
    study: { ...study, session: null, turns: 0, votesOut: {}, sharing: [] },
    secret: { ...state.secret, ...secret },
  }),
  studyChanged: (state, { study }) => changeStudy(state, study),
  sessionBegan: (state, { session: number, at }) => {
    const begun = changeStudy(state, { session: { number, beganAt: at, lastAt: at, endedAt: null } })
    const empty = { ...begun, turn: null, phase: 'playing' as const }
    return state.secret.past ? withSecret(empty, { past: [] }) : empty
  },
  sessionEnded: (state, { at }) => ({ ...changeSession(state, { endedAt: at }), phase: 'lobby' }),
  written: (state, { turn, by, secret }) =>
    changeTurn(state, turn, ({ secret: known }) => ({
      secret: {
        ...known,
        ...(secret?.written ? { written: put(known.written ?? noShards, by, secret.written) } : {}),
        whoWrote: [...(known.whoWrote ?? []).filter((other) => other !== by), by],
      },
    })),
  studyRevealed: (state, { turn, note, shown }) =>
    changeTurn(state, turn, ({ floor, studied }) => ({
      revealed: { note },
      closed: 'answered',
      floor: null,
      settlesAt: null,
      studied: studied && { ...studied, answered: floor?.seat ?? null, shown },
    })),
  rated: (state, { turn, by, at, secret }) =>
    changeTurn(state, turn, ({ studied, secret: known }) => ({
      studied: studied && { ...studied, rated: [...studied.rated.filter((other) => other !== by), by] },
      ...(secret?.rated
        ? { secret: { ...known, ratings: put(known.ratings ?? noShards, by, { ...secret.rated, at }) } }
        : {}),
    })),
  steppedBack: (state, { turn, to }) => {
    if (to === 'previous') return withoutNewest(state)
    return changeTurn(state, turn, to === 'answer' ? unrevealed : unanswered)
  },
  votedOut: (state, { seat, out, by }) => {
    const { [seat]: votes = [], ...others } = state.study?.votesOut ?? {}
    const left = votes.filter((other) => other !== by)
    const now = out ? [...left, by] : left
    return changeStudy(state, { votesOut: now.length > 0 ? { ...others, [seat]: now } : others })
  },
  invitationChanged: (state, { secret }) =>
    secret?.invitation ? withSecret(state, { invitation: secret.invitation }) : state,
  noteWritten: (state, { at, secret }) => {
    const { notes } = state.secret
    if (!secret?.noted || !notes) return state
    const { questionId, version } = secret.noted
    const before = Object.hasOwn(notes, questionId) ? (notes[questionId] ?? []) : []
    return withSecret(state, { notes: { ...notes, [questionId]: [...before, { ...version, at }] } })
  },
  progressBrought: (state, { secret }) => {
    const { progress } = state.secret
    if (!secret?.brought || !progress) return state
    const { [secret.brought.seat]: _before, ...others } = progress
    const { seat, progress: name } = secret.brought
    return withSecret(state, { progress: name === null ? others : { ...others, [seat]: name } })
  },
  mapShared: (state, { shared, by }) => {
    const others = (state.study?.sharing ?? []).filter((seat) => seat !== by)
    return changeStudy(state, { sharing: shared ? [...others, by] : others })
  },
} satisfies Handlers

/** Whoever answers next answers anew: what was thought of the answer before is not of theirs. */
const unanswered = ({ secret }: Turn): Partial<Turn> => ({
  floor: null,
  settlesAt: null,
  secret: without(secret, 'votes', 'voted'),
})

/** As it was before all was shown; how well each knew it stays. */
const unrevealed = ({ studied, presses }: Turn): Partial<Turn> => {
  const seat = studied?.answered
  const hadFloor = presses.some((press) => press.seat === seat)
  return {
    revealed: null,
    closed: null,
    floor: seat && hadFloor ? { seat, endsAt: null, timedOut: false, jury: null } : null,
    studied: studied && { ...studied, answered: null, shown: null },
  }
}

function withoutNewest(state: RoomState): RoomState {
  const { past } = state.secret
  if (!past) return state
  return withSecret({ ...state, turn: past.at(-1) ?? null }, { past: past.slice(0, -1) })
}

/** One more question was asked. */
export const withTurn = (study: Study, turn: number, at: Ms): Study => ({
  ...study,
  turns: turn,
  session: study.session && { ...study.session, lastAt: at },
})

const changeStudy = (state: RoomState, change: Partial<Study>): RoomState => ({
  ...state,
  study: state.study && { ...state.study, ...change },
})

const changeSession = (state: RoomState, change: Partial<Session>): RoomState =>
  changeStudy(state, { session: state.study?.session ? { ...state.study.session, ...change } : null })
