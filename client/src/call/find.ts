import { itemsOf, type DrawnItem, type PublicBank } from '@knopka/shared/bank'
import type { AgendaItem } from '@knopka/shared/game'

const folded = (text: string): string => text.toLowerCase().replaceAll('ё', 'е')

/** Questions of the bank that are not in the call yet, in which all these words occur; none where nothing is asked. */
export function findItems(bank: PublicBank, agenda: AgendaItem[], query: string, most: number): DrawnItem[] {
  const words = folded(query).split(/\s+/u).filter(Boolean)
  if (words.length === 0) return []
  const matches = ({ text }: DrawnItem) => words.every((word) => folded(text).includes(word))
  return freeItems(bank, agenda).filter(matches).slice(0, most)
}

/** What else can be asked of this question's section; where too little is left in it, of the one above. */
export function followUps(bank: PublicBank, agenda: AgendaItem[], { path }: AgendaItem, most: number): DrawnItem[] {
  const free = freeItems(bank, agenda)
  const below = (depth: number) =>
    free.filter((one) => path.slice(0, depth).every((title, at) => one.path[at] === title))
  const depths = path.map((_title, at) => path.length - at)
  const found = depths.flatMap(below)
  return [...new Map(found.map((one) => [one.questionId, one])).values()].slice(0, most)
}

function freeItems(bank: PublicBank, agenda: AgendaItem[]): DrawnItem[] {
  const taken = new Set(agenda.map(({ questionId }) => questionId))
  return itemsOf(bank).filter(({ questionId }) => !taken.has(questionId))
}
