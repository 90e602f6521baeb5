import { allBanks, inAllBanks, type PublicBank, type PublicSection } from '@knopka/shared/bank'
import type { Ms, QuestionId } from '@knopka/shared/ids'
import { dueAt, isDue, type Card, type Cards } from '@knopka/shared/study'

/** A question of the bank, and the section in which it stands. */
export interface PlacedQuestion {
  name: QuestionId
  text: string
  kind: PublicSection['questions'][number]['kind']
  section: string
  sectionTitle: string
}

export const questionsOf = ({ id: bank, sections }: PublicBank): PlacedQuestion[] =>
  sections.flatMap((section) => placedIn(bank, section))

function placedIn(bank: string, { id, title, questions, sections }: PublicSection): PlacedQuestion[] {
  const own = questions.map((question) => ({
    name: inAllBanks(bank, question.id),
    text: question.text,
    kind: question.kind,
    section: id,
    sectionTitle: title,
  }))
  return [...own, ...sections.flatMap((section) => placedIn(bank, section))]
}

/** What is known of these alone. */
export const cardsFor = (questions: PlacedQuestion[], cards: Cards): Cards =>
  new Map(questions.flatMap(({ name }) => (cards.has(name) ? [[name, cards.get(name) as Card]] : [])))

/** How many questions somebody studied in this bank that it has no more. */
export function lostFrom(bank: string, questions: PlacedQuestion[], cards: Cards): number {
  const there = new Set(questions.map(({ name }) => name))
  const prefix = inAllBanks(bank, '')
  return [...cards.keys()].filter((name) => !there.has(name) && (bank === allBanks || name.startsWith(prefix))).length
}

/** The way to a room on the sections that hold these. */
export function studyPath(bank: string, questions: PlacedQuestion[]): string {
  const sections = [...new Set(questions.map(({ section }) => section))]
  const query = new URLSearchParams({ bank, ...(sections.length > 0 ? { sections: sections.join(',') } : {}) })
  return `/study?${query}`
}

/** What of these is due, the longest first. */
export const dueOf = (questions: PlacedQuestion[], cards: Cards, now: Ms): PlacedQuestion[] =>
  questions
    .flatMap((question) => {
      const card = cards.get(question.name)
      return card && isDue(card, now) ? [{ question, at: dueAt(card) }] : []
    })
    .sort((a, b) => a.at - b.at)
    .map(({ question }) => question)
