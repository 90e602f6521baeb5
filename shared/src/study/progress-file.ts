import type { Ms } from '../ids.ts'
import { dayMs } from './cards.ts'
import { mergeReviews, reviewIn, type Review } from './review.ts'

/** Why a file that somebody wants to import is not taken. */
export type RefusedFile = 'not-ours' | 'truncated' | 'newer' | 'too-large'

const version = 1
const mostReviews = 200_000
/** As many letters as so many reviews can have. */
const longestFile = mostReviews * 400
/** Nothing was studied here earlier. */
const firstDay = Date.UTC(2020, 0, 1)

const head = `{"knopka":"progress","version":${version},"reviews":[`

/** The file in which people carry their progress away: JSON, a line a review. */
export const writeProgress = (reviews: Review[]): string =>
  `${head}\n${mergeReviews(reviews).map(written).join(',\n')}\n]}\n`

const written = ({ id, question, at, rating, revision }: Review) =>
  JSON.stringify({ id, question, at, rating, revision })

/** `skipped` counts what is no review, or was given at a time that cannot be. */
export function readProgress(text: string, now: Ms): { reviews: Review[]; skipped: number } | { refused: RefusedFile } {
  if (text.length > longestFile) return { refused: 'too-large' }
  const file = parsed(text.replace(/^\uFEFF/, ''))
  if ('refused' in file) return file
  if (file.reviews.length > mostReviews) return { refused: 'too-large' }
  const reviews = file.reviews.map(reviewIn).filter((review) => review !== null && isPossible(review, now))
  return { reviews: mergeReviews(reviews as Review[]), skipped: file.reviews.length - reviews.length }
}

/** A clock may be a little ahead. */
const isPossible = ({ at }: Review, now: Ms) => at >= firstDay && at <= now + dayMs

function parsed(text: string): { reviews: unknown[] } | { refused: RefusedFile } {
  let file: unknown
  try {
    file = JSON.parse(text)
  } catch {
    return { refused: isCutOff(text) ? 'truncated' : 'not-ours' }
  }
  if (typeof file !== 'object' || file === null) return { refused: 'not-ours' }
  const { knopka, version: written, reviews } = file as Record<string, unknown>
  if (knopka !== 'progress' || !Number.isSafeInteger(written)) return { refused: 'not-ours' }
  if ((written as number) > version) return { refused: 'newer' }
  return Array.isArray(reviews) ? { reviews } : { refused: 'not-ours' }
}

/** It begins as ours do, as far as it goes. */
const isCutOff = (text: string) => text.startsWith(head) || head.startsWith(text.trimEnd())
