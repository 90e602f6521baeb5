import type { QuestionId } from '../ids.ts'

/** What is asked: a sentence with a question mark, a statement to expand, or a bare command or name to explain. */
export type QuestionKind = 'question' | 'topic' | 'term'

export interface Choice {
  text: string
  right: boolean
}

export interface Question {
  id: QuestionId
  kind: QuestionKind
  text: string
  /** Titles from the bank's top section down to the one that holds the question. */
  path: string[]
  /** Reference answer in Markdown, for hosts until it is revealed. */
  note?: string
  choices?: Choice[]
  /** 1-based line of the bank's file where the question begins. */
  line: number
}

export interface Section {
  /** Stable under re-ordering: made from the titles on the path. */
  id: string
  title: string
  /** Ids of the questions that stand directly under this heading, in the file's order. */
  questions: QuestionId[]
  sections: Section[]
}

export interface Bank {
  /** The file's name without its ending. */
  id: string
  title: string
  /** BCP 47, `'ru'` where the file does not say. */
  language: string
  sections: Section[]
  questions: Map<QuestionId, Question>
}

/** One thing wrong in a bank's file: where, what, and what to do about it. */
export interface Mistake {
  line: number
  message: string
}
