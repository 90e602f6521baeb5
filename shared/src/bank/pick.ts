import type { QuestionId } from '../ids.ts'
import { seededRandom, shuffled } from '../random.ts'
import { allSections } from './outline.ts'
import type { Bank } from './question.ts'

/** What an evening asks, and in which order. */
interface Pick {
  /** Section ids; a section stands for all below it. */
  sections: string[]
  count: number
  order: 'shuffled' | 'bank'
  seed: string
}

/** Questions of these sections and of all below them, each once, in the bank's order. */
export function questionsIn({ sections }: Bank, picked: string[]): QuestionId[] {
  const wanted = new Set(picked)
  const below = allSections(sections).filter(({ id }) => wanted.has(id))
  const held = new Set(below.flatMap((section) => allSections([section])).flatMap(({ questions }) => questions))
  return allSections(sections).flatMap(({ questions }) => questions.filter((id) => held.has(id)))
}

/** The same sections, count, order and seed give the same plan of the same bank. */
export function pickPlan(bank: Bank, { sections, count, order, seed }: Pick): QuestionId[] {
  const all = questionsIn(bank, sections)
  return (order === 'shuffled' ? shuffled(all, seededRandom(seed)) : all).slice(0, count)
}
