import type { PublicQuestion } from '@knopka/shared/bank'
import { allAbove, type Tree, type TreeSection } from './tree.ts'

/** Everything that can be found, folded once, so that a keystroke only compares. */
export type SearchIndex = {
  section: TreeSection
  title: string
  questions: { question: PublicQuestion; text: string }[]
}[]

export interface Found {
  words: string[]
  /** Ids of the sections that match, hold what matches, or lead there. */
  sections: ReadonlySet<string>
  /** Section id -> its questions that match, as far as they are shown. */
  questions: ReadonlyMap<string, PublicQuestion[]>
  /** How many questions match, and in how many sections. */
  total: number
  holders: number
  shown: number
}

export const mostShown = 200

/** Lower case, ё as е, and exactly as long as the text, so that places in one are places in the other. */
export function folded(text: string): string {
  const lower = text.toLowerCase()
  const same = lower.length === text.length ? lower : text.replace(/./gsu, lowerIfAsLong)
  return same.replaceAll('ё', 'е')
}

const lowerIfAsLong = (letter: string) => {
  const lower = letter.toLowerCase()
  return lower.length === letter.length ? lower : letter
}

export const indexOf = ({ all }: Tree): SearchIndex =>
  all.map((section) => ({
    section,
    title: folded(section.title),
    questions: section.questions.map((question) => ({ question, text: folded(question.text) })),
  }))

export const wordsOf = (query: string): string[] => [
  ...new Set(folded(query.normalize()).split(/\s+/u).filter(Boolean)),
]

/** Where all the words occur, in any order. @returns `null` where nothing is asked */
export function search(index: SearchIndex, query: string, most = mostShown): Found | null {
  const words = wordsOf(query)
  if (words.length === 0) return null
  const matches = (text: string) => words.every((word) => text.includes(word))
  const sections = new Set<string>()
  const questions = new Map<string, PublicQuestion[]>()
  const found = { words, sections, questions, total: 0, holders: 0, shown: 0 }
  for (const { section, title, questions: own } of index) {
    const hits = own.filter(({ text }) => matches(text)).map(({ question }) => question)
    if (hits.length === 0 && !matches(title)) continue
    for (const { id } of [section, ...allAbove(section)]) sections.add(id)
    if (hits.length === 0) continue
    const shown = hits.slice(0, most - found.shown)
    questions.set(section.id, shown)
    found.total += hits.length
    found.holders++
    found.shown += shown.length
  }
  return found
}

/** A single letter is nearly everywhere: marked, it would only make noise. */
const fewestLetters = 2

/** A text cut where the words of a search begin and end in it. */
export function highlighted(text: string, words: string[]): { text: string; hit: boolean }[] {
  const marked = words.filter(({ length }) => length >= fewestLetters)
  if (marked.length === 0) return [{ text, hit: false }]
  const hits = hitsOf(folded(text), marked)
  const starts = hits.flatMap((hit, at) => (at === 0 || hit !== hits[at - 1] ? [at] : []))
  return starts.map((start, index) => ({ text: text.slice(start, starts[index + 1]), hit: hits[start] ?? false }))
}

/** Letter by letter, whether it stands in one of the words. */
function hitsOf(text: string, words: string[]): boolean[] {
  const hits = new Array<boolean>(text.length).fill(false)
  for (const word of words) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) hits.fill(true, at, at + word.length)
  }
  return hits
}
