import type { Results } from '@knopka/shared/game'
import type { SeatId } from '@knopka/shared/ids'

export interface Person {
  number: number
  name: string
  hidden: boolean
}

/** Everyone that the page may name. Who was removed is in no standings, but their presses stand. */
export function peopleIn({ standings, questions }: Pick<Results, 'standings' | 'questions'>): Map<SeatId, Person> {
  const named = [...questions.flatMap(({ presses }) => presses), ...standings]
  return new Map(named.map(({ seat, number, name, hidden }) => [seat, { number, name, hidden }]))
}
