import { decode } from './decode.ts'
import { readFrontMatter, type FrontMatter } from './front-matter.ts'
import { hash } from './hash.ts'
import { readLine, type Line } from './line.ts'
import { finished, type Draft } from './finish.ts'
import type { QuestionId } from '../ids.ts'
import type { Bank, Mistake, Question, Section } from './question.ts'

export interface ParsedBank {
  bank: Bank
  /** Everything that is wrong, in the file's order; empty for a sound bank. */
  mistakes: Mistake[]
  /** The line on which the words and choices of a question end; an answer may stand below it. */
  ends: Map<QuestionId, number>
}

/** Reads a bank from Markdown; the format is described in `content/README.md`. Never throws, whatever the bytes. */
export function parseBank(id: string, bytes: Uint8Array): ParsedBank {
  const { lines, mistakes } = decode(bytes)
  const front = readFrontMatter(lines)
  const reader = new Reader(id, front)
  lines.slice(front.lines).forEach((text, index) => reader.read(text, front.lines + index + 1))
  const bank = reader.finish()
  const all = [...mistakes, ...front.mistakes, ...reader.mistakes]
  if (bank.questions.size === 0 && lines.length > 0) {
    all.push({ line: 1, message: 'There is no question. Write each on a line of its own, below a heading.' })
  }
  return { bank, mistakes: all.sort((a, b) => a.line - b.line), ends: reader.ends }
}

/** «…?Как» is two questions on one line. */
export const betweenQuestions = /(?<=\?)(?=\p{Lu})/u

/** Folds the lines of a file, first to last, into a bank. */
class Reader {
  readonly mistakes: Mistake[] = []
  readonly ends = new Map<QuestionId, number>()
  #bank: Bank
  #titledBy: 'file name' | 'front matter' | 'heading'
  /** The heading levels and sections that the next question stands under. */
  #open: { level: number; section: Section; path: string[] }[] = []
  #draft: Draft | null = null
  /** What an indented line continues. */
  #tail: 'text' | 'note' | 'choice' | null = null
  /** The line that a backslash ended: the next one belongs to it, whatever it looks like. */
  #brokenAt: number | null = null
  #sectionLines = new Map<string, number>()

  constructor(id: string, { title, language }: FrontMatter) {
    this.#bank = { id, title: title ?? id, language: language ?? 'ru', sections: [], questions: new Map() }
    this.#titledBy = title === undefined ? 'file name' : 'front matter'
  }

  read(raw: string, number: number): void {
    if (this.#brokenAt !== null) return this.#goOn(raw.trim(), number)
    const line = readLine(raw)
    if (line.is === 'blank') this.#blank()
    else if (line.is === 'fault') this.#wrong(number, line.message)
    else if (line.is === 'heading') this.#heading(line, number)
    else if (line.is === 'text') this.#text(line.text, number)
    else this.#below(line, number)
  }

  finish(): Bank {
    this.#endBroken()
    this.#close()
    return this.#bank
  }

  #wrong(line: number, message: string): void {
    this.mistakes.push({ line, message })
  }

  #heading({ level, text }: Extract<Line, { is: 'heading' }>, number: number): void {
    this.#close()
    if (level === 1) return this.#title(text, number)
    this.#open = this.#open.filter((above) => above.level < level)
    const above = this.#open.at(-1)
    if (level > (above?.level ?? 1) + 1) {
      const marks = '#'.repeat((above?.level ?? 1) + 1)
      this.#wrong(
        number,
        `The heading jumps a level: ${'#'.repeat(level)} where ${marks} is due. Write ${marks} ${text}`,
      )
    }
    const path = [...(above?.path ?? []), text]
    const siblings = above?.section.sections ?? this.#bank.sections
    this.#open.push({ level, section: this.#section(path, siblings, number), path })
  }

  #title(text: string, number: number): void {
    if (this.#titledBy === 'heading' || this.#bank.sections.length > 0) {
      this.#wrong(number, 'A bank has one title, at its head. Begin a section with ##.')
    }
    if (this.#titledBy === 'file name') this.#bank.title = text
    if (this.#titledBy !== 'front matter') this.#titledBy = 'heading'
  }

  #section(path: string[], siblings: Section[], number: number): Section {
    const id = hash(path.join('\n'))
    const before = this.#sectionLines.get(id)
    if (before !== undefined) {
      this.#wrong(number, `This section stands on line ${before} already. Put both together, or rename one.`)
    }
    this.#sectionLines.set(id, number)
    const section: Section = { id, title: path.at(-1) as string, questions: [], sections: [] }
    siblings.push(section)
    return section
  }

  /** Questions above the first section stand in one that is called like the bank. */
  #place(number: number) {
    const place = this.#open.at(-1)
    if (place) return place
    const path = [this.#bank.title]
    // As deep as can be, so that any heading ends it: the sections after it do not stand in it.
    const first = { level: 6, section: this.#section(path, this.#bank.sections, number), path }
    this.#open.push(first)
    return first
  }

  #text(text: string, number: number): void {
    const [last = '', ...before] = text.split(betweenQuestions).reverse()
    for (const whole of before.reverse()) {
      this.#begin(whole, number)
    }
    this.#begin(last, number)
  }

  #begin(text: string, line: number): void {
    this.#close()
    this.#draft = { text: '', note: [], choices: [], line, end: line }
    this.#tail = 'text'
    this.#more(text, '', line)
  }

  #blank(): void {
    this.#draft?.note.push('')
    this.#tail = null
  }

  #below(line: Extract<Line, { is: 'note' | 'choice' | 'more' }>, number: number): void {
    if (!this.#draft || (line.is === 'more' && !this.#tail)) return this.#wrong(number, nothingBefore[line.is])
    if (line.is === 'more') return this.#more(line.text, ' ', number)
    this.#tail = line.is
    if (line.is === 'note') this.#draft.note.push(line.text)
    else {
      this.#draft.choices.push({ text: '', right: line.right })
      this.#more(line.text, '', number)
    }
  }

  #more(text: string, joint: string, number: number): void {
    if (!this.#draft) return
    const { note, choices } = this.#draft
    // A backslash in an answer is Markdown's own.
    if (this.#tail === 'note') return void note.push((note.pop() ?? '') + joint + text)
    this.#draft.end = number
    const isBroken = text.endsWith('\\')
    this.#brokenAt = isBroken ? number : null
    const words = isBroken ? text.slice(0, -1).trimEnd() : text
    const target = (this.#tail === 'choice' && choices.at(-1)) || this.#draft
    target.text += target.text === '' ? words : joint + words
  }

  /** An answer must not become a part of its question by a stray backslash; `>>>` is Python's prompt and may. */
  #goOn(text: string, number: number): void {
    if (text !== '' && !/^>(?!>)/.test(text)) return this.#more(text, '\n', number)
    this.#endBroken()
    this.read(text, number)
  }

  #endBroken(): void {
    if (this.#brokenAt !== null)
      this.#wrong(this.#brokenAt, 'Nothing continues this line. Take the \\ at its end away.')
    this.#brokenAt = null
  }

  #close(): void {
    const draft = this.#draft
    this.#draft = null
    if (!draft) return
    const { path, section } = this.#place(draft.line)
    const { question, faults } = finished(draft, path)
    faults.forEach((message) => this.#wrong(draft.line, message))
    this.#keep(question, section, draft.end)
  }

  #keep(question: Question, section: Section, end: number): void {
    const known = this.#bank.questions.get(question.id)
    if (known) {
      const what = known.text === question.text ? 'question' : `id {#${question.id}}`
      return this.#wrong(question.line, `The same ${what} stands on line ${known.line} already. Change or delete one.`)
    }
    section.questions.push(question.id)
    this.#bank.questions.set(question.id, question)
    this.ends.set(question.id, end)
  }
}

const nothingBefore = {
  note: 'This answer belongs to no question. Put it below one.',
  choice: 'This choice belongs to no question. Put it below one.',
  more: 'This line is indented but continues no question. Take the indent away.',
}
