import { endOfRound, roundOf, type RoomState, type Round, type Rules } from '@knopka/shared/game'

/** How the questions of a round are played. */
export type RoundKind = 'buzzer' | 'choices' | 'text' | 'number' | 'board'

export function kindOf({ choices, typing }: Pick<Rules, 'choices' | 'typing'>, round: Round | undefined): RoundKind {
  if (round?.board) return 'board'
  return typing ? typing.kind : choices ? 'choices' : 'buzzer'
}

/** How long there is for what everyone does with a question; `null`: the host decides. */
export function secondsOf({ pressSeconds, choices, typing }: Rules): number | null {
  if (typing) return typing.seconds
  return choices ? choices.seconds : pressSeconds
}

/** By what rule points are given, as far as the hall needs to know. */
export type PointsRule = Rules['scoring'] | 'by-time' | 'nearest'

export function pointsRuleOf({ scoring, choices, typing }: Rules): PointsRule {
  if (typing) return typing.kind === 'number' && scoring !== 'penalty' ? 'nearest' : scoring
  return choices ? choices.points : scoring
}

/** Whether a round was announced, and nothing of it was asked yet. */
export const isRoundAnnounced = ({ phase, turn, round }: RoomState): boolean =>
  phase === 'playing' && turn?.round !== round

/** Where the evening stands. */
interface Progress {
  round: number
  rounds: number
  /** `null`: nothing of the round was asked yet. */
  question: number | null
  of: number
}

export function progressOf(state: RoomState): Progress {
  const { turn, round, rounds, total } = state
  const of = roundOf(state)?.count ?? total
  const question = turn?.round === round ? turn.turn - (endOfRound(state) - of) : null
  return { round, rounds: rounds.length, question, of }
}
