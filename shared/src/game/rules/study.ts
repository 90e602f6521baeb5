import { seatNamed, turnNumbered } from '../ask.ts'
import {
  isMajorityAgainst,
  isSessionOver,
  nextTurn,
  noteVersions,
  stepBackOf,
  whyNotAskNext,
  whyNotRateTurn,
  whyNotStepBack,
  whyNotWrite,
} from '../ask-study.ts'
import { opening } from '../clocks.ts'
import type { CommandOf } from '../commands.ts'
import type { Draft } from '../events.ts'
import { evolve } from '../evolve.ts'
import { refuse } from '../refusals.ts'
import { lookUp } from '../shards.ts'
import type { Ms } from '../../ids.ts'
import type { RoomState, Rules, StudySettings } from '../state.ts'
import type { Rule } from './rule.ts'

/** Everyone reads the question on their own screen and presses when they can answer; nothing runs out. */
const rules: Rules = {
  pressSeconds: null,
  answerSeconds: null,
  scoring: 'plain',
  afterWrong: 'next-in-queue',
  setting: 'screen',
  textOnPhones: true,
  approveNames: false,
}

export const openStudy: Rule<'openStudy'> = (_state, { title, address, study, bank, seed, roomId, invitation }) => [
  { type: 'studyOpened', title, rules, address, study, secret: { bank, seed, roomId, invitation } },
]

export const changeStudy: Rule<'changeStudy'> = ({ study }, { study: next }) =>
  study && isSame(study, next) ? [] : [{ type: 'studyChanged', study: next }]

const isSame = (one: StudySettings, other: StudySettings): boolean =>
  one.newPercent === other.newPercent &&
  one.typesFirst === other.typesFirst &&
  one.sections.join('\n') === other.sections.join('\n')

export const askNext: Rule<'askNext'> = (state, command, now) => {
  const { turn, next: coming } = command
  // Two who ask at once mean the same question; the second finds it asked.
  if (state.turn?.turn === turn) return []
  const why = whyNotAskNext(state)
  if (why) return refuse(why)
  if (turn !== nextTurn(state)) return refuse('question-closed')
  if (!coming) return refuse('nothing-to-study')
  const isFirst = isSessionOver(state, now)
  const began: Draft[] = isFirst ? [{ type: 'sessionBegan', session: (state.study?.session?.number ?? 0) + 1 }] : []
  const asking: Draft[] = [...began, asked(state, command, coming)]
  const then = after(state, asking, now)
  return then.turn ? [...asking, opening(then, then.turn, now, command)] : asking
}

function asked(
  { total }: RoomState,
  { turn }: CommandOf<'askNext'>,
  { question, why }: NonNullable<CommandOf<'askNext'>['next']>,
): Draft {
  const { id, kind, path, text, note } = question
  const secret = { questionId: id, ...(note ? { note } : {}) }
  return { type: 'questionAsked', turn, kind, path, total, text, only: null, why, secret }
}

/** The last one of each counts, until all is shown. */
export const write: Rule<'write'> = (state, { by, turn: number, text }) => {
  const { turn } = state
  if (turn?.turn !== number) return refuse('question-closed')
  const why = whyNotWrite(state)
  if (why) return refuse(why)
  const before = turn.secret.written && lookUp(turn.secret.written, by)
  return before === text ? [] : [{ type: 'written', turn: number, secret: { written: text } }]
}

/** For oneself; also of a question that was asked before in this session. */
export const rate: Rule<'rate'> = (state, { by, turn: number, rating }) => {
  const turn = turnNumbered(state, number)
  const why = whyNotRateTurn(turn)
  if (why || !turn) return refuse(why ?? 'question-closed')
  const before = turn.secret.ratings && lookUp(turn.secret.ratings, by)
  if ((before?.rating ?? null) === rating) return []
  return [{ type: 'rated', turn: number, secret: { rated: { rating, revision: (before?.revision ?? 0) + 1 } } }]
}

export const stepBack: Rule<'stepBack'> = (state, { turn: number, ...lighting }, now) => {
  if (state.turn?.turn !== number) return refuse('question-closed')
  const why = whyNotStepBack(state)
  const to = stepBackOf(state)
  if (why || to === null) return refuse(why ?? 'no-step-back')
  const back: Draft = { type: 'steppedBack', turn: number, to }
  // Whoever had pressed may do so again, and so may all others.
  return to === 'question' ? [back, opening(state, state.turn, now, lighting)] : [back]
}

/** Nobody runs the room: more than half of those who are here decide who leaves it. */
export const voteOut: Rule<'voteOut'> = (state, { by, seat, out, present, invitation }, now) => {
  const who = seatNamed(state, seat)
  if (!who) return refuse('no-seat')
  if (who.removed) return []
  if (by === seat) return refuse('not-yours')
  const votes = state.study?.votesOut[seat] ?? []
  if (votes.includes(by) === out) return []
  const voted: Draft = { type: 'votedOut', seat, out }
  const next = evolve(state, { ...voted, at: now, by })
  if (!out || !isMajorityAgainst(next, seat, present)) return [voted]
  return [voted, { type: 'removed', seat }, { type: 'invitationChanged', secret: { invitation } }]
}

/** Who writes over a version that they did not know is told so; nothing that was written is lost. */
export const writeNote: Rule<'writeNote'> = (state, { by, questionId, text, was }) => {
  const { name = '' } = seatNamed(state, by) ?? {}
  const versions = noteVersions(state, questionId)
  if ((versions.at(-1)?.text ?? '') === text) return []
  if (versions.length !== was) return refuse('written-meanwhile')
  return [{ type: 'noteWritten', secret: { noted: { questionId, version: { text, by, name } } } }]
}

export const bringProgress: Rule<'bringProgress'> = ({ secret }, { by, progress }) =>
  (secret.progress?.[by] ?? null) === progress
    ? []
    : [{ type: 'progressBrought', secret: { brought: { seat: by, progress } } }]

export const shareMap: Rule<'shareMap'> = ({ study }, { by, shared }) =>
  study?.sharing.includes(by) === shared ? [] : [{ type: 'mapShared', shared }]

export const endSession: Rule<'endSession'> = (state, _command, now) => {
  if (isSessionOver(state, now)) return []
  const { pausedAt } = state
  const resumed: Draft[] = pausedAt === null ? [] : [{ type: 'resumed', shiftMs: now - pausedAt }]
  return [...resumed, { type: 'sessionEnded' }]
}

const after = (state: RoomState, drafts: Draft[], at: Ms): RoomState =>
  drafts.reduce((state, draft) => evolve(state, { ...draft, at, by: '' }), state)
