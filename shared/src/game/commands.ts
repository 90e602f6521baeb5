import type { Question } from '../bank/question.ts'
import type { SentCommand } from '../contracts/command.ts'
import type { CommandId, ItemId, Ms, QuestionId, SeatId } from '../ids.ts'
import type { Trust } from '../fair/score.ts'
import type { DraftOf } from './events.ts'
import type { Reason } from './study.ts'
import type { DrawRules, Links, Mode, Role, Round, RoundSettings, Rules } from './state.ts'

/** Who says it: never taken from the message, always from the seat. `server` speaks for the clock. */
export interface Speaker {
  by: SeatId
  role: Role | 'server'
}

/** A press as this server scored it; all in ms after the light, but `at`. */
export interface ScoredPress {
  /** When it counts as made, on the store's clock. */
  at: Ms
  scoreMs: Ms
  certaintyMs: Ms
  cameMs: Ms
  overruledMs: Ms
  trust: Trust
  tieRank: string
}

/** A choice as this server timed it. */
export interface TimedChoice {
  /** When it counts as made, on the store's clock. */
  at: Ms
  /** The same, after the options were there. */
  afterMs: Ms
}

/** What opening the buzzers needs, now or after a wrong answer: time to carry the light to all, and a secret for ties. */
export interface Lighting {
  leadMs: Ms
  tieSecret: string
  tieHash: string
}

/** What the bank gives for rounds that were set up. */
export interface DrawnRounds {
  rounds: Round[]
  /** Of all of them, in the order of asking, and then some for tie-breaks. */
  plan: QuestionId[]
}

/** What the server adds to some commands before they are decided, since rules have no clock, no chance and no bank. */
interface Added {
  buzz: ScoredPress
  choose: TimedChoice
  answer: TimedChoice
  openBuzzers: Lighting
  giveVerdict: Lighting
  resume: Pick<Lighting, 'leadMs'>
  ask: { question: Question | null }
  planRounds: { drawn: DrawnRounds }
  replaceLink: { capability: string }
  /** `found`: in the bank, where it is asked for. */
  addItem: { itemId: ItemId; found: Question | null }
  /** What comes next for those who are here; `null`: there is nothing left to ask in these sections. */
  askNext: Lighting & { next: { question: Question; why: Reason } | null }
  stepBack: Lighting
  /** Who is here now, and what the link would be without the one who goes. */
  voteOut: { present: SeatId[]; invitation: string }
  /** Its name in the store, from which nobody finds the key. */
  bringProgress: { progress: string | null }
}

type Completed<C extends SentCommand> = C extends SentCommand
  ? C & Speaker & (C['type'] extends keyof Added ? Added[C['type']] : object)
  : never

interface Open {
  type: 'open'
  mode: Mode
  title: string
  rules: Rules
  /** As they were set up. */
  programme: RoundSettings[]
  drawn: DrawnRounds
  sections: number
  address: string
  seed: string
  bank: string
  links: Links
  resultsId: string
  roomId: string
  group?: string
  draws?: DrawRules
}

type OpenInterview = { type: 'openInterview' } & Pick<DraftOf<'interviewOpened'>, 'address' | 'interview'> &
  DraftOf<'interviewOpened'>['secret']

type OpenStudy = { type: 'openStudy' } & Pick<DraftOf<'studyOpened'>, 'title' | 'address' | 'study'> &
  DraftOf<'studyOpened'>['secret']

/** Everything that can be asked of a room. */
export type Command =
  | Completed<SentCommand>
  | (Speaker & { commandId: CommandId } & (
        | Open
        | OpenInterview
        | OpenStudy
        | { type: 'join'; name: string }
        | { type: 'expire' }
        | { type: 'settle'; turn: number; opening: number }
      ))

export type CommandOf<Type extends Command['type']> = Extract<Command, { type: Type }>
