import type { CommandId, ItemId, Ms, QuestionId, SeatId } from '../ids.ts'
import type {
  ChoiceRules,
  DrawRules,
  RoomSettings,
  RoundRules,
  RoundSettings,
  Rules,
  TypingRules,
} from '../contracts/room.ts'
import type { Verdict } from '../contracts/command.ts'
import type { Trust } from '../fair/score.ts'
import type { BothOpinions, Conclusion, Interview, Interviewer, AgendaItem, Level, Opinions } from './interview.ts'
import type { Shards } from './shards.ts'
import type { Notes, Study } from './study.ts'
import type { Turn } from './turn.ts'

export type * from './interview.ts'
export type * from './study.ts'
export type * from './turn.ts'
export type { ChoiceRules, DrawRules, RoundRules, RoundSettings, Rules, TypingRules, Verdict }
export type Mode = RoomSettings['mode'] | 'interview' | 'study'

/**
 * A screen is the projector's view: it sees what everyone may see and presses nothing. In an interview the host and the
 * co-host are the two who ask. In a study room all are members.
 */
export type Role = 'host' | 'cohost' | 'player' | 'screen' | 'candidate' | 'member'

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

/** A run of questions with one set of rules. */
export interface Round {
  title: string | null
  /** How many questions it has; of one that is over, how many were asked. */
  count: number
  /** To how many of them the bank has options; a log of yesterday does not say. */
  options?: number
  board: Board | null
}

/** «Своя игра»: its cells are counted column after column, each from the top; 0 for the first. */
export interface Board {
  columns: { title: string; cells: number }[]
  /** What the first row is worth; the second twice that. */
  step: number
  doubles: number
  /** Whether one question for all ends it. */
  final: boolean
}

/** A player asks for a review of what was decided on one question. */
export interface Protest {
  turn: number
  seat: SeatId
  at: Ms
  /** `null` until the host has ruled. */
  upheld: boolean | null
}

/** Points by hand, for a person or for a team: one of the two is there. */
export interface Correction {
  seat?: SeatId
  team?: number
  points: number
  reason: string
  at: Ms
}

/** Capabilities of 128 bits, each the whole right to a role. */
export interface Links {
  host: string
  cohost: string
  /** Only of an interview. */
  candidate?: string
}

/**
 * A room as its log folds to. What is outside `secret` is for everyone; each part under `secret` is there only on
 * the replicas that may read it (`secrets.ts`), and `evolve` leaves a part that is not there alone.
 */
export interface RoomState {
  mode: Mode
  title: string
  /** Those that hold now. */
  rules: Rules
  /** In the order in which they are played. */
  rounds: Round[]
  /** The how-manieth of them is on, 1 for the first. */
  round: number
  /** For each cell of its board, and its final, the question that was asked from it; `null`: none was yet, 0: it has none. */
  cells: (number | null)[]
  /** The cell that whoever has the pick would like. */
  picked: number | null
  /** How many questions the evening has, all rounds together; a tie-break adds one. */
  total: number
  /** From how many sections they come. */
  sections: number
  /** Where phones go: `http://192.168.1.5:3000`. */
  address: string
  phase: 'unopened' | 'lobby' | 'playing' | 'over'
  locked: boolean
  pausedAt: Ms | null
  /** As the host has said since the last question; `null`: as the rules say. */
  standingsShown: boolean | null
  /** Between two questions; `endsAt` is for people to see, `null`: until the host goes on. */
  break: { endsAt: Ms | null } | null
  /** Those that there are; none where everyone plays for themselves. */
  teams: Team[]
  turn: Turn | null
  /** Only in that mode. */
  interview: Interview | null
  /** Only in that mode. */
  study: Study | null
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
    /** Ids in the order of asking, round after round; what lies beyond `total` is there for tie-breaks. */
    plan?: QuestionId[]
    /** Behind the cells of the board. */
    cellIds?: QuestionId[]
    /** The rounds as they were set up. */
    programme?: RoundSettings[]
    /** By how many percent more time than others somebody has to answer, for those who need it. */
    extraTime?: Record<SeatId, number>
    seed?: string
    bank?: string
    links?: Links
    /** Ids of the last commands of each seat, so that one sent twice is decided once. */
    done?: Shards<CommandId[]>
    /** Set from the start, so that nobody can guess where the results will be. */
    resultsId?: string
    /** Names this room among all that ever had its PIN; seat tokens are bound to it. */
    roomId?: string
    /** Names the group that remembers what is asked. */
    group?: string
    /** What its questions are drawn by, also those of rounds that are added later. */
    draws?: DrawRules
    /** How far each seat is believed; it outlives reconnects and restarts. */
    trust?: Shards<Trust>
    /** The questions of an interview, in the order of asking. */
    agenda?: AgendaItem[]
    levels?: string[]
    planTitle?: string
    /** Names the plan, and is not the right to it. */
    planName?: string
    /** How long each question that was asked has been on the candidate's page; of the present one, up to when it came. */
    spent?: Record<ItemId, Ms>
    /** What each interviewer makes of the answers, as long as neither may see the other's. */
    first?: Opinions
    second?: Opinions
    /** The same once they may. */
    opinions?: BothOpinions
    finished?: Interviewer[]
    agreed?: Record<ItemId, Level>
    conclusion?: Conclusion
    /** Set from the start, so that nobody can guess where the scorecard will be. */
    cardId?: string
    /** The same, once there is one. */
    card?: string
    /** What brings somebody into a study room. */
    invitation?: string
    /** The answers that members of a study room wrote; they stand before the bank's. */
    notes?: Notes
    /** Under which name the store keeps what each seat rates. */
    progress?: Record<SeatId, string>
  }
}
