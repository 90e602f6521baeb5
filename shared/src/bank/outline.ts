import type { Bank, Question, QuestionKind, Section } from './question.ts'
import type { QuestionId } from '../ids.ts'

/** A section with its counts: its own questions, and all below it as well. */
interface SectionOutline {
  id: string
  title: string
  own: number
  total: number
  sections: SectionOutline[]
}

export interface PublicQuestion {
  id: QuestionId
  kind: QuestionKind
  text: string
  /** How many options it has, where it has any. */
  choices?: number
}

export interface PublicSection {
  id: string
  title: string
  questions: PublicQuestion[]
  sections: PublicSection[]
}

/** A bank as everyone may read it: no answer notes, no right choices. */
export interface PublicBank {
  id: string
  title: string
  language: string
  sections: PublicSection[]
}

export const outline = ({ sections }: Pick<Bank, 'sections'>): SectionOutline[] => sections.map(outlineOf)

function outlineOf({ id, title, questions, sections }: Section): SectionOutline {
  const below = sections.map(outlineOf)
  return {
    id,
    title,
    own: questions.length,
    total: questions.length + below.reduce((sum, { total }) => sum + total, 0),
    sections: below,
  }
}

export function publicBank({ id, title, language, sections, questions }: Bank): PublicBank {
  const open = (section: Section): PublicSection => ({
    id: section.id,
    title: section.title,
    questions: section.questions.map((id) => openQuestion(questions.get(id) as Question)),
    sections: section.sections.map(open),
  })
  return { id, title, language, sections: sections.map(open) }
}

const openQuestion = ({ id, kind, text, choices }: Question): PublicQuestion => ({
  id,
  kind,
  text,
  ...(choices ? { choices: choices.length } : {}),
})

/** All sections of a tree, each before those below it. */
export const allSections = <S extends { sections: S[] }>(sections: S[]): S[] =>
  sections.flatMap((section) => [section, ...allSections(section.sections)])
