import { hidden } from '../bank/decode.ts'
import { noteOf } from '../bank/finish.ts'
import { betweenQuestions, parseBank, type ParsedBank } from '../bank/parse.ts'
import type { Bank, Question, Section } from '../bank/question.ts'
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

/** Node and browsers have it alike; the types of either would let in everything else that they have. */
declare class TextEncoder {
  encode(text: string): Uint8Array
}

const parse = (text: string, id: string): ParsedBank => parseBank(id, new TextEncoder().encode(text))

/**
 * Answers as a file in the bank's own format: its headings, and those of its questions that have one.
 * @param notes by the ids that the questions have in this bank, which is not the one of all banks
 */
export function notesFile({ title, sections, questions }: Bank, notes: ReadonlyMap<QuestionId, string>): string {
  const asked = (id: QuestionId): string[] => {
    const [question, lines] = [questions.get(id), quoted(notes.get(id) ?? '')]
    return question && lines.length > 0 ? [[wording(question), ...lines].join('\n')] : []
  }
  const within = (section: Section, level: number): string[] => {
    const below = [...section.questions.flatMap(asked), ...section.sections.flatMap((one) => within(one, level + 1))]
    return below.length > 0 ? [heading(section.title, level), ...below] : []
  }
  return `${[`# ${title}`, ...sections.flatMap((section) => within(section, 2))].join('\n\n')}\n`
}

const heading = (title: string, level: number) => `${'#'.repeat(level)} ${title}`

/** Lines as an answer has them in a file; none where nothing is left that may stand there. */
function quoted(note: string): string[] {
  const unseen = new RegExp(hidden, 'gu')
  // The last two end a line for JavaScript alone: what follows them would not be read as a part of the answer.
  const lines = note.split(/\r\n|[\r\n\u2028\u2029]/).map((line) => line.replace(unseen, '').trimEnd())
  const text = noteOf(lines)
  return text === '' ? [] : text.split('\n').map((line) => `> ${line}`.trimEnd())
}

/** The question so that it is read as the same one: in its own words if these do it alone, else with its id. */
function wording({ id, text, path }: Question): string {
  const headings = path.map((title, index) => heading(title, index + 2))
  const own = text.replaceAll('\n', '\\\n')
  const isRead = (words: string) => {
    const { bank, mistakes } = parse([...headings, words, ''].join('\n'), '')
    return mistakes.length === 0 && bank.questions.size === 1 && bank.questions.has(id)
  }
  // A list mark stands before what would else be read as something different.
  const plain = text.replace(/\s+/g, ' ').replace(new RegExp(betweenQuestions, 'gu'), ' ')
  return [own, `${own} {#${id}}`].find(isRead) ?? `1. ${plain} {#${id}}`
}

/**
 * Adds the answers that a bank lacks. One that it has stays, whatever the notes say.
 * @param bankText of a bank without mistakes
 * @param bankId what its file is called: a bank without a title keeps its first questions in a section of that name
 */
export function mergeNotes(bankText: string, notesText: string, bankId = 'bank'): MergedNotes {
  const parsed = parse(bankText, bankId)
  const noted = [...parse(notesText, bankId).bank.questions.values()].filter(({ note }) => note !== undefined)
  const merged: MergedNotes = { text: bankText, added: 0, conflicts: [], unknown: [] }
  const answers = new Map<QuestionId, string>()
  for (const { id, text, note = '' } of noted) {
    const known = parsed.bank.questions.get(id)
    if (!known) merged.unknown.push(text)
    else if (known.note === undefined) answers.set(id, note)
    else if (known.note !== note) merged.conflicts.push({ question: id, bank: known.note, notes: note })
  }
  return { ...merged, text: withAnswers(bankText, parsed, answers), added: answers.size }
}

function withAnswers(text: string, { bank, ends }: ParsedBank, answers: ReadonlyMap<QuestionId, string>): string {
  const lines = linesOf(text)
  const usual = lines.find(({ end }) => end !== '')?.end ?? '\n'
  const questions = [...bank.questions.values()]
  questions.forEach(({ id, line: begins }, index) => {
    // Two questions on one line: an answer to the first one has to stand between them.
    const isBetween = questions[index + 1]?.line === begins
    const line = lines[(isBetween ? begins : (ends.get(id) ?? begins)) - 1]
    const answer = answers.get(id)
    if (!line) return
    const end = line.end || usual
    const block = answer === undefined ? '' : end + quoted(answer).join(end)
    if (isBetween) line.between.push(block && block + end)
    else line.after = block
  })
  return lines.map(written).join('')
}

interface BankLine {
  text: string
  /** What stands at its end in the file; nothing at the end of the last. */
  end: string
  /** What comes behind its first, second … question; nothing behind the last. */
  between: string[]
  after: string
}

function linesOf(text: string): BankLine[] {
  const parts = text.split(/(\r\n|\r|\n)/)
  return parts.flatMap((line, index) =>
    index % 2 === 0 ? [{ text: line, end: parts[index + 1] ?? '', between: [], after: '' }] : [],
  )
}

function written({ text, end, between, after }: BankLine): string {
  const questions = between.length > 0 ? text.split(betweenQuestions) : [text]
  return [...questions.flatMap((question, index) => [question, between[index] ?? '']), after, end].join('')
}
