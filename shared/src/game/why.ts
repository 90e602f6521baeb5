import type { SeatId } from '../ids.ts'
import {
  type Why,
  isDecided,
  isForAll,
  isLockedOut,
  isSpent,
  isTieBreak,
  mayTakePart,
  memberAt,
  stageOf,
  teamNumbered,
  verdictOf,
  whyNotForTeam,
} from './ask.ts'
import { askedOf, endOfRound, nextQuestionId, pickerOf, roundOf } from './rounds.ts'
import type { Member, RoomState, Turn } from './state.ts'

/** Why nothing can be done to the present question by anyone, if so. */
function whyNotPlay({ phase, pausedAt, turn }: RoomState): Why {
  if (phase === 'over') return 'game-over'
  if (!turn) return 'not-started'
  return pausedAt === null ? null : 'paused'
}

/**
 * Why this seat may not press; a press before the opening is no refusal but a false start.
 * @param member what a phone, which holds no roster, knows of itself
 */
export function whyNotBuzz(
  state: RoomState,
  seat: SeatId,
  member: Member & { spent?: boolean } = memberAt(state, seat),
): Why {
  const { turn, rules } = state
  const why = whyNotPlay(state)
  if (why || !turn) return why
  if (!mayTakePart(turn, seat)) return whyNotPart(turn)
  if (isForAll(turn)) return 'by-choice'
  const stage = stageOf(turn)
  if (stage === 'closed') return whyClosed(turn)
  if (isLockedOut(turn, member)) return verdictOf(turn, seat) ? 'locked-out' : 'team-answered'
  if (member.spent ?? isSpent(rules, turn, member)) return 'had-a-press'
  const forTeam = whyNotForTeam(state, member)
  if (forTeam) return forTeam
  return stage === 'answering' && rules.afterWrong !== 'next-in-queue' ? 'someone-answers' : null
}

const whyNotPart = (turn: Turn): Why => (isTieBreak(turn) ? 'not-in-tie-break' : 'not-your-question')

const whyClosed = ({ closed }: Turn): Why => (closed === 'time-out' ? 'time-is-up' : 'question-closed')

/** Why this seat may not choose an option; that it has chosen already is another matter. */
export function whyNotChoose(state: RoomState, seat: SeatId): Why {
  const { turn } = state
  const why = whyNotPlay(state)
  if (why || !turn) return why
  return turn.choosing ? whyNotAnswerAlong(turn, seat) : 'not-by-choice'
}

/** Why this seat may not type an answer; that it has typed one already is another matter. */
export function whyNotType(state: RoomState, seat: SeatId): Why {
  const { turn } = state
  const why = whyNotPlay(state)
  if (why || !turn) return why
  return turn.typing ? whyNotAnswerAlong(turn, seat) : 'not-by-typing'
}

function whyNotAnswerAlong(turn: Turn, seat: SeatId): Why {
  if (!mayTakePart(turn, seat)) return whyNotPart(turn)
  const stage = stageOf(turn)
  if (stage === 'closed') return whyClosed(turn)
  return stage === 'open' ? null : 'not-open'
}

/** Why nobody can end the time for everyone's answers now. */
export function whyNotCloseAnswers(state: RoomState): Why {
  const why = whyNotPlay(state)
  if (why || !state.turn) return why
  if (!isForAll(state.turn)) return 'not-by-choice'
  const stage = stageOf(state.turn)
  if (stage === 'closed') return 'question-closed'
  return stage === 'open' ? null : 'not-open'
}

/** Why nothing can be begun between two questions. */
function whyNotBetween({ phase, pausedAt, turn }: RoomState): Why {
  if (phase === 'over') return 'game-over'
  if (pausedAt !== null) return 'paused'
  return turn && stageOf(turn) !== 'closed' ? 'turn-open' : null
}

/** Why the plan's next question cannot be asked, or this cell's. */
export function whyNotAsk(state: RoomState, cell?: number): Why {
  const why = whyNotBetween(state)
  if (why) return why
  const isOnBoard = Boolean(roundOf(state)?.board)
  if (isOnBoard && cell !== undefined) return state.cells[cell] === null ? null : 'no-such-cell'
  if (isPlayedOut(state)) return state.round < state.rounds.length ? 'round-over' : 'no-questions-left'
  return isOnBoard ? 'pick-a-cell' : null
}

/** Whether the present round has nothing left to ask. */
const isPlayedOut = (state: RoomState): boolean =>
  roundOf(state)?.board ? !state.cells.includes(null) : askedOf(state) >= endOfRound(state)

/** Why no question beside the plan can be asked, to try the buttons. */
export const whyNotPractise = (state: RoomState): Why =>
  whyNotBetween(state) ?? (nextQuestionId(state, true) === undefined ? 'no-spare-left' : null)

/** @param tied how many share the first place */
export const whyNotBreakTie = (state: RoomState, tied: number): Why =>
  whyNotBetween(state) ?? (tied < 2 ? 'no-tie' : whyNotPractise(state))

/** Why this round cannot begin now: they come in their order, and one may be left early. */
export function whyNotBeginRound(state: RoomState, round: number): Why {
  const why = whyNotBetween(state)
  if (why) return why
  if (round > state.rounds.length) return 'last-round'
  if (round === state.round) return state.phase === 'lobby' ? null : 'round-over'
  return round === state.round + 1 ? null : 'no-such-round'
}

/** Why this seat cannot say which cell it would like; for a team, anyone of it. */
export function whyNotPick(state: RoomState, seat: SeatId, member: Member = memberAt(state, seat)): Why {
  if (!roundOf(state)?.board) return 'no-board'
  const why = whyNotBetween(state)
  if (why) return why
  const picker = pickerOf(state)
  if (picker === null) return 'not-your-pick'
  return picker.seat === seat || (picker.team !== null && picker.team === member.team) ? null : 'not-your-pick'
}

/** Why no stake can be said now. @param mayMend whether it may be another one though the question is known: for hosts */
export function whyNotStake(state: RoomState, seat: SeatId, mayMend = false): Why {
  const { turn } = state
  const why = whyNotPlay(state)
  if (why || !turn) return why
  if (!turn.worth || turn.worth.kind === 'plain' || stageOf(turn) !== 'reading') return 'no-stakes-now'
  if (!mayTakePart(turn, seat)) return whyNotPart(turn)
  return turn.worth.stake !== null && !mayMend ? 'no-stakes-now' : null
}

/** Why nobody of this team can make themselves its captain: another one is relieved between two questions alone. */
export function whyNotLead(state: RoomState, team: number | null): Why {
  const { captain } = teamNumbered(state, team) ?? {}
  if (captain === undefined) return 'no-team'
  if (state.phase === 'over') return 'game-over'
  return captain !== null && state.turn && stageOf(state.turn) !== 'closed' ? 'turn-open' : null
}

/** Why the standings cannot be shown now: some evenings keep them for later. */
export function whyNotShowStandings(state: RoomState): Why {
  const { rules, phase } = state
  const { standings = 'any-time' } = rules
  if (phase === 'over' || standings === 'any-time' || standings === 'after-each') return null
  return standings === 'between-rounds' && isBetweenRounds(state) ? null : 'standings-later'
}

/** Whether the standings are to be seen now: as the host has said since the last question, else as the rules say. */
export const areStandingsUp = (state: RoomState): boolean => state.standingsShown ?? areStandingsDue(state)

/**
 * Whether a question that is decided brings them of its own accord. Not before the end, which has its podium, nor over
 * a board that somebody picks from.
 */
function areStandingsDue(state: RoomState): boolean {
  const { rules, phase, turn, round, rounds } = state
  if (phase !== 'playing' || !turn || turn.practice || stageOf(turn) !== 'closed' || !isDecided(turn)) return false
  const isRoundOver = isPlayedOut(state)
  if (turn.round !== round || (isRoundOver && round >= rounds.length)) return false
  if (isRoundOver) return rules.standings === 'after-each' || rules.standings === 'between-rounds'
  return rules.standings === 'after-each' && !roundOf(state)?.board
}

/** Whether all that the present round has was asked, or nothing of it yet. */
export function isBetweenRounds(state: RoomState): boolean {
  const { turn, round } = state
  if (turn?.round !== round) return true
  return stageOf(turn) === 'closed' && isPlayedOut(state)
}

export function whyNotOpen(state: RoomState): Why {
  const why = whyNotPlay(state)
  if (why || !state.turn) return why
  const stage = stageOf(state.turn)
  if (state.turn.worth?.kind === 'double' && state.turn.worth.stake === null) return 'no-stake'
  if (stage === 'reading') return null
  if (stage === 'open') return 'already-open'
  return stage === 'answering' ? 'someone-answers' : 'question-closed'
}

export function whyNotSkip(state: RoomState): Why {
  const why = whyNotPlay(state)
  if (why || !state.turn) return why
  return stageOf(state.turn) === 'closed' ? 'question-closed' : null
}

/** Why the hall cannot be asked what it thinks of the answer. */
export function whyNotCallJury(state: RoomState): Why {
  const jury = state.turn?.floor?.jury
  return whyNotJudge(state) ?? (jury && !jury.split ? 'jury-votes' : null)
}

/** Why this seat has no voice in the hall now. */
export function whyNotVote(state: RoomState, seat: SeatId): Why {
  const why = whyNotPlay(state)
  const floor = state.turn?.floor
  if (why) return why
  if (!floor?.jury) return 'no-jury'
  if (floor.seat === seat) return 'own-answer'
  return floor.jury.split ? 'time-is-up' : null
}

/** Why the one who answers cannot be judged now. */
export function whyNotJudge(state: RoomState): Why {
  const why = whyNotPlay(state)
  if (why || !state.turn) return why
  return stageOf(state.turn) === 'answering' ? null : 'nobody-answers'
}

/** For hosts alone: nobody else knows whether there is a note. */
export function whyNotReveal({ turn }: RoomState): Why {
  if (!turn) return 'not-started'
  if (stageOf(turn) !== 'closed') return 'turn-open'
  return turn.secret.note ? null : 'no-note'
}

/** A break is for between two questions; one that is on may be given another end. */
export function whyNotTakeBreak({ phase, pausedAt, turn }: RoomState): Why {
  if (phase === 'over') return 'game-over'
  if (!turn) return 'not-started'
  if (pausedAt !== null) return 'paused'
  return stageOf(turn) === 'closed' ? null : 'turn-open'
}

export function whyNotPause({ phase, pausedAt }: RoomState): Why {
  if (phase === 'over') return 'game-over'
  if (phase !== 'playing') return 'not-started'
  return pausedAt === null ? null : 'paused'
}
