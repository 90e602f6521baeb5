import { decode } from './decode.ts'
import { readFrontMatter, type FrontMatter } from './front-matter.ts'
import { hash } from './hash.ts'
import { readLine, type Line } from './line.ts'
import { finished, type Draft } from './finish.ts'
import type { Bank, Mistake, Question, Section } from './question.ts'

export interface ParsedBank {
  bank: Bank
  /** Everything that is wrong, in the file's order; empty for a sound bank. */
  mistakes: Mistake[]
}

/** Reads a bank from Markdown; the format is described in `content/README.md`. Never throws, whatever the bytes. */
export function parseBank(id: string, bytes: Uint8Array): ParsedBank {
  const { lines, mistakes } = decode(bytes)
  const front = readFrontMatter(lines)
  const reader = new Reader(id, front)
  lines.slice(front.lines).forEach((text, index) => reader.read(text, front.lines + index + 1))
  const bank = reader.finish()
  const all = [...mistakes, ...front.mistakes, ...reader.mistakes]
  if (bank.questions.size === 0 && all.length === 0) {
    all.push({ line: 1, message: 'There is no question. Write each on a line of its own, below a heading.' })
  }
  return { bank, mistakes: all.sort((a, b) => a.line - b.line) }
}

/** «…?Как» is two questions on one line. */
const betweenQuestions = /(?<=\?)(?=\p{Lu})/u

/** Folds the lines of a file, first to last, into a bank. */
class Reader {
  readonly mistakes: Mistake[] = []
  #bank: Bank
  #hasTitle = false
  /** The heading levels and sections that the next question stands under. */
  #open: { level: number; section: Section; path: string[] }[] = []
  #draft: Draft | null = null
  #continues = false
  #sectionLines = new Map<string, number>()

  constructor(id: string, { title, language }: FrontMatter) {
    this.#bank = { id, title: title ?? id, language: language ?? 'ru', sections: [], questions: new Map() }
    this.#hasTitle = title !== undefined
  }

  read(raw: string, number: number): void {
    if (this.#continues && this.#draft) return this.#more(raw.trim(), '\n')
    const line = readLine(raw)
    if (line.is === 'blank') this.#draft?.note.push('')
    else if (line.is === 'fault') this.#wrong(number, line.message)
    else if (line.is === 'heading') this.#heading(line, number)
    else if (line.is === 'text') this.#text(line.text, number)
    else if (!this.#draft) this.#wrong(number, nothingBefore[line.is])
    else if (line.is === 'note') this.#draft.note.push(line.text)
    else if (line.is === 'choice') this.#draft.choices.push({ text: line.text, right: line.right })
    else this.#more(line.text, ' ')
  }

  finish(): Bank {
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
    if (this.#bank.questions.size > 0 || this.#bank.sections.length > 0) {
      this.#wrong(number, 'A bank has one title, at its head. Begin a section with ##.')
    }
    if (!this.#hasTitle) this.#bank.title = text
    this.#hasTitle = true
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
    const first = { level: 1, section: this.#section(path, this.#bank.sections, number), path }
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
    this.#draft = { text: '', note: [], choices: [], line }
    this.#more(text, '')
  }

  #more(text: string, joint: string): void {
    if (!this.#draft) return
    this.#continues = text.endsWith('\\')
    const words = this.#continues ? text.slice(0, -1).trimEnd() : text
    const choice = this.#draft.choices.at(-1)
    const target = choice ?? this.#draft
    target.text += target.text === '' ? words : joint + words
  }

  #close(): void {
    const draft = this.#draft
    this.#draft = null
    this.#continues = false
    if (!draft) return
    const { path, section } = this.#place(draft.line)
    const { question, faults } = finished(draft, path)
    faults.forEach((message) => this.#wrong(draft.line, message))
    this.#keep(question, section)
  }

  #keep(question: Question, section: Section): void {
    const known = this.#bank.questions.get(question.id)
    if (known) {
      const what = known.text === question.text ? 'question' : `id {#${question.id}}`
      return this.#wrong(question.line, `The same ${what} stands on line ${known.line} already. Change or delete one.`)
    }
    section.questions.push(question.id)
    this.#bank.questions.set(question.id, question)
  }
}

const nothingBefore = {
  note: 'This answer belongs to no question. Put it below one.',
  choice: 'This choice belongs to no question. Put it below one.',
  more: 'This line is indented but continues no question. Take the indent away.',
}
