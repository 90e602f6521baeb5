import { tieMs, type Press } from '@knopka/shared/game'

/**
 * Whether it would have been first, had it come in before that was decided. Within a tie it may as well have lost the draw.
 * @param presses of one opening, in the order of the rules
 */
export const cameTooLate = ({ scoreMs }: Press, [first]: Press[]): boolean =>
  first !== undefined && scoreMs < first.scoreMs - tieMs
