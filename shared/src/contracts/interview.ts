import { z } from 'zod'
import type { QuestionKind } from '../bank/question.ts'
import type { Scorecard } from '../game/scorecard.ts'
import type { Pin } from '../ids.ts'
import { line, Name, QuestionId as QuestionIdShape } from './parts.ts'

export const mostItems = 200
const mostQuotas = 100

/** 128 bits that the server drew: the whole right to a plan, and to the scorecards of all its candidates. */
export const PlanKey = z.string().regex(/^[\w-]{22}$/)

/** So many questions of a section, which stands for all below it. */
export const Quota = z.strictObject({
  section: z.string().min(1).max(64),
  count: z.int().min(1).max(mostItems),
})
export type Quota = z.infer<typeof Quota>

/** A question as it was when the plan was made: it is asked so whatever becomes of the bank. */
export const PlannedItem = z.strictObject({
  /** `null`: it was typed in, and stands in no bank. */
  questionId: QuestionIdShape.nullable(),
  kind: z.enum(['question', 'topic', 'term']) satisfies z.ZodType<QuestionKind>,
  /** The title under which the scorecard counts it. */
  section: z.string().max(200),
  path: z.array(z.string().max(300)).max(12),
  text: z.string().min(1).max(2000),
})
export type PlannedItem = z.infer<typeof PlannedItem>

/** What an interviewer makes once, for every candidate of one opening. */
export const Plan = z.strictObject({
  title: line(60),
  bank: z.string().min(1).max(100),
  /** The same seed draws the same questions of the same bank. */
  seed: line(40),
  quotas: z.array(Quota).max(mostQuotas),
  /** Within a section; sections come in the order of the quotas. */
  order: z.enum(['shuffled', 'bank']),
  /** Asked in any case. */
  pinned: z.array(QuestionIdShape).max(mostItems),
  /** Asked in no case. */
  excluded: z.array(QuestionIdShape).max(2000),
  /** Typed in; asked at the end. */
  own: z.array(line(300)).max(50),
  /** For each question; `null`: as long as it takes. */
  seconds: z.int().min(10).max(1800).nullable(),
  /** For the whole call; `null`: as long as it takes. */
  minutes: z.int().min(1).max(240).nullable(),
  /** What each of the five levels means, from 0 up. */
  levels: z.array(line(200)).length(5),
  /** Whether the candidate may go on to the next question alone. */
  mayMoveOn: z.boolean(),
  /** Whether the candidate sees «3 из 10». */
  showsNumbers: z.boolean(),
  /** What the rest has drawn, in the order of asking: every candidate gets these. */
  items: z.array(PlannedItem).min(1).max(mostItems),
})
export type Plan = z.infer<typeof Plan>

/** `POST /api/plans`: a plan, and the host's password where the server wants one; `PUT /api/plans/<key>`: the plan alone. */
export const PlanToKeep = z.strictObject({ plan: Plan, password: z.string().max(200).optional() })
export type PlanToKeep = z.infer<typeof PlanToKeep>

/** The answer to it. The key belongs in the fragment of the plan's link. */
export interface KeptPlan {
  key: string
}

/** A candidate of a plan. */
export interface CandidateRow {
  /** The id of the scorecard's page. */
  card: string
  candidate: string
  beganAt: number | null
  endedAt: number
  /** How many questions were rated, of how many that were asked. */
  rated: number
  asked: number
  recommendation: Scorecard['conclusion']['recommendation']
}

/** `GET /api/plans/<key>`: the plan and its candidates, newest first. What its bank has lost since, the bank tells. */
export interface PlanPage {
  plan: Plan
  candidates: CandidateRow[]
}

/** `POST /api/plans/<key>/interviews`: begins one; the answer is an `OpenedRoom`. */
export const InterviewToOpen = z.strictObject({
  candidate: Name,
  /** The second one comes by a link of their own; an empty seat does no harm. */
  interviewers: z.array(Name).min(1).max(2),
})
export type InterviewToOpen = z.infer<typeof InterviewToOpen>

/** `GET /api/plans/<key>/comparison`: the scorecards of its candidates, oldest first. */
export interface Comparison {
  title: string
  levels: string[]
  cards: (Scorecard & { card: string })[]
}

/** `GET /api/scorecards/<id>`. `mayDelete`: for who ran the interview, and whoever has its plan. */
export interface ScorecardPage extends Scorecard {
  /** Tells a device which of its seats ran the interview; alone it opens nothing. */
  pin: Pin
  mayDelete: boolean
}
