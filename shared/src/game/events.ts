import type { CommandId, Ms, QuestionId, SeatId } from '../ids.ts'
import type { Choice, QuestionKind } from '../bank/question.ts'
import type { Trust } from '../fair/score.ts'
import type {
  Chosen,
  CloseReason,
  Correction,
  Links,
  Mark,
  Member,
  Mode,
  Press,
  Rules,
  Seat,
  Split,
  Verdict,
} from './state.ts'

/** What happened, without when and by whom: `decide` adds those to all alike. */
export type Draft =
  | {
      type: 'roomOpened'
      mode: Mode
      title: string
      rules: Rules
      total: number
      sections: number
      address: string
      secret: { plan: QuestionId[]; seed: string; bank: string; links: Links; resultsId: string; roomId: string }
    }
  | { type: 'joined'; secret: { seat: { id: SeatId } & Omit<Seat, 'team'> } }
  | { type: 'renamed'; seat: SeatId; name: string }
  | { type: 'nameHidden'; seat: SeatId; hidden: boolean }
  | { type: 'removed'; seat: SeatId }
  | { type: 'letBackIn'; seat: SeatId }
  /** One person, or all whom the host dealt out at once. */
  | { type: 'teamPicked'; secret: { members: Member[] } }
  | { type: 'teamRenamed'; team: number; name: string }
  | { type: 'captainNamed'; team: number; seat: SeatId | null }
  | { type: 'teamsMerged'; from: number; into: number }
  | { type: 'roomLocked'; locked: boolean }
  | { type: 'addressChosen'; address: string }
  | { type: 'linksReplaced'; secret: { links: Links } }
  | { type: 'questionDropped'; total: number; secret: { questionId: QuestionId } }
  | {
      type: 'questionAsked'
      turn: number
      kind: QuestionKind
      path: string[]
      total: number
      text: string | null
      tieBreak: SeatId[] | null
      /** Only where it counts for nothing. */
      practice?: true
      /** Only where everyone answers by choosing. */
      choosing?: { count: number; multiple: boolean }
      secret: { questionId: QuestionId; text?: string; note?: string; choices?: Choice[] }
    }
  | {
      type: 'buzzersOpened'
      turn: number
      opensAt: Ms
      endsAt: Ms | null
      tieHash: string
      /** Only where everyone answers by choosing. */
      options?: string[]
      secret: { tieSecret: string }
    }
  | { type: 'chosen'; turn: number; secret: { choice: Chosen } }
  | { type: 'choicesMarked'; turn: number; right: number[]; spread: number[]; secret: { marks: Mark[] } }
  | {
      type: 'falseStarted'
      turn: number
      secret: { early: { seat: SeatId; until: Ms }; trust: { seat: SeatId } & Trust }
    }
  | {
      type: 'buzzed'
      turn: number
      seat: SeatId
      number: number
      name: string
      hidden: boolean
      team?: number
      arrival: number
      scoreMs: Ms
      certaintyMs: Ms
      cameMs: Ms
      overruledMs: Ms
      /** Of the first press of an opening; `null` for the rest. */
      settlesAt: Ms | null
      secret: { trust: { seat: SeatId } & Trust; tieRank: string }
    }
  | {
      type: 'floorGiven'
      turn: number
      seat: SeatId
      /** The press that brought it; phones do not know them all. */
      press: Press
      endsAt: Ms | null
      tieSecret?: string
    }
  /** Everyone who had pressed was removed before the order was found; the rest may press on. */
  | { type: 'buzzersKeptOpen'; turn: number }
  | { type: 'answerTimedOut'; turn: number; seat: SeatId }
  | { type: 'juryCalled'; turn: number; endsAt: Ms }
  /** `voted`: how many have, with this one. */
  | { type: 'voted'; turn: number; secret: { vote: Verdict; voted: number } }
  | { type: 'juryClosed'; turn: number; split: Split }
  | { type: 'protested'; turn: number; secret: { protester: SeatId } }
  | { type: 'protestRuled'; turn: number; seat: SeatId; upheld: boolean }
  | {
      type: 'verdictGiven'
      turn: number
      seat: SeatId
      verdict: Verdict
      points: number
      team?: number
      late?: boolean
    }
  | { type: 'verdictUndone'; turn: number; seat: SeatId }
  | { type: 'turnClosed'; turn: number; reason: CloseReason }
  | { type: 'answerRevealed'; turn: number; note: string | null }
  | { type: 'paused' }
  | { type: 'resumed'; shiftMs: Ms }
  | { type: 'breakBegan'; endsAt: Ms | null }
  | { type: 'breakEnded' }
  | { type: 'standingsShown'; shown: boolean }
  | { type: 'scoreCorrected'; secret: { correction: Omit<Correction, 'at'> } }
  | { type: 'gameEnded'; results: string }

type SecretOf<D> = D extends { secret: infer Secret } ? Secret : object

/** A draft as the log keeps it. On a replica `secret` holds what its viewer may read, or is not there at all. */
type Recorded<D> = D extends Draft
  ? Omit<D, 'secret'> & { at: Ms; by: SeatId; secret?: Partial<SecretOf<D>> & { commandId?: CommandId } }
  : never

export type RoomEvent = Recorded<Draft>
export type EventOf<Type extends RoomEvent['type']> = Extract<RoomEvent, { type: Type }>
