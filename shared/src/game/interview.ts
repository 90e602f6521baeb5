import type { QuestionKind } from '../bank/question.ts'
import type { Level, Rating, Recommendation } from '../contracts/command.ts'
import type { ItemId, Ms, QuestionId } from '../ids.ts'
import type { Role } from './state.ts'

export type { Level, Rating, Recommendation }

/** A question of an interview. Its id says nothing of its place, since candidates hear it. */
export interface AgendaItem {
  id: ItemId
  /** `null`: it was typed in. */
  questionId: QuestionId | null
  kind: QuestionKind
  /** The title under which the scorecard counts it. */
  section: string
  path: string[]
  text: string
  note?: string
  /** During the call. */
  added?: true
}

/** Of what an interviewer writes into one field, in characters. */
export const longestNote = 4000

/** Who rates: the one who opened the interview, and the one who came by the second link. */
export type Interviewer = 'first' | 'second'

/** What an interviewer makes of one question. */
export interface Opinion {
  rating: Rating | null
  note: string
  flagged: boolean
}

export type Opinions = Record<ItemId, Opinion>
export type BothOpinions = Record<Interviewer, Opinions>

/** A change to an opinion: what is left out stays. */
export interface Assessed extends Partial<Opinion> {
  item: ItemId
}

export interface Conclusion {
  recommendation: Recommendation | null
  strengths: string
  gaps: string
}

/** The question on the candidate's page. */
export interface Shown {
  item: ItemId
  kind: QuestionKind
  path: string[]
  text: string
  /** The how-manieth it is, of how many, where the plan shows that. */
  number: number | null
  of: number | null
  /** Since when; pauses are taken out. */
  at: Ms
  endsAt: Ms | null
}

/** What the candidate may know of an interview. */
export interface Interview {
  candidate: string
  interviewers: string[]
  /** For each question. */
  seconds: number | null
  /** For all of them. */
  minutes: number | null
  mayMoveOn: boolean
  showsNumbers: boolean
  /** For how long the scorecard is kept. */
  keptDays: number
  ready: boolean
  /** When the first question was shown; pauses are taken out. */
  beganAt: Ms | null
  shown: Shown | null
  endedAt: Ms | null
}

export const noOpinion: Opinion = { rating: null, note: '', flagged: false }

/** As whom someone of this role rates. */
export const interviewerOf = (role: Role | 'server'): Interviewer | null =>
  role === 'host' ? 'first' : role === 'cohost' ? 'second' : null
