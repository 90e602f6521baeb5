import { endOfRound, roundOf, type RoomState, type RoundKind, type Rules } from '@knopka/shared/game'

/** What everyone has one clock for. */
export type Clocked = Exclude<RoundKind, 'board' | 'mixed'>

/** How long there is for what everyone does with a question; `null`: the host decides, or it depends on the question. */
export function clockOf(kind: RoundKind, rules: Rules): { kind: Clocked; seconds: number } | null {
  if (kind === 'board' || kind === 'mixed') return null
  const seconds = secondsOf(kind, rules)
  return seconds === null ? null : { kind, seconds }
}

function secondsOf(kind: Clocked, { pressSeconds, choices, typing }: Rules): number | null {
  if (kind === 'buzzer') return pressSeconds
  return (kind === 'choices' ? choices : typing)?.seconds ?? null
}

/** By what rule points are given, as far as the hall needs to know. */
type PointsRule = Rules['scoring'] | 'by-time' | 'nearest'

/** @returns `null` where it depends on the question */
export function pointsRuleOf(kind: RoundKind, { scoring, choices }: Rules): PointsRule | null {
  if (kind === 'number') return scoring === 'penalty' ? scoring : 'nearest'
  if (kind === 'mixed') return choices?.points === scoring ? scoring : null
  return kind === 'choices' && choices ? choices.points : scoring
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
