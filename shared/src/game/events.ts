import type { CommandId, ItemId, Ms, QuestionId, SeatId } from '../ids.ts'
import type { Choice, QuestionKind } from '../bank/question.ts'
import type { Trust } from '../fair/score.ts'
import type { NoteVersion, Rated, Reason, ShownAnswer, StudySettings } from './study.ts'
import type {
  Assessed,
  BothOpinions,
  Chosen,
  CloseReason,
  Conclusion,
  Correction,
  DrawRules,
  Interview,
  Interviewer,
  AgendaItem,
  Level,
  Links,
  Mark,
  Member,
  Mode,
  Press,
  Round,
  RoundRules,
  RoundSettings,
  Rules,
  Seat,
  Shown,
  Split,
  Typed,
  TypedMark,
  TypingRules,
  Verdict,
  Worth,
} from './state.ts'

/** What happened, without when and by whom: `decide` adds those to all alike. */
export type Draft =
  | {
      type: 'roomOpened'
      mode: Mode
      title: string
      rules: Rules
      rounds: Round[]
      total: number
      sections: number
      address: string
      secret: {
        plan: QuestionId[]
        programme: RoundSettings[]
        seed: string
        bank: string
        links: Links
        resultsId: string
        roomId: string
        /** Only where a group remembers what is asked; names it, and is not the right to it. */
        group?: string
        /** What its questions are drawn by. */
        draws?: DrawRules
      }
    }
  /** The rounds behind the first `kept` are others from here on; `plan` is all that was not asked yet. */
  | {
      type: 'roundsPlanned'
      kept: number
      rounds: Round[]
      /** Of the first round, where nothing was asked yet. */
      rules: RoundRules | null
      total: number
      secret: { rest: QuestionId[]; programme: RoundSettings[] }
    }
  /** What the one before it has left is not asked any more. */
  | { type: 'roundBegan'; round: number; rules: RoundRules; total: number }
  | { type: 'rulesChanged'; rules: RoundRules }
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
  /** `cell`: of the board, where nothing takes its place. */
  | { type: 'questionDropped'; total: number; cell?: number; secret: { questionId: QuestionId } }
  | { type: 'cellPicked'; cell: number }
  | {
      type: 'questionAsked'
      turn: number
      kind: QuestionKind
      path: string[]
      total: number
      text: string | null
      only: SeatId[] | null
      /** Only of a board. */
      worth?: Omit<Worth, 'stake'>
      /** Only where it counts for nothing. */
      practice?: true
      /** Only where everyone answers by choosing. */
      choosing?: { count: number; multiple: boolean }
      /** Only where everyone answers by typing. */
      typing?: TypingRules['kind']
      /** Only in a study room. */
      why?: Reason
      secret: { questionId: QuestionId; text?: string; sealed?: string; note?: string; choices?: Choice[] }
    }
  /** `stake` of a double, where everyone hears it; in a final each keeps theirs. */
  | {
      type: 'staked'
      turn: number
      stake: number | null
      /** With the stake of a double comes the question. */
      text?: string
      secret: { staker: SeatId; stake: { seat: SeatId; points: number }; text?: string }
    }
  | {
      type: 'buzzersOpened'
      turn: number
      opensAt: Ms
      endsAt: Ms | null
      tieHash: string
      /** Only where everyone answers by choosing. */
      options?: string[]
      /** Only where nobody was to see the question before, and phones show it. */
      text?: string
      secret: { tieSecret: string; text?: string }
    }
  | { type: 'chosen'; turn: number; secret: { choice: Chosen } }
  | { type: 'choicesMarked'; turn: number; right: number[]; spread: number[]; secret: { marks: Mark[] } }
  | { type: 'typed'; turn: number; secret: { answer: Typed } }
  /** `answers`: those that were judged, as {@link plainAnswer} reads them. */
  | {
      type: 'answersJudged'
      turn: number
      right: number | null
      secret: { answers: string[]; typedMarks: Omit<TypedMark, 'at'>[] }
    }
  /** What these seats typed waits for a word again; so does the number that was to be guessed. */
  | { type: 'answersUnjudged'; turn: number; secret: { unjudged: SeatId[] } }
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
  | { type: 'extraTimeGiven'; secret: { allowance: { seat: SeatId; percent: number } } }
  | { type: 'scoreCorrected'; secret: { correction: Omit<Correction, 'at'> } }
  | { type: 'gameEnded'; results: string }
  | {
      type: 'interviewOpened'
      address: string
      interview: Omit<Interview, 'ready' | 'beganAt' | 'shown' | 'endedAt'>
      secret: {
        agenda: AgendaItem[]
        levels: string[]
        planTitle: string
        planName: string
        bank: string
        links: Links
        cardId: string
        roomId: string
      }
    }
  | { type: 'candidateReady' }
  | ({ type: 'itemShown' } & Omit<Shown, 'at'>)
  /** Behind another; `null`: at the end. */
  | { type: 'itemAdded'; secret: { addition: { item: AgendaItem; after: ItemId | null } } }
  /** As long as each is blind to the other. */
  | { type: 'firstAssessed'; secret: { first: Assessed } }
  | { type: 'secondAssessed'; secret: { second: Assessed } }
  | { type: 'finishedRating'; secret: { finisher: { interviewer: Interviewer; finished: boolean } } }
  /** Both had finished, or the call was over. */
  | { type: 'opinionsOpened'; secret: { opinions: BothOpinions } }
  | { type: 'opinionMended'; secret: { mended: Assessed & { interviewer: Interviewer } } }
  | { type: 'agreed'; secret: { agreement: { item: ItemId; level: Level | null } } }
  | { type: 'concluded'; secret: { conclusion: Partial<Conclusion> } }
  | { type: 'interviewEnded'; secret: { card: string } }
  | {
      type: 'studyOpened'
      title: string
      rules: Rules
      address: string
      study: StudySettings
      secret: { bank: string; seed: string; roomId: string; invitation: string }
    }
  | { type: 'studyChanged'; study: StudySettings }
  /** What was asked before may be asked again. */
  | { type: 'sessionBegan'; session: number }
  | { type: 'sessionEnded' }
  /** `whoWrote`: everyone who has, with this one. */
  | { type: 'written'; turn: number; secret: { written: string } }
  | { type: 'studyRevealed'; turn: number; note: string | null; shown: ShownAnswer[] }
  | { type: 'rated'; turn: number; secret: { rated: Rated } }
  /** To the time before all was shown; before anyone had the floor; or to the question before this one. */
  | { type: 'steppedBack'; turn: number; to: 'answer' | 'question' | 'previous' }
  | { type: 'votedOut'; seat: SeatId; out: boolean }
  /** Who was removed knew the link. */
  | { type: 'invitationChanged'; secret: { invitation: string } }
  | { type: 'noteWritten'; secret: { noted: { questionId: QuestionId; version: Omit<NoteVersion, 'at'> } } }
  | { type: 'progressBrought'; secret: { brought: { seat: SeatId; progress: string | null } } }
  | { type: 'mapShared'; shared: boolean }

type SecretOf<D> = D extends { secret: infer Secret } ? Secret : object

/** A draft as the log keeps it. On a replica `secret` holds what its viewer may read, or is not there at all. */
type Recorded<D> = D extends Draft
  ? Omit<D, 'secret'> & { at: Ms; by: SeatId; secret?: Partial<SecretOf<D>> & { commandId?: CommandId } }
  : never

export type RoomEvent = Recorded<Draft>
export type EventOf<Type extends RoomEvent['type']> = Extract<RoomEvent, { type: Type }>
export type DraftOf<Type extends Draft['type']> = Extract<Draft, { type: Type }>
