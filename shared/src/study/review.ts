import type { Ms, QuestionId } from '../ids.ts'

/** How well somebody knew an answer, by their own word; worst first. */
export const ratings = ['again', 'hard', 'good', 'easy'] as const
export type Rating = (typeof ratings)[number]

/** What somebody said of one question at one turn. Progress is a set of these and nothing else. */
export interface Review {
  /** Names the turn at which it was given, `<room>/<turn>`: the same for every revision of it. */
  id: string
  /** In the bank that is made of all banks. */
  question: QuestionId
  at: Ms
  /** `null`: it was taken back. */
  rating: Rating | null
  /** Counts how often the person thought better of it; the greatest is what counts. */
  revision: number
}

/** One line. The same review is always written alike. */
export const writeReview = ({ id, question, at, rating, revision }: Review): string =>
  JSON.stringify([id, question, at, rating, revision])

/** `null` for whatever `writeReview` does not write: a newer version may have written it. */
export function readReview(text: string): Review | null {
  const parts = parsed(text)
  if (!Array.isArray(parts) || parts.length !== 5) return null
  const [id, question, at, rating, revision] = parts as unknown[]
  return reviewIn({ id, question, at, rating, revision })
}

/** `null` for what is no review. */
export function reviewIn(value: unknown): Review | null {
  if (typeof value !== 'object' || value === null) return null
  const { id, question, at, rating, revision } = value as Record<string, unknown>
  const isSound = isName(id, 100) && isName(question, 165) && isInstant(at) && isRating(rating) && isCount(revision)
  return isSound ? { id, question, at, rating, revision } : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const isName = (value: unknown, longest: number): value is string =>
  typeof value === 'string' && value !== '' && value.length <= longest
/** Later ones are no dates. */
const isInstant = (value: unknown): value is Ms =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 && value <= 8e15
const isRating = (value: unknown): value is Rating | null => value === null || ratings.includes(value as Rating)
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

/** All of them, each once as it was revised last, oldest first: the same for every order and grouping of the sets. */
export function mergeReviews(...sets: readonly Review[][]): Review[] {
  const merged = new Map<string, Review>()
  for (const set of sets) {
    for (const review of set) {
      const known = merged.get(review.id)
      if (!known || isLater(review, known)) merged.set(review.id, review)
    }
  }
  return [...merged.values()].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
}

function isLater(review: Review, known: Review): boolean {
  if (review.revision !== known.revision) return review.revision > known.revision
  return writeReview(review) > writeReview(known)
}

/** A review that was not taken back. */
export type Rated = Review & { rating: Rating }

/** The ratings that stand, oldest first. */
export const ratedIn = (reviews: Review[]): Rated[] =>
  mergeReviews(reviews).filter((review): review is Rated => review.rating !== null)
