import { z } from 'zod'
import type { SectionMap } from '../study/index.ts'
import type { Pin } from '../ids.ts'
import { line, QuestionId as QuestionIdShape } from './parts.ts'

/** What a study room asks, and how; anyone in it may change it. */
export const StudySettings = z.strictObject({
  /** Section ids; a section stands for all below it. */
  sections: z.array(z.string().min(1).max(64)).min(1).max(1000),
  /** Of a hundred questions, how many nobody present has studied yet, as long as others are due. */
  newPercent: z.int().min(0).max(100),
  /** Whether everyone may type an answer before all are shown. */
  typesFirst: z.boolean(),
})
export type StudySettings = z.infer<typeof StudySettings>

/** How well somebody knew it, in their own eyes. */
export const StudyRating = z.enum(['again', 'hard', 'good', 'easy'])
export type StudyRating = z.infer<typeof StudyRating>

/** `POST /api/studies`: opens a study room, with the host's password where the server wants one. */
export const StudyToOpen = z.strictObject({
  title: line(60),
  bank: z.string().min(1).max(100),
  study: StudySettings,
  password: z.string().max(200).optional(),
})
export type StudyToOpen = z.infer<typeof StudyToOpen>

/** The answer to it; the invitation belongs in the fragment of the room's link. */
export interface OpenedStudy {
  pin: Pin
  invitation: string
}

/** The whole right to somebody's progress: 128 bits that a browser drew. */
export const ProgressKey = z.string().regex(/^[\w-]{22}$/)

/** So many at most travel at once. */
export const mostReviewsAtOnce = 2000

/** What a person made of a question, once; of those with the same id the greatest revision counts. */
export const StudyReview = z.strictObject({
  id: z.string().min(1).max(100),
  question: QuestionIdShape,
  at: z.number().min(0).max(8e15),
  rating: StudyRating.nullable(),
  revision: z.int().min(0),
})

/** `GET /api/progress`, `Authorization: Bearer <key>`: all of somebody's reviews. `DELETE` forgets them for good. */
export interface KeptProgress {
  reviews: z.infer<typeof StudyReview>[]
}

/** `POST /api/progress`, with the same right: adds reviews to what is there, and loses none. */
export const ReviewsToKeep = z.strictObject({ reviews: z.array(StudyReview).max(mostReviewsAtOnce) })
export type ReviewsToKeep = z.infer<typeof ReviewsToKeep>

/** `GET /api/studies/<pin>/map`, with a seat token: what those who share it know together. */
export interface TeamMap {
  /** How many share theirs. */
  people: number
  sections: SectionMap[]
}
