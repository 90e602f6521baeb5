import { verdictOnChoice, type Mark, type PlayedChoices } from '@knopka/shared/game'

type ChoiceVerdict = ReturnType<typeof verdictOnChoice>

/** What a question that everyone answered by choosing came to, in one line. */
export interface Tally {
  /** `right` as soon as one was; `null`: no option is right after all. */
  verdict: ChoiceVerdict
  /** How many it is true of, and of how many who chose. */
  count: number
  of: number
}

/** @returns `null` where nobody chose */
export function tallyOf(choices: PlayedChoices): Tally | null {
  const verdicts = choices.marks.map((mark) => verdictOnChoice(choices, mark))
  const verdict = verdicts.includes('right') ? 'right' : verdicts[0]
  if (verdict === undefined) return null
  return { verdict, count: verdicts.filter((one) => one === verdict).length, of: verdicts.length }
}

/** How far a bar goes, in percent: the whole width is everyone who chose. */
export function sharesOf({ options, marks }: PlayedChoices): number[] {
  return options.map(({ count }) => (count / Math.max(1, marks.length)) * 100)
}

export const quickestFirst = (marks: Mark[]): Mark[] => marks.toSorted((a, b) => a.afterMs - b.afterMs)

/** Numbers as they were shown: 1 for the first. */
export const numbersOf = ({ options }: Mark): string => options.map((option) => option + 1).join(', ')
