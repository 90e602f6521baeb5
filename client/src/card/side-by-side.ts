import type { CardItem, CardSection, Scorecard } from '@knopka/shared/game'

/** One question or section, and what became of it in each interview; `null`: it was not part of that one. */
export interface Line<T> {
  /** As it stands in the first interview that has it. */
  item: T
  cells: (T | null)[]
}

type Card = Pick<Scorecard, 'items' | 'sections'>

/** The questions of the plan, in its order. One is the same in two interviews by its id in the bank, else by its text. */
export const plannedLines = (cards: readonly Card[]): Line<CardItem>[] =>
  aligned(
    cards.map(({ items }) =>
      keyed(
        items.filter(({ added }) => !added),
        keyOfItem,
      ),
    ),
  )

export const sectionLines = (cards: readonly Card[]): Line<CardSection>[] =>
  aligned(cards.map(({ sections }) => keyed(sections, ({ title }) => title)))

/** What was asked beyond the plan, of each. */
export const addedItems = ({ items }: Card): CardItem[] => items.filter(({ added }) => added)

const keyOfItem = ({ questionId, text }: CardItem): string =>
  questionId === null ? `text ${text}` : `id ${questionId}`

/** What one list holds twice is told apart by how often it came before. */
function keyed<T>(items: T[], keyOf: (item: T) => string): [string, T][] {
  const seen = new Map<string, number>()
  return items.map((item) => {
    const key = keyOf(item)
    const before = seen.get(key) ?? 0
    seen.set(key, before + 1)
    return [`${key} ${before}`, item]
  })
}

/** What only later lists hold stands behind what it stands behind there. */
function aligned<T>(lists: [string, T][][]): Line<T>[] {
  const order: string[] = []
  for (const list of lists) {
    let place = 0
    for (const [key] of list) {
      const known = order.indexOf(key)
      if (known < 0) order.splice(place, 0, key)
      place = (known < 0 ? place : known) + 1
    }
  }
  const maps = lists.map((list) => new Map(list))
  return order.flatMap((key) => {
    const cells = maps.map((map) => map.get(key) ?? null)
    const item = cells.find((cell) => cell !== null)
    return item ? [{ item, cells }] : []
  })
}
