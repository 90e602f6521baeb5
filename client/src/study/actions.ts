import type { StudyRating, Verdict } from '@knopka/shared/contracts'
import {
  nextTurn,
  whyNotAskNext,
  whyNotPause,
  whyNotRateTurn,
  whyNotShowAll,
  whyNotStepBack,
  whyNotVoteInStudy,
  type MineInStudy,
  type RoomState,
  type Why,
} from '@knopka/shared/game'
import type { SeatId } from '@knopka/shared/ids'
import type { Saying } from '../lib/outbox.ts'
import type { Scene } from './scene.ts'

/** One thing that anyone in the room can do with one key. */
export interface Action {
  /** `KeyboardEvent.code`s that do it: places on the keyboard, which no layout moves. */
  codes: string[]
  /** What a screen writes on the key cap. */
  cap: string
  why: Why
  /** `null` where the present state has nothing to say it to. */
  saying: Saying | null
}

export interface Actions {
  /** Shows all, or asks the next question. */
  forward: Action
  skip: Action
  back: Action
  pause: Action
  /** As long as nothing is shown. */
  votes: (Action & { verdict: Verdict })[]
  /** Once all is shown. */
  ratings: (Action & { rating: StudyRating })[]
}

export const verdicts: readonly Verdict[] = ['right', 'partly', 'wrong']
export const ratings: readonly StudyRating[] = ['again', 'hard', 'good', 'easy']

const digit = (n: number): string[] => [`Digit${n}`, `Numpad${n}`]

/** Everything the keys do, as the rules allow it now. @param own what this seat alone knows */
export function actionsOf(state: RoomState, scene: Scene, seat: SeatId, own: MineInStudy | undefined): Actions {
  const { turn } = state
  const ask: Saying = { type: 'askNext', turn: nextTurn(state) }
  return {
    forward: {
      codes: ['Enter', 'NumpadEnter', 'ArrowRight'],
      cap: 'Enter',
      why: scene === 'asked' ? whyNotShowAll(state) : whyNotAskNext(state),
      saying: scene === 'asked' && turn ? { type: 'reveal', turn: turn.turn } : ask,
    },
    skip: { codes: ['KeyS'], cap: 'S', why: whyNotAskNext(state), saying: scene === 'asked' ? ask : null },
    back: {
      codes: ['Backspace'],
      cap: '⌫',
      why: whyNotStepBack(state),
      saying: turn && { type: 'stepBack', turn: turn.turn },
    },
    pause: pauseAction(state),
    votes: scene === 'asked' ? verdicts.map((verdict, at) => voteAction(state, seat, verdict, at + 1)) : [],
    ratings: scene === 'shown' ? ratings.map((rating, at) => rateAction(state, own, rating, at + 1)) : [],
  }
}

function voteAction(state: RoomState, seat: SeatId, verdict: Verdict, n: number): Actions['votes'][number] {
  const { turn } = state
  const why = whyNotVoteInStudy(state, seat)
  return { verdict, codes: digit(n), cap: String(n), why, saying: turn && { type: 'vote', turn: turn.turn, verdict } }
}

function rateAction(
  { turn }: RoomState,
  own: MineInStudy | undefined,
  rating: StudyRating,
  n: number,
): Actions['ratings'][number] {
  // The key that is down takes its own rating back.
  const given = own?.rating === rating ? null : rating
  const saying: Saying | null = turn && { type: 'rate', turn: turn.turn, rating: given }
  return { rating, codes: digit(n), cap: String(n), why: whyNotRateTurn(turn ?? undefined), saying }
}

function pauseAction(state: RoomState): Action {
  const resumes = state.pausedAt !== null
  return {
    codes: digit(0),
    cap: '0',
    why: resumes ? null : whyNotPause(state),
    saying: { type: resumes ? 'resume' : 'pause' },
  }
}

const allOf = ({ forward, skip, back, pause, votes, ratings }: Actions): Action[] => [
  forward,
  skip,
  back,
  pause,
  ...votes,
  ...ratings,
]

/** What a key does, if anything. */
export const actionOf = (actions: Actions, { code }: Pick<KeyboardEvent, 'code'>): Action | undefined =>
  allOf(actions).find(({ codes, saying }) => saying !== null && codes.includes(code))
