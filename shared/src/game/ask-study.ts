import type { Ms, QuestionId, SeatId } from '../ids.ts'
import { seatNamed, seatsOf, stageOf, type Why } from './ask.ts'
import { lookUp } from './shards.ts'
import type { RoomState, Turn } from './state.ts'
import { sessionGapMs, type MineInStudy, type NoteVersion, type StudyRating } from './study.ts'

/** Whether the next question begins a session. */
export function isSessionOver({ study }: RoomState, now: Ms): boolean {
  const session = study?.session
  return !session || session.endedAt !== null || now - session.lastAt > sessionGapMs
}

/** The questions of the present session, in the order of asking; of the last one, until another begins. */
export const turnsInSession = ({ turn, secret }: RoomState): Turn[] => [...(secret.past ?? []), ...(turn ? [turn] : [])]

/** What a session that the next question belongs to has asked. */
export const askedInSession = (state: RoomState, now: Ms): Set<QuestionId> =>
  isSessionOver(state, now)
    ? new Set()
    : new Set(turnsInSession(state).flatMap(({ secret: { questionId } }) => questionId ?? []))

/** Which number the next question has. */
export const nextTurn = ({ study }: RoomState): number => (study?.turns ?? 0) + 1

/** All versions that members of the room wrote, oldest first. */
export const noteVersions = ({ secret }: RoomState, id: QuestionId): NoteVersion[] =>
  (secret.notes && Object.hasOwn(secret.notes, id) ? secret.notes[id] : undefined) ?? []

/** The answer to it as far as there is one: what the room wrote last stands before the bank's. */
export const noteFor = (state: RoomState, id: QuestionId, ofBank: string | undefined): string | null =>
  noteVersions(state, id).at(-1)?.text || (ofBank ?? null)

/** Why nobody can ask the next question. */
export function whyNotAskNext({ pausedAt }: RoomState): Why {
  return pausedAt === null ? null : 'paused'
}

function whyNotStudy({ turn, pausedAt }: RoomState): Why {
  if (!turn) return 'not-started'
  return pausedAt === null ? null : 'paused'
}

/** Why nothing can be written, voted or shown any more. */
function whyNotBeforeShown(state: RoomState): Why {
  const why = whyNotStudy(state)
  return why ?? (state.turn && stageOf(state.turn) === 'closed' ? 'question-closed' : null)
}

export const whyNotShowAll = whyNotBeforeShown

/** Why this seat may not write its answer. */
export const whyNotWrite = (state: RoomState): Why =>
  whyNotBeforeShown(state) ?? (state.study?.typesFirst ? null : 'not-by-typing')

/** Why this seat has no say on the answer now. */
export function whyNotVoteInStudy(state: RoomState, seat: SeatId): Why {
  const why = whyNotBeforeShown(state)
  const floor = state.turn?.floor
  if (why) return why
  if (!floor) return 'nobody-answers'
  return floor.seat === seat ? 'own-answer' : null
}

/** Why nobody can say how well they knew this question. */
export const whyNotRateTurn = (turn: Turn | undefined): Why =>
  turn ? (turn.revealed ? null : 'not-shown') : 'question-closed'

/** To what the last step of the present question is taken back; `null`: there is none before it. */
export function stepBackOf({ turn, secret }: RoomState): 'answer' | 'question' | 'previous' | null {
  if (!turn) return null
  if (turn.revealed) return 'answer'
  if (turn.floor) return 'question'
  return (secret.past?.length ?? 0) > 0 ? 'previous' : null
}

export function whyNotStepBack(state: RoomState): Why {
  const why = whyNotStudy(state)
  return why ?? (stepBackOf(state) === null ? 'no-step-back' : null)
}

/** Who would like this seat to leave, as far as they are in the room still. */
export const votesAgainst = (state: RoomState, seat: SeatId): SeatId[] =>
  (state.study?.votesOut[seat] ?? []).filter((by) => seatNamed(state, by)?.removed === false)

/** How many of so many who are here must want it to show somebody out: more than half, and nobody all alone. */
export const majorityOf = (here: number): number => Math.max(2, Math.floor(here / 2) + 1)

/** Whether so many of those who are here would like this seat to leave. */
export function isMajorityAgainst(state: RoomState, seat: SeatId, present: SeatId[]): boolean {
  const here = seatsOf(state).filter((who) => !who.removed && present.includes(who.seat))
  const against = votesAgainst(state, seat).filter((by) => here.some((who) => who.seat === by))
  return against.length >= majorityOf(here.length)
}

/** What one seat knows of itself in a study room; `undefined` elsewhere. */
export function mineInStudy(state: RoomState, seat: SeatId): MineInStudy | undefined {
  const { study, turn, secret } = state
  if (!study) return undefined
  const { written, votes } = turn?.secret ?? {}
  return {
    written: (written && lookUp(written, seat)) ?? null,
    vote: (votes && lookUp(votes, seat)) ?? null,
    rating: (turn && ratingIn(turn, seat)) ?? null,
    ratings: ratingsOf(state, seat),
    keepsProgress: secret.progress?.[seat] !== undefined,
  }
}

const ratingIn = ({ secret: { ratings } }: Turn, seat: SeatId): StudyRating | null =>
  (ratings && lookUp(ratings, seat))?.rating ?? null

function ratingsOf(state: RoomState, seat: SeatId): Record<number, StudyRating> {
  const rated = turnsInSession(state).map((turn) => [turn.turn, ratingIn(turn, seat)] as const)
  return Object.fromEntries(rated.filter((one): one is readonly [number, StudyRating] => one[1] !== null))
}
