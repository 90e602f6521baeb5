import type { Ms } from '@knopka/shared/ids'
import type { Random } from '@knopka/shared/random'
import { between, exponential, normal } from './chance.ts'

const knowsShare = 0.75
const reactionLeastMs = 130
export const frameMs = 1000 / 60

/**
 * How long a person takes from what they see or hear to the press, or null if they do not know the answer.
 * Normal plus exponential, as reaction times are: mean 380 ms.
 */
export function reaction(random: Random): Ms | null {
  const ms = Math.max(reactionLeastMs, normal(random, 280, 40) + exponential(random, 100))
  return random() < knowsShare ? ms : null
}

/** How long a page's main thread is busy before it does what it is asked. */
export function mainThread(random: Random): Ms {
  return random() < 0.02 ? between(random, [5, 50]) : exponential(random, 0.6)
}
