import type { Ms } from '../ids.ts'
import { answerGroups, type AnswerGroup } from './answers.ts'
import type { Judgement, Turn, Verdict } from './state.ts'

/** Something the host has judged: who answered aloud, answers in writing that are alike, or a number. */
export type Judged = { turn: number } & (
  | { kind: 'spoken'; judgement: Judgement }
  | { kind: 'typed'; group: AnswerGroup; verdict: Verdict }
  | { kind: 'number'; right: number }
)

/** What one press of «undo» takes back: the newest judgement that stands, however long ago its question was. */
export function newestJudgement(turns: Turn[]): Judged | undefined {
  const newest = turns.reduce<Turn | undefined>(
    (newest, turn) => (newest && lastJudgedAt(newest) > lastJudgedAt(turn) ? newest : turn),
    undefined,
  )
  return newest && judgedIn(newest)
}

const lastJudgedAt = ({ verdicts, secret: { typedMarks = [] } }: Turn): Ms =>
  Math.max(-Infinity, ...[...verdicts, ...typedMarks].map(({ at }) => at))

/** The last one of a question; it is answered aloud or in writing, never both. */
function judgedIn(turn: Turn): Judged | undefined {
  const { verdicts, typing, secret } = turn
  const judgement = verdicts.reduce<Judgement | undefined>(
    (newest, one) => (newest && newest.at > one.at ? newest : one),
    undefined,
  )
  if (judgement) return { turn: turn.turn, kind: 'spoken', judgement }
  const mark = secret.typedMarks?.at(-1)
  if (!mark) return undefined
  if (typing && typing.right !== null) return { turn: turn.turn, kind: 'number', right: typing.right }
  const group = answerGroups(turn).find(({ seats }) => seats.includes(mark.seat))
  return group && { turn: turn.turn, kind: 'typed', group, verdict: mark.verdict }
}
