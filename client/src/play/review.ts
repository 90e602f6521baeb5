import type { Verdict } from '@knopka/shared/game'
import type { IconName } from '../ui/icons.ts'

/** In the order in which they are offered and shown. */
export const verdictIcons: { verdict: Verdict; icon: IconName }[] = [
  { verdict: 'right', icon: 'check' },
  { verdict: 'partly', icon: 'half' },
  { verdict: 'wrong', icon: 'cross' },
]
