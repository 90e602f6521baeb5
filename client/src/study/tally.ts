import type { Verdict } from '@knopka/shared/contracts'
import type { ShownAnswer } from '@knopka/shared/game'

/** How many thought what of the answer that was said aloud. */
export function tallyOf(shown: readonly ShownAnswer[] | null | undefined): Record<Verdict, number> {
  const tally = { right: 0, partly: 0, wrong: 0 }
  for (const { vote } of shown ?? []) if (vote) tally[vote]++
  return tally
}
