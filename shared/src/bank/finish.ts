import { hash } from './hash.ts'
import { kindOf } from './kind.ts'
import type { Choice, Question } from './question.ts'

/** A question while its lines are being read. */
export interface Draft {
  text: string
  note: string[]
  choices: Choice[]
  line: number
  /** Where its words and choices end, so far. */
  end: number
}

/** What still is read from the last row of a hall; the longest of the bank that ships here has 147. */
const longestText = 600
const longestNote = 20_000

const explicitId = /\{#([^\s{}]*)\}$/
const idShape = /^[\p{L}\p{N}._-]{1,64}$/u

/** A question as the bank keeps it, and what is wrong with it. */
export function finished(draft: Draft, path: string[]): { question: Question; faults: string[] } {
  const [marker, explicit] = explicitId.exec(draft.text) ?? []
  const text = marker === undefined ? draft.text : draft.text.slice(0, -marker.length).trimEnd()
  const note = noteOf(draft.note)
  const question: Question = {
    id: explicit || hash([...path, text].join('\n')),
    kind: kindOf(text),
    text,
    path,
    ...(note ? { note } : {}),
    ...(draft.choices.length > 0 ? { choices: draft.choices } : {}),
    line: draft.line,
  }
  return { question, faults: [...faultsOfText(text, note), ...faultsOfId(explicit), ...faultsOfChoices(draft.choices)] }
}

/** An answer from its lines. */
export const noteOf = (lines: string[]): string =>
  lines
    .join('\n')
    .trim()
    .replace(/\n{3,}/g, '\n\n')

function faultsOfText(text: string, note: string): string[] {
  const empty = text === '' ? ['The question has no words. Write it before its {#id}.'] : []
  const long =
    text.length > longestText
      ? [
          `The question has ${text.length} characters; ${longestText} still fit on a wall. Shorten it, or move a part into its answer.`,
        ]
      : []
  const wordy =
    note.length > longestNote
      ? [`The answer has ${note.length} characters; up to ${longestNote} are kept. Shorten it.`]
      : []
  return [...empty, ...long, ...wordy]
}

const faultsOfId = (id: string | undefined): string[] =>
  id === undefined || idShape.test(id)
    ? []
    : [`The id {#${id}} cannot be used. Take up to 64 letters, digits, ".", "_", "-".`]

/** As many as a phone may name in its answer. */
const mostChoices = 50

function faultsOfChoices(choices: Choice[]): string[] {
  if (choices.length === 0) return []
  if (choices.length > mostChoices) return [`There are ${choices.length} choices. Leave at most ${mostChoices}.`]
  if (choices.length === 1) return ['There is one choice alone. Add another, or delete it.']
  return choices.some(({ right }) => right) ? [] : ['No choice is right. Mark the right one: - [x].']
}
