import { hash } from './hash.ts'
import type { QuestionId } from '../ids.ts'
import type { Bank, Question, Section } from './question.ts'

/** The bank that is made of all others: each is a section of it. Nobody's file is called like this. */
export const allBanks = '*'

/** Ids are unique in their bank alone: here each says whose it is. An id and a file's name have no slash. */
const idOfAll = (bank: string, id: QuestionId): QuestionId => `${bank}/${id}`

/** Of a section of this bank, or of the bank itself, among all banks. */
export const sectionOfAll = (bank: string, section = ''): string => hash([bank, section].join('\n'))

/** In which bank a question stands, and what it is called there. */
export function ownPlace(bank: string, id: QuestionId): { bank: string; id: QuestionId } {
  if (bank !== allBanks) return { bank, id }
  const slash = id.indexOf('/')
  return { bank: id.slice(0, slash), id: id.slice(slash + 1) }
}

/** The other way round: what `bank`, which may be all of them, calls a question of the bank `own`. */
export const idIn = (bank: string, own: string, id: QuestionId): QuestionId =>
  bank === allBanks ? idOfAll(own, id) : id

/** What the bank of all banks calls a question that `bank`, which may be that one, calls `id`. */
export function inAllBanks(bank: string, id: QuestionId): QuestionId {
  const own = ownPlace(bank, id)
  return idOfAll(own.bank, own.id)
}

/** In this order. A question keeps the path that it has in its own bank, since that is what a room is shown. */
export function together(banks: Bank[]): Bank {
  const [language = '', ...others] = new Set(banks.map(({ language }) => language))
  return {
    id: allBanks,
    title: 'All banks',
    language: others.length > 0 ? 'mul' : language,
    sections: banks.map(asSection),
    questions: new Map(banks.flatMap(({ id, questions }) => [...questions.values()].map((one) => named(id, one)))),
  }
}

function asSection({ id: bank, title, sections }: Bank): Section {
  const within = ({ id, title, questions, sections }: Section): Section => ({
    id: sectionOfAll(bank, id),
    title,
    questions: questions.map((question) => idOfAll(bank, question)),
    sections: sections.map(within),
  })
  return { id: sectionOfAll(bank), title, questions: [], sections: sections.map(within) }
}

function named(bank: string, question: Question): [QuestionId, Question] {
  const id = idOfAll(bank, question.id)
  return [id, { ...question, id }]
}
