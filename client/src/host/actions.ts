import type { Presence, Verdict } from '@knopka/shared/contracts'
import {
  newestVerdict,
  nextInQueue,
  nextQuestionId,
  placeToAnswer,
  pointsFor,
  seatNamed,
  someoneIsLeft,
  stageOf,
  tiedForFirst,
  turnsOf,
  whyNotAsk,
  whyNotBreakTie,
  whyNotCallJury,
  whyNotCloseAnswers,
  whyNotJudge,
  whyNotOpen,
  whyNotPause,
  whyNotPractise,
  whyNotReveal,
  whyNotSkip,
  type RoomState,
  type Turn,
  type Why,
} from '@knopka/shared/game'
import type { Saying } from '../lib/outbox.ts'
import { gain } from '../lib/text/form.ts'
import { answersOf } from '../ui/choosing.ts'
import { inWords, personAt } from './teams.ts'
import { text } from './text.ts'

/** How a question is brought to its end: by the host's verdicts or, where everyone chooses, without them. */
type EndingName = Verdict | 'close'
type CommonName = 'open' | 'jury' | 'skip' | 'reveal' | 'next' | 'practice' | 'undo' | 'pause' | 'standings'
export type ActionName = EndingName | CommonName

/** One thing that a host can do with one key. */
export interface Action {
  name: ActionName
  /** `KeyboardEvent.code`s that do it: places on the keyboard, which no layout moves. */
  codes: string[]
  /** What a screen writes on the key cap. */
  cap: string
  /** What a press brings about, in a few words. */
  consequence: string
  why: Why
  /** `null` where the present state has nothing to say it to. */
  saying: Saying | null
}

const digit = (n: number) => [`Digit${n}`, `Numpad${n}`]

export type Actions = Record<CommonName, Action> & Partial<Record<EndingName, Action>>

/** Everything the console's keys do, as the rules allow it now; what the present question has no use for is not there. */
export function actionsOf(state: RoomState): Actions {
  return {
    ...(state.turn?.choosing ? { close: closeAction(state) } : judging(state)),
    open: openAction(state),
    jury: juryAction(state),
    skip: onTurn(state, 'skip', digit(4), '4', text().consequence.noPoints, whyNotSkip(state)),
    reveal: onTurn(state, 'reveal', digit(5), '5', text().consequence.toScreen, whyNotReveal(state)),
    next: askAction(state, false),
    practice: askAction(state, true),
    undo: undoAction(state),
    pause: pauseAction(state),
    standings: {
      name: 'standings',
      codes: digit(6),
      cap: '6',
      consequence: state.standingsShown ? text().hide : text().show,
      why: null,
      saying: { type: 'showStandings', shown: !state.standingsShown },
    },
  }
}

function judging(state: RoomState) {
  const why = whyNotJudge(state)
  const { turn } = state
  const seat = turn?.floor?.seat
  const judge = (verdict: Verdict, key: number): Action => ({
    name: verdict,
    codes: digit(key),
    cap: String(key),
    consequence: turn && seat ? consequenceOf(state, turn, seat, verdict) : '',
    why,
    saying: turn && seat ? { type: 'giveVerdict', turn: turn.turn, seat, verdict } : null,
  })
  return { right: judge('right', 1), partly: judge('partly', 2), wrong: judge('wrong', 3) }
}

function juryAction(state: RoomState): Action {
  const saying: Saying | null = state.turn && { type: 'callJury', turn: state.turn.turn }
  return { name: 'jury', codes: ['KeyJ'], cap: 'J', consequence: '', why: whyNotCallJury(state), saying }
}

function consequenceOf(state: RoomState, turn: Turn, seat: string, verdict: Verdict): string {
  const team = turn.presses.findLast((press) => press.seat === seat)?.team
  const earned = gain(pointsFor(state.rules, verdict, placeToAnswer(turn, seat)))
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

function openAction(state: RoomState): Action {
  const why = whyNotOpen(state)
  const saying: Saying | null = state.turn && { type: 'openBuzzers', turn: state.turn.turn }
  const { pressSeconds, choices } = state.rules
  const consequence = text().consequence.opens(state.turn?.choosing ? (choices?.seconds ?? null) : pressSeconds)
  return { name: 'open', codes: ['Space'], cap: text().cap.space, consequence, why, saying }
}

function closeAction(state: RoomState): Action {
  const why = whyNotCloseAnswers(state)
  const saying: Saying | null = state.turn && { type: 'closeAnswers', turn: state.turn.turn }
  return { name: 'close', codes: digit(1), cap: '1', consequence: text().consequence.showsRight, why, saying }
}

function onTurn(
  { turn }: RoomState,
  name: 'skip' | 'reveal',
  codes: string[],
  cap: string,
  consequence: string,
  why: Why,
): Action {
  return { name, codes, cap, consequence, why, saying: turn && { type: name, turn: turn.turn } }
}

function askAction(state: RoomState, practice: boolean): Action {
  const turn = (state.turn?.turn ?? 0) + 1
  const questionId = nextQuestionId(state, practice)
  const asking = { type: 'ask', turn, tieBreak: false, ...(practice ? { practice } : {}) } as const
  const saying: Saying | null = questionId ? { ...asking, questionId } : null
  const about = { why: practice ? whyNotPractise(state) : whyNotAsk(state), saying }
  const { question, noPoints } = text().consequence
  return practice
    ? { name: 'practice', codes: ['KeyP'], cap: 'P', consequence: noPoints, ...about }
    : { name: 'next', codes: ['ArrowRight'], cap: '→', consequence: question(turn), ...about }
}

/** `why` tells whether there is anything to decide, and whether the plan has a question for it. */
export function tieBreakOf(state: RoomState): { why: Why; saying: Saying | null } {
  const questionId = nextQuestionId(state, true)
  const turn = (state.turn?.turn ?? 0) + 1
  return {
    why: whyNotBreakTie(state, tiedForFirst(state).length),
    saying: questionId ? { type: 'ask', turn, questionId, tieBreak: true } : null,
  }
}

function undoAction(state: RoomState): Action {
  const newest = newestVerdict(turnsOf(state))
  const name = newest && seatNamed(state, newest.seat)?.name
  return {
    name: 'undo',
    codes: ['Backspace'],
    cap: '⌫',
    consequence: newest ? `${newest.turn}. ${name ?? ''}` : '',
    why: newest ? null : 'no-verdict',
    saying: newest ? { type: 'undoVerdict', turn: newest.turn, seat: newest.seat } : null,
  }
}

function pauseAction(state: RoomState): Action {
  const resumes = state.pausedAt !== null
  return {
    name: 'pause',
    codes: digit(0),
    cap: '0',
    consequence: '',
    why: resumes ? null : whyNotPause(state),
    saying: { type: resumes ? 'resume' : 'pause' },
  }
}

/** The key that an evening without surprises presses next. */
export function expected(state: RoomState, presence: Presence): ActionName | null {
  const { turn, phase } = state
  if (phase === 'over') return null
  if (!turn) return 'next'
  const stage = stageOf(turn)
  if (stage === 'reading') return 'open'
  if (stage === 'answering') return 'right'
  if (stage === 'open') return isAwayAlone(state, turn, presence) ? 'close' : null
  return 'next'
}

/** Whether everyone who is here has chosen: whoever is away may not come back for it. */
function isAwayAlone(state: RoomState, turn: Turn, presence: Presence): boolean {
  const { answered, awaited } = answersOf(state, turn)
  return answered > 0 && awaited.every(({ seat }) => !presence[seat])
}
