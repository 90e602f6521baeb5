import type { QuestionKind } from './question.ts'

const endsSentence = /[.!…:;]$/
const mostWordsOfTerm = 4

/**
 * By looks alone: with a question mark it is a `question`; a few words that end no sentence are a `term` (a bare
 * command or name); everything else is a `topic` (a statement to expand).
 */
export function kindOf(text: string): QuestionKind {
  if (text.includes('?')) return 'question'
  return !endsSentence.test(text) && text.split(/\s+/).length <= mostWordsOfTerm ? 'term' : 'topic'
}
