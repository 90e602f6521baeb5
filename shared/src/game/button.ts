import type { Ms } from '../ids.ts'
import { hasPressed, stageOf } from './ask.ts'
import { whyNotBuzz } from './why.ts'
import type { Mine } from './mine.ts'
import type { RoomState, Turn } from './state.ts'

/** What the big button of a phone looks like. */
export type ButtonFace =
  /** No question on the table. */
  | 'wait'
  /** The host reads; pressing now is a false start. */
  | 'ready'
  | 'press'
  /** Pressed; the order is not known yet. */
  | 'sent'
  /** You were first: answer. */
  | 'first'
  /** Someone else answers, and a press now would come behind theirs. */
  | 'join-queue'
  /** Someone else answers, and pressing is over for now, or you pressed already. */
  | 'other'
  /** You pressed too early; it comes back in a moment. */
  | 'early'
  /** You are out of this question. */
  | 'locked'
  | 'closed'
  | 'paused'
  | 'over'

/** Faces whose button goes down when it is pressed; on all others it says why not. */
export const pressable: readonly ButtonFace[] = ['ready', 'press', 'join-queue', 'early']

/** @param now the store's clock, as this phone knows it */
export function buttonFace(state: RoomState, mine: Mine, now: Ms): ButtonFace {
  const { turn } = state
  switch (whyNotBuzz(state, mine.seat, mine)) {
    case 'not-started':
      return 'wait'
    case 'game-over':
      return 'over'
    case 'paused':
      return 'paused'
    case 'by-choice':
      return 'wait'
    case 'question-closed':
    case 'time-is-up':
      return 'closed'
    case 'locked-out':
    case 'team-answered':
    case 'no-team':
    case 'not-captain':
    case 'not-in-tie-break':
    case 'not-your-question':
    case 'had-a-press':
      return 'locked'
    default:
      return turn ? faceInPlay(turn, mine, state.rules.afterWrong === 'next-in-queue', now) : 'wait'
  }
}

/** Whether a press of this phone's own has come through, also one that phones do not hear of. */
export const isPressedBy = (turn: Turn, mine: Mine): boolean =>
  hasPressed(turn, mine.seat) || mine.pressed === turn.openings

function faceInPlay(turn: Turn, mine: Mine, queueIsOpen: boolean, now: Ms): ButtonFace {
  if (turn.floor?.seat === mine.seat) return 'first'
  if (isPressedBy(turn, mine)) return turn.floor ? 'other' : 'sent'
  const stage = stageOf(turn)
  if (stage === 'answering' && !queueIsOpen) return 'other'
  if (mine.earlyUntil > now) return 'early'
  if (stage === 'answering') return 'join-queue'
  return stage === 'open' && now >= (turn.opensAt ?? Infinity) ? 'press' : 'ready'
}
