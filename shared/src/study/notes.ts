import type { Bank } from '../bank/index.ts'
import type { QuestionId } from '../ids.ts'

/** A question to which the bank has another answer than the notes have. */
export interface NoteConflict {
  question: QuestionId
  bank: string
  notes: string
}

export interface MergedNotes {
  /** The bank's file: all its bytes, and the answers that it lacked. */
  text: string
  added: number
  conflicts: NoteConflict[]
  /** In their own words: questions with an answer that the bank does not have. */
  unknown: string[]
}

/**
 * Answers as a file in the bank's own format: its headings, and those of its questions that have one.
 * @param notes by the ids that the questions have in this bank
 */
export function notesFile(bank: Bank, notes: ReadonlyMap<QuestionId, string>): string {
  throw new Error(`No notes of ${bank.title} are written yet: ${notes.size}`)
}

/** Adds the answers that a bank lacks. One that it has stays, whatever the notes say. */
export function mergeNotes(bankText: string, notesText: string): MergedNotes {
  throw new Error(`No notes are merged yet: ${notesText.length} into ${bankText.length}`)
}
