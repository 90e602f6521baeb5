import type { CommandId, Ms, QuestionId, SeatId } from '../ids.ts'
import type { Choice, QuestionKind } from '../bank/question.ts'
import type { ChoiceRules, RoomSettings, Rules } from '../contracts/room.ts'
import type { Verdict } from '../contracts/command.ts'
import type { Trust } from '../fair/score.ts'
import type { Shards } from './shards.ts'

export type { ChoiceRules, Rules, Verdict }
export type Mode = RoomSettings['mode']

/** A screen is the projector's view: it sees what everyone may see and presses nothing. */
export type Role = 'host' | 'cohost' | 'player' | 'screen'

/** Who looks: a role, and a seat where there is one (a screen has none). */
export interface Viewer {
  role: Role
  seat: SeatId | null
}

export interface Seat {
  /** 1 for the first who joined; picks the mark and stands in for a hidden name. */
  number: number
  name: string
  hidden: boolean
  removed: boolean
  /** `null`: in none. */
  team: number | null
}

export interface Team {
  /** 1 for the first; picks its colour, shape and sound. */
  number: number
  /** `null`: called by its shape. */
  name: string | null
  captain: SeatId | null
}

/** Who plays for whom: all that rules need to know of a seat. */
export interface Member {
  seat: SeatId
  team: number | null
}

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

/** A player asks for a review of what was decided on one question. */
export interface Protest {
  turn: number
  seat: SeatId
  at: Ms
  /** `null` until the host has ruled. */
  upheld: boolean | null
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
  /** Who may press, when the question breaks a tie; `null`: everyone. */
  tieBreak: SeatId[] | null
  /** `null`: the buzzers decide who answers. */
  choosing: Choosing | null
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
  }
}

export interface Correction {
  seat: SeatId
  points: number
  reason: string
  at: Ms
}

/** Capabilities of 128 bits, each the whole right to a role. */
export interface Links {
  host: string
  cohost: string
}

/**
 * A room as its log folds to. What is outside `secret` is for everyone; each part under `secret` is there only on
 * the replicas that may read it (`secrets.ts`), and `evolve` leaves a part that is not there alone.
 */
export interface RoomState {
  mode: Mode
  title: string
  rules: Rules
  /** How many questions the evening has; a tie-break adds one. */
  total: number
  /** From how many sections they come. */
  sections: number
  /** Where phones go: `http://192.168.1.5:3000`. */
  address: string
  phase: 'unopened' | 'lobby' | 'playing' | 'over'
  locked: boolean
  pausedAt: Ms | null
  standingsShown: boolean
  /** Between two questions; `endsAt` is for people to see, `null`: until the host goes on. */
  break: { endsAt: Ms | null } | null
  /** Those that there are; none where everyone plays for themselves. */
  teams: Team[]
  turn: Turn | null
  /** Once the evening is over: the id of its page of results. */
  results: { id: string; endedAt: Ms } | null
  secret: {
    roster?: Shards<Seat>
    /** How many are in it and were not removed. */
    inGame?: number
    /** Whose a name was last, by the name as {@link plainName} reads it; whether it still is, the roster says. */
    names?: Shards<SeatId>
    past?: Turn[]
    corrections?: Correction[]
    protests?: Protest[]
    /** Ids in the order of asking; what lies beyond `total` is there for tie-breaks. */
    plan?: QuestionId[]
    seed?: string
    bank?: string
    links?: Links
    /** Ids of the last commands of each seat, so that one sent twice is decided once. */
    done?: Shards<CommandId[]>
    /** Set from the start, so that nobody can guess where the results will be. */
    resultsId?: string
    /** Names this room among all that ever had its PIN; seat tokens are bound to it. */
    roomId?: string
    /** How far each seat is believed; it outlives reconnects and restarts. */
    trust?: Shards<Trust>
  }
}
