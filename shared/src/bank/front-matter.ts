import { parseDocument } from 'yaml'
import type { Mistake } from './question.ts'

export interface FrontMatter {
  title?: string
  language?: string
  /** How many lines it takes, fences included. */
  lines: number
  mistakes: Mistake[]
}

const fence = /^---\s*$/
const keys = ['title', 'language']

/** What stands between two lines of `---` at the head of a file, in YAML. */
export function readFrontMatter(lines: string[]): FrontMatter {
  if (!fence.test(lines[0] ?? '')) return { lines: 0, mistakes: [] }
  const end = lines.findIndex((line, index) => index > 0 && fence.test(line))
  if (end < 0)
    return { lines: 1, mistakes: [{ line: 1, message: 'The front matter is not closed. End it with a line of ---.' }] }
  const document = parseDocument(lines.slice(1, end).join('\n'))
  const faults = document.errors.map(({ message, linePos }) => ({
    line: 1 + (linePos?.[0].line ?? 1),
    message: `The front matter is no YAML: ${message.split('\n')[0]?.replace(/ at line.*$/, '')}. Write lines like title: My bank.`,
  }))
  const content: unknown = faults.length > 0 ? null : document.toJS()
  return { lines: end + 1, ...pickFields(content), mistakes: [...faults, ...foreignFields(content)] }
}

function pickFields(content: unknown): Pick<FrontMatter, 'title' | 'language'> {
  return Object.fromEntries(
    Object.entries(content ?? {}).filter(([key, value]) => keys.includes(key) && isRight(key, value)),
  )
}

function foreignFields(content: unknown): Mistake[] {
  if (content === null) return []
  if (typeof content !== 'object' || Array.isArray(content)) {
    return [{ line: 2, message: 'The front matter has no fields. Write lines like title: My bank.' }]
  }
  return Object.entries(content).flatMap(([key, value]) => {
    if (!keys.includes(key))
      return [{ line: 2, message: `The front matter has a field ${key}. It may have title and language.` }]
    if (isRight(key, value)) return []
    const example = key === 'language' ? 'language: ru' : 'title: My bank'
    return [{ line: 2, message: `The ${key} in the front matter cannot be used. Write it like ${example}.` }]
  })
}

function isRight(key: string, value: unknown): value is string {
  if (typeof value !== 'string' || value.trim() === '') return false
  return key !== 'language' || /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(value)
}
