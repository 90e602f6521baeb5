import type { Ms, QuestionId, SeatId } from '../ids.ts'
import type { Choice, QuestionKind } from '../bank/question.ts'
import type { TypingRules } from '../contracts/room.ts'
import type { Verdict } from '../contracts/command.ts'
import type { Shards } from './shards.ts'
import type { Member } from './state.ts'
import type { RatedThen, Studied } from './study.ts'

export interface Press {
  seat: SeatId
  /** Carried here, because phones hold no roster. */
  number: number
  name: string
  hidden: boolean
  /** Whose team it was for, where there are any. */
  team?: number
  /** Which opening of the buzzers it belongs to; 1 for the first of a question. */
  opening: number
  /** 0 for the first of its opening that came in, whoever pressed first. */
  arrival: number
  /** When it was pressed, in ms after the buzzers opened. */
  scoreMs: Ms
  /** By how much `scoreMs` may be off, in ms either way. */
  certaintyMs: Ms
  /** How long after the buzzers opened the press came in; what lies between is its way. */
  cameMs: Ms
  /** By how much the phone's own time was not believed. */
  overruledMs: Ms
  /** 0 for the first of its question that got the floor; `null`: it waits, or never came to it. */
  called: number | null
}

export interface Judgement {
  seat: SeatId
  team?: number
  verdict: Verdict
  points: number
  at: Ms
  /** Given when the question was over, to someone who never had the floor: it decides nothing but points. */
  late?: boolean
}

/** What one seat chose among the options, 0 for the first that is shown. */
export interface Chosen {
  options: number[]
  /** How long after the options were there. */
  afterMs: Ms
}

/** A choice, and what it earned. */
export interface Mark extends Chosen {
  seat: SeatId
  points: number
}

/** What one seat typed. */
export interface Typed {
  text: string
  /** How long after everyone could. */
  afterMs: Ms
}

/** What an answer that was typed came to. */
export interface TypedMark {
  seat: SeatId
  verdict: Verdict
  points: number
  at: Ms
  /** What was typed, where it is right: the hall may read it then. */
  text?: string
}

/** A question that everyone answers by typing. */
export interface Typing {
  kind: TypingRules['kind']
  /** The number that was to be guessed, once the host has said it. */
  right: number | null
}

/** What a question is worth beyond the usual point, and to whom. */
export interface Worth {
  /** Which cell of the board it is; the number behind the last one is the final. */
  cell: number
  value: number
  /**
   * What makes it more than its value: whoever picked it plays it alone, with a stake; or everyone plays, each with a
   * stake of their own.
   */
  kind: 'plain' | 'double' | 'final'
  /** Who had the pick when it was asked, and for whom they play. */
  picker: Picker | null
  /** Of a double, once it is said. */
  stake: number | null
}

/** Whoever has the pick; named, because phones hold no roster. */
export interface Picker extends Member {
  number: number
  name: string
  hidden: boolean
}

/** A question that everyone answers by choosing. */
export interface Choosing {
  count: number
  /** Whether more than one option belongs to the answer: only all of them, and no other, are right. */
  multiple: boolean
  /** Nobody but hosts knows them before the question opens. */
  options: string[] | null
  /** Once it is closed: which ones are right, and how often each was chosen. */
  right: number[] | null
  spread: number[] | null
}

/** How many of the hall would give which verdict. */
export type Split = Record<Verdict, number>

/** The hall votes on what it has just heard; the host decides. */
interface Jury {
  endsAt: Ms
  /** Once the time to vote is over. */
  split: Split | null
}

interface Floor {
  seat: SeatId
  /** When the time to answer is over; `null`: the host decides. */
  endsAt: Ms | null
  timedOut: boolean
  jury: Jury | null
}

export type CloseReason = 'answered' | 'nobody' | 'time-out' | 'skipped'

/** One question being played, or played before. */
export interface Turn {
  /** 1 for the first question of the evening. Commands name it, so that a late press does no harm. */
  turn: number
  kind: QuestionKind
  path: string[]
  /** Only where phones show it; else it lies under `secret`. */
  text: string | null
  /** The how-manieth round it belongs to, 1 for the first. */
  round: number
  /** Who may take part, of a tie-break and of a double; `null`: everyone. */
  only: SeatId[] | null
  /** `null`: it is of no board. */
  worth: Worth | null
  /** `null`: nobody chooses among options. */
  choosing: Choosing | null
  /** `null`: nobody types. Where there is neither, the buzzers decide who answers. */
  typing: Typing | null
  /** `null`: it is of no study room. */
  studied: Studied | null
  /** To try the buttons: its points count for nothing. */
  practice: boolean
  /** How often the buzzers, or the choices, were opened. */
  openings: number
  opensAt: Ms | null
  /** When the buzzers close; `null`: the host decides. */
  endsAt: Ms | null
  presses: Press[]
  /** Until when presses are waited for that may beat the first to come in; `null`: none is awaited. */
  settlesAt: Ms | null
  /** Fixed before anyone pressed, so that ties are broken by what nobody could choose. */
  tieHash: string | null
  floor: Floor | null
  /** Verdicts that stand, oldest first. */
  verdicts: Judgement[]
  closed: CloseReason | null
  revealed: { note: string | null } | null
  secret: {
    questionId?: QuestionId
    text?: string
    /** The text, until it may be seen: stakes come before it. */
    sealed?: string
    note?: string
    /** Until when those who pressed too early are locked. */
    early?: Record<SeatId, Ms>
    /** Breaks ties: the least wins. */
    tieRanks?: Shards<string>
    tieSecret?: string
    /** In the order in which they are shown. */
    choices?: Choice[]
    /** Of everyone who has chosen. */
    chosen?: Shards<Chosen>
    /** The same people, in that order, without what they chose. */
    whoChose?: SeatId[]
    /** Of the hall that judges who answers now; and how many there are. */
    votes?: Shards<Verdict>
    voted?: number
    /** Of everyone who has chosen, once the question is closed. */
    marks?: Mark[]
    /** Of everyone who has answered by typing. */
    typed?: Shards<Typed>
    /** The same people, in that order, without what they typed. */
    whoTyped?: SeatId[]
    /** Of those whose answers were judged. */
    typedMarks?: TypedMark[]
    /** Of everyone who has said one, in a final. */
    stakes?: Shards<number>
    /** The same people, in that order. */
    whoStaked?: SeatId[]
    /** In a study room, what each wrote before all is shown. */
    written?: Shards<string>
    /** The same people, in that order. */
    whoWrote?: SeatId[]
    /** In a study room, how well each knew it. */
    ratings?: Shards<RatedThen>
  }
}
