import { inAllBanks } from '@knopka/shared/bank'
import { ankiText } from '@knopka/shared/study'
import type { Asked } from './summary.ts'

/** What one did not know in this session, or hardly. */
export const missedIn = (asked: Asked[]): Asked[] =>
  asked.filter(({ rating }) => rating === 'again' || rating === 'hard')

/** The same as a text that Anki imports, with the answers as they were shown. */
export function missedForAnki(bank: string, title: string, asked: Asked[]): string {
  const items = missedIn(asked).map(({ questionId, text, note, path }) => ({
    id: inAllBanks(bank, questionId),
    question: text,
    note,
    section: path.at(-1) ?? title,
    tags: [],
  }))
  return ankiText({ bankTitle: title, items })
}
