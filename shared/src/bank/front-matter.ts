import { isMap, isScalar, LineCounter, parseDocument, type Document, type Pair } from 'yaml'
import { hidden } from './decode.ts'
import type { Mistake } from './question.ts'

export interface FrontMatter {
  title?: string
  language?: string
  /** How many lines it takes, fences included. */
  lines: number
  mistakes: Mistake[]
}

interface Field {
  key: string
  value: unknown
  line: number
}

/** Two fields and some remarks need no more; what YAML costs grows faster than its length. */
const longest = 2_000

const fence = /^---\s*$/
const examples = new Map([
  ['title', 'title: My bank'],
  ['language', 'language: ru'],
])

/** What stands between two lines of `---` at the head of a file, in YAML. */
export function readFrontMatter(lines: string[]): FrontMatter {
  if (!fence.test(lines[0] ?? '')) return { lines: 0, mistakes: [] }
  const end = lines.findIndex((line, index) => index > 0 && fence.test(line))
  if (end < 0) return { lines: 1, mistakes: [wrong(1, 'is not closed. End it with a line of ---.')] }
  const text = lines.slice(1, end).join('\n')
  if (text.length > longest) {
    const message = `has ${text.length} characters; up to ${longest} are read. Keep title and language alone.`
    return { lines: end + 1, mistakes: [wrong(1, message)] }
  }
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: true })
  const faults = document.errors.map(({ message, linePos }) =>
    wrong(1 + (linePos?.[0].line ?? 1), `is no YAML: ${inShort(message)}. Write lines like title: My bank.`),
  )
  if (faults.length > 0) return { lines: end + 1, mistakes: faults }
  return { lines: end + 1, ...readFields(document, counter) }
}

const wrong = (line: number, what: string): Mistake => ({ line, message: `The front matter ${what}` })

const inShort = (message: string) => message.split('\n')[0]?.replace(/ at line \d.*$/, '')

function readFields({ contents }: Document.Parsed, counter: LineCounter): Omit<FrontMatter, 'lines'> {
  if (contents === null || (isScalar(contents) && contents.value === null)) return { mistakes: [] }
  if (!isMap(contents)) return { mistakes: [wrong(2, 'has no fields. Write lines like title: My bank.')] }
  const fields = contents.items.map((pair) => fieldOf(pair, counter))
  const right = fields.filter(isRight).map(({ key, value }) => [key, value] as const)
  return {
    ...(Object.fromEntries(right) as Pick<FrontMatter, 'title' | 'language'>),
    mistakes: fields.filter((field) => !isRight(field)).map(fault),
  }
}

/** Aliases and nested values are none that a field may have, so nothing is ever expanded. */
function fieldOf({ key, value }: Pair, counter: LineCounter): Field {
  const start = isScalar(key) ? (key.range?.[0] ?? 0) : 0
  return {
    key: isScalar(key) ? String(key.value) : '?',
    value: isScalar(value) ? value.value : undefined,
    line: 1 + counter.linePos(start).line,
  }
}

function fault({ key, line }: Field): Mistake {
  const example = examples.get(key)
  if (example === undefined) return wrong(line, `has a field ${key}. It may have title and language.`)
  return { line, message: `The ${key} in the front matter cannot be used. Write it like ${example}.` }
}

function isRight({ key, value }: Field): boolean {
  if (!examples.has(key) || typeof value !== 'string' || value.trim() === '') return false
  if (key === 'title') return !value.includes('\n') && !hidden.test(value)
  return /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(value)
}
