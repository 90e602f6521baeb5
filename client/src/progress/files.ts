import type { Ms } from '@knopka/shared/ids'
import {
  ankiText,
  dueOrMissed,
  mergeReviews,
  readProgress,
  writeReview,
  type Cards,
  type RefusedFile,
  type Review,
} from '@knopka/shared/study'
import type { PlacedQuestion } from './questions.ts'

/** What a file brings. */
export interface Brought {
  inFile: number
  /** What is not yet here, or was revised in the file. */
  fresh: Review[]
  skipped: number
}

/** Compares a file with what is here. */
export function broughtBy(text: string, here: Review[], now: Ms): Brought | { refused: RefusedFile } {
  const read = readProgress(text, now)
  if ('refused' in read) return read
  const known = new Set(here.map(writeReview))
  const fresh = mergeReviews(here, read.reviews).filter((review) => !known.has(writeReview(review)))
  return { inFile: read.reviews.length, fresh, skipped: read.skipped }
}

/** What is due and what was not known, as a text that Anki imports. @returns `count` 0 where nothing is worth a file */
export function ankiFile(
  bankTitle: string,
  questions: PlacedQuestion[],
  cards: Cards,
  now: Ms,
): { count: number; text: string } {
  const wanted = new Set(dueOrMissed(cards, now))
  const items = questions
    .filter(({ name }) => wanted.has(name))
    .map(({ name, text, sectionTitle }) => ({ id: name, question: text, note: null, section: sectionTitle, tags: [] }))
  return { count: items.length, text: ankiText({ bankTitle, items }) }
}
