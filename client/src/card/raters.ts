import type { CardItem, Interviewer, Level, Opinion, Rating, Scorecard } from '@knopka/shared/game'

/** One who rated, by whom the columns are named. */
export interface Rater {
  interviewer: Interviewer
  /** `''`: came by the link, and the room was opened without a name for them. */
  name: string
  /** The least of the name that tells it from the other one's: `М`, `П`. */
  mark: string
}

type Rated = Pick<Scorecard, 'interviewers' | 'items'>

/** The first, and the second where they made anything of any answer. */
export function ratersIn({ interviewers: [first = '', second = ''], items }: Rated): Rater[] {
  const [one, other] = marksOf(first, second)
  const leading: Rater = { interviewer: 'first', name: first, mark: one }
  if (!items.some((item) => item.second !== null)) return [leading]
  return [leading, { interviewer: 'second', name: second, mark: other }]
}

/** Whether there is anything that the ratings of the first do not tell. */
export const hasVerdictOfBoth = (card: Rated): boolean =>
  ratersIn(card).length > 1 || card.items.some(({ agreed }) => agreed !== null)

export const ratingOf = (opinion: Opinion | null): Rating | null => opinion?.rating ?? null

export const isLevel = (rating: Rating | null): rating is Level => typeof rating === 'number'

export const isFlagged = ({ first, second }: Pick<CardItem, 'first' | 'second'>): boolean =>
  (first?.flagged ?? false) || (second?.flagged ?? false)

/** Two who are called alike are told apart by their places. */
function marksOf(first: string, second: string): [string, string] {
  const [one, other] = [[...first.trim()], [...second.trim()]]
  const mark = (letters: string[], length: number) => letters.slice(0, length).join('').toLocaleUpperCase()
  const length = [1, 2, 3].find((length) => mark(one, length) !== mark(other, length))
  return length === undefined ? ['1', '2'] : [mark(one, length) || '1', mark(other, length) || '2']
}
