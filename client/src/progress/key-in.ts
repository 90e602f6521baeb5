import { keyOf } from '@knopka/shared/study'
import { isProgressKey } from '../lib/progress-key.ts'

/** The key in what somebody typed or pasted: its words, its link or itself. */
export function keyIn(typed: string): string | null {
  const bare = typed.trim().replace(/^.*#/s, '')
  return isProgressKey(bare) ? bare : keyOf(typed)
}
