import type { Verdict } from '@knopka/shared/contracts'
import {
  answerGroups,
  nextInQueue,
  placeToAnswer,
  pointsFor,
  someoneIsLeft,
  whyNotCloseAnswers,
  whyNotJudge,
  type AnswerGroup,
  type RoomState,
  type Turn,
  type Why,
} from '@knopka/shared/game'
import type { Saying } from '../lib/outbox.ts'
import { gain } from '../lib/text/form.ts'
import { digit, type Action, type EndingName } from './action.ts'
import { inWords, personAt } from './teams.ts'
import { text } from './text.ts'
import { typingText } from './typing-text.ts'

const places = { right: 1, partly: 2, wrong: 3 } as const

/** What brings the present question to its end; verdicts on typed answers are for the group that is on. */
export function endings(state: RoomState, group: AnswerGroup | null): Partial<Record<EndingName, Action>> {
  const { turn } = state
  if (turn?.typing && turn.closed) return turn.typing.kind === 'text' ? judgingTyped(turn, group) : {}
  return turn?.choosing || turn?.typing ? { close: closeAction(state, turn) } : judging(state)
}

function judging(state: RoomState): Record<Verdict, Action> {
  const { turn } = state
  const seat = turn?.floor?.seat
  return verdictKeys(whyNotJudge(state), (verdict) => ({
    consequence: turn && seat ? consequenceOf(state, turn, seat, verdict) : '',
    saying: turn && seat ? { type: 'giveVerdict', turn: turn.turn, seat, verdict } : null,
  }))
}

function judgingTyped({ turn, secret }: Turn, group: AnswerGroup | null): Record<Verdict, Action> {
  const nobody = (secret.whoTyped ?? []).length === 0
  return verdictKeys(group ? null : nobody ? 'nobody-answers' : 'already-judged', (verdict) => ({
    consequence: group ? typingText().group(group.text, group.seats.length) : '',
    saying: group && { type: 'judgeAnswers', turn, answers: group.answers, verdict },
  }))
}

function verdictKeys(
  why: Why,
  about: (verdict: Verdict) => { consequence: string; saying: Saying | null },
): Record<Verdict, Action> {
  const key = (name: Verdict): Action => ({
    name,
    codes: digit(places[name]),
    cap: String(places[name]),
    why,
    ...about(name),
  })
  return { right: key('right'), partly: key('partly'), wrong: key('wrong') }
}

/** Those that the host judges now; none where the answers were numbers, or nobody typed. */
export const groupsToJudge = (turn: Turn | null): AnswerGroup[] =>
  turn?.typing?.kind === 'text' && turn.closed ? answerGroups(turn) : []

/** Whether typed answers wait for the host's word. */
export function awaitsWord(turn: Turn): boolean {
  if (!turn.typing || !turn.closed || (turn.secret.whoTyped ?? []).length === 0) return false
  if (turn.typing.kind === 'number') return turn.typing.right === null
  return (turn.secret.typedMarks ?? []).length < (turn.secret.whoTyped ?? []).length
}

function consequenceOf(state: RoomState, turn: Turn, seat: string, verdict: Verdict): string {
  const team = turn.presses.findLast((press) => press.seat === seat)?.team
  const earned = gain(pointsFor(state.rules, verdict, placeToAnswer(turn, seat), turn.worth))
  const points = turn.practice ? text().consequence.noPoints : earned
  if (verdict !== 'wrong') return [points, personAt(state, seat, team).team].filter(Boolean).join(', ')
  const judged = { seat, ...(team ? { team } : {}), verdict, points: 0, at: 0 }
  const then = afterWrong(state, { ...turn, verdicts: [...turn.verdicts, judged] })
  return turn.practice || earned === '0' ? then : `${earned}, ${then}`
}

/** @param turn with the wrong answer in it */
function afterWrong(state: RoomState, turn: Turn): string {
  const { passes, reopens, closes } = text().consequence
  if (state.rules.afterWrong === 'close') return closes
  const next = state.rules.afterWrong === 'next-in-queue' ? nextInQueue(state, turn) : undefined
  if (next) return passes(inWords(personAt(state, next.seat, next.team)))
  return someoneIsLeft(state, turn) ? reopens : closes
}

function closeAction(state: RoomState, { turn, typing }: Turn): Action {
  return {
    name: 'close',
    codes: digit(1),
    cap: '1',
    consequence: typing ? typingText().thenJudge : text().consequence.showsRight,
    why: whyNotCloseAnswers(state),
    saying: { type: 'closeAnswers', turn },
  }
}
