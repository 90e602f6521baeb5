import type { Ms, QuestionId } from '../ids.ts'
import { isDueTogether, type Cards } from './cards.ts'

/** A section of a bank, or of a bank as everyone may read it. */
export interface SectionToMap {
  id: string
  title: string
  questions: readonly (QuestionId | { id: QuestionId })[]
  sections: readonly SectionToMap[]
}

/** How well the questions of a section, and of all below it, are known; every question counts once. */
export interface SectionMap {
  id: string
  title: string
  total: number
  /** Not due, and so firm that it will not be for a while. */
  known: number
  /** Not due, but soon. */
  shaky: number
  due: number
  /** Never studied. */
  unseen: number
  sections: SectionMap[]
}

type Standing = 'known' | 'shaky' | 'due' | 'unseen'

/** In days of stability. */
const firm = 21

/** What one person knows of a bank. Cards of questions that the bank lost are not shown. */
export const mapOf = (sections: readonly SectionToMap[], cards: Cards, now: Ms, retention?: number): SectionMap[] =>
  teamMap(sections, [cards], now, retention)

/** What people know together: a question counts by the mean of those who have studied it. */
export function teamMap(
  sections: readonly SectionToMap[],
  cardsOfEach: readonly Cards[],
  now: Ms,
  retention?: number,
): SectionMap[] {
  return sections.map((section) => mapped(section, (question) => standingOf(question, cardsOfEach, now, retention)))
}

function mapped({ id, title, questions, sections }: SectionToMap, standing: (of: QuestionId) => Standing): SectionMap {
  const below = sections.map((section) => mapped(section, standing))
  const sum = { total: questions.length, known: 0, shaky: 0, due: 0, unseen: 0 }
  for (const question of questions) sum[standing(typeof question === 'string' ? question : question.id)]++
  for (const each of below) for (const part of parts) sum[part] += each[part]
  return { id, title, ...sum, sections: below }
}

const parts = ['total', 'known', 'shaky', 'due', 'unseen'] as const

function standingOf(question: QuestionId, cardsOfEach: readonly Cards[], now: Ms, retention?: number): Standing {
  const cards = cardsOfEach.flatMap((cards) => cards.get(question) ?? [])
  if (cards.length === 0) return 'unseen'
  if (isDueTogether(cards, now, retention)) return 'due'
  return cards.reduce((sum, { stability }) => sum + stability, 0) / cards.length >= firm ? 'known' : 'shaky'
}
