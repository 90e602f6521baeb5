import type { Ms } from '../ids.ts'

/** What became of a question in all evenings that are over. */
export interface Use {
  asked: number
  /** How often it was answered right. */
  right: number
  /** How long it took from the light, or from the options, to the right answer: the sum over all of them. */
  ms: Ms
}

/** After fewer, nothing is said: one bad evening would make a hard question. */
export const fewestAsked = 3

/** How much of the time it was answered right, in [0, 1]; `null`: asked too seldom to tell. */
export const shareRight = ({ asked, right }: Use): number | null => (asked < fewestAsked ? null : right / asked)
