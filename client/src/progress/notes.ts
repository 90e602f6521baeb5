import {
  allBanks,
  idIn,
  ownPlace,
  parseBank,
  type Bank,
  type PublicBank,
  type PublicSection,
} from '@knopka/shared/bank'
import { longestStudyNote, type RoomState } from '@knopka/shared/game'
import type { QuestionId } from '@knopka/shared/ids'
import { notesFile } from '@knopka/shared/study'

/** An answer in a file. */
export interface FiledNote {
  question: QuestionId
  /** The question's own words. */
  text: string
  note: string
}

/** What a file of answers brings to a room; questions by the ids that they have in the room's bank. */
export interface BroughtNotes {
  fresh: FiledNote[]
  /** Where the room has another answer, or has removed it. */
  conflicts: FiledNote[]
  equal: number
  /** Questions with an answer that the bank does not have, in their own words. */
  unknown: string[]
  /** Longer than a room keeps. */
  tooLong: number
}

/** The bank as a file of answers needs it. */
export function bankFrom({ id, title, language, sections }: PublicBank): Bank {
  const questions: Bank['questions'] = new Map()
  const taken = (section: PublicSection, path: string[]): Bank['sections'][number] => {
    const titles = [...path, section.title]
    for (const { id, kind, text } of section.questions) questions.set(id, { id, kind, text, path: titles, line: 1 })
    const below = section.sections.map((one) => taken(one, titles))
    return { ...section, questions: section.questions.map(({ id }) => id), sections: below }
  }
  return { id, title, language, sections: sections.map((section) => taken(section, [])), questions }
}

/** The answers that stand in a room now; an empty one was removed. */
export const notesIn = ({ secret }: RoomState): Map<QuestionId, string> =>
  new Map(Object.entries(secret.notes ?? {}).map(([question, versions]) => [question, versions.at(-1)?.text ?? '']))

/** The banks of which a room has answers. */
export const notedBanks = (state: RoomState): string[] => [
  ...new Set([...notesIn(state)].flatMap(([id, note]) => (note ? [ownPlace(bankOf(state), id).bank] : []))),
]

/** `*` for a room of all banks. */
export const bankOf = ({ secret }: RoomState): string => secret.bank ?? allBanks

/** The room's answers of one bank, in that bank's own format. */
export function fileOfNotes(state: RoomState, bank: PublicBank): string {
  const own = [...notesIn(state)].flatMap(([id, note]): [QuestionId, string][] => {
    const place = ownPlace(bankOf(state), id)
    return place.bank === bank.id ? [[place.id, note]] : []
  })
  return notesFile(bankFrom(bank), new Map(own))
}

/** Compares a file with the room; two answers are the same if a file would say them alike. */
export function broughtNotes(file: Uint8Array, state: RoomState, banks: PublicBank[]): BroughtNotes {
  const brought: BroughtNotes = { fresh: [], conflicts: [], equal: 0, unknown: [], tooLong: 0 }
  const here = notesIn(state)
  const compared = banks.map((bank) => ({
    bank: bank.id,
    questions: bankFrom(bank).questions,
    asFiled: answersIn(new TextEncoder().encode(fileOfNotes(state, bank))),
  }))
  for (const [own, { text, note }] of answersIn(file)) {
    const place = compared.find(({ questions }) => questions.has(own))
    const question = place && idIn(bankOf(state), place.bank, own)
    const there = question && here.get(question)
    if (question === undefined) brought.unknown.push(text)
    else if (note.length > longestStudyNote) brought.tooLong++
    else if (there === undefined) brought.fresh.push({ question, text, note })
    else if (place?.asFiled.get(own)?.note === note) brought.equal++
    else brought.conflicts.push({ question, text, note })
  }
  return brought
}

function answersIn(file: Uint8Array): Map<QuestionId, { text: string; note: string }> {
  const { questions } = parseBank('notes', file).bank
  return new Map([...questions].flatMap(([id, { text, note }]) => (note === undefined ? [] : [[id, { text, note }]])))
}
