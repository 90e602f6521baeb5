import type { Presence } from '@knopka/shared/contracts'
import {
  areStandingsUp,
  newestJudgement,
  secondsFor,
  stageOf,
  turnsOf,
  whyNotCallJury,
  whyNotOpen,
  whyNotPause,
  whyNotReveal,
  whyNotShowStandings,
  whyNotSkip,
  type AnswerGroup,
  type Judged,
  type RoomState,
  type Turn,
  type Why,
} from '@knopka/shared/game'
import type { Saying } from '../lib/outbox.ts'
import { answersOf } from '../ui/choosing.ts'
import { digit, type Action, type ActionName, type Actions } from './action.ts'
import { finalAction, isAnnounced, nextAction, practiceAction } from './coming.ts'
import { awaitsWord, endings } from './judging.ts'
import { personAt } from './teams.ts'
import { text } from './text.ts'

/**
 * Everything the console's keys do, as the rules allow it now; what the present question has no
 * use for is not there.
 *
 * @param group of the answers that were typed, which a verdict is for
 */
export function actionsOf(state: RoomState, group: AnswerGroup | null = null): Actions {
  return {
    ...endings(state, group),
    ...finalAction(state),
    open: openAction(state),
    jury: juryAction(state),
    skip: onTurn(state, 'skip', digit(4), '4', text().consequence.noPoints, whyNotSkip(state)),
    reveal: onTurn(state, 'reveal', digit(5), '5', text().consequence.toScreen, whyNotReveal(state)),
    next: nextAction(state),
    practice: practiceAction(state),
    undo: undoAction(state),
    pause: pauseAction(state),
    standings: {
      name: 'standings',
      codes: digit(6),
      cap: '6',
      consequence: areStandingsUp(state) ? text().hide : text().show,
      why: areStandingsUp(state) ? null : whyNotShowStandings(state),
      saying: { type: 'showStandings', shown: !areStandingsUp(state) },
    },
  }
}

function juryAction(state: RoomState): Action {
  const saying: Saying | null = state.turn && { type: 'callJury', turn: state.turn.turn }
  return { name: 'jury', codes: ['KeyJ'], cap: 'J', consequence: '', why: whyNotCallJury(state), saying }
}

function openAction(state: RoomState): Action {
  const why = whyNotOpen(state)
  const saying: Saying | null = state.turn && { type: 'openBuzzers', turn: state.turn.turn }
  const consequence = text().consequence.opens(state.turn && secondsFor(state.rules, state.turn))
  return { name: 'open', codes: ['Space'], cap: text().cap.space, consequence, why, saying }
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

function undoAction(state: RoomState): Action {
  const newest = newestJudgement(turnsOf(state))
  return {
    name: 'undo',
    codes: ['Backspace'],
    cap: '⌫',
    consequence: newest ? undoInWords(state, newest) : text().undoNothing,
    why: newest ? null : 'no-verdict',
    saying: newest ? takingBack(newest) : null,
  }
}

function undoInWords(state: RoomState, judged: Judged): string {
  const { undo, undoNumber, verdict } = text()
  if (judged.kind === 'number') return undoNumber(judged.right)
  if (judged.kind === 'typed') return undo(verdict[judged.verdict], `«${judged.group.text}»`)
  const { seat, team, verdict: given } = judged.judgement
  return undo(verdict[given], personAt(state, seat, team).name)
}

function takingBack(judged: Judged): Saying {
  const { turn } = judged
  if (judged.kind === 'spoken') return { type: 'undoVerdict', turn, seat: judged.judgement.seat }
  if (judged.kind === 'number') return { type: 'judgeGuesses', turn, right: null }
  return { type: 'judgeAnswers', turn, answers: judged.group.answers, verdict: null }
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
  if (!turn || isAnnounced(state)) return 'next'
  const stage = stageOf(turn)
  if (stage === 'reading') return 'open'
  if (stage === 'answering') return 'right'
  if (stage === 'open') return isAwayAlone(state, turn, presence) ? 'close' : null
  if (awaitsWord(turn)) return turn.typing?.kind === 'text' ? 'right' : null
  return 'next'
}

/** Whether everyone who is here has answered: whoever is away may not come back for it. */
function isAwayAlone(state: RoomState, turn: Turn, presence: Presence): boolean {
  const { answered, awaited } = answersOf(state, turn)
  return answered > 0 && awaited.every(({ seat }) => !presence[seat])
}
