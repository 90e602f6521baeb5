import { allBanks } from '@knopka/shared/bank'
import { language } from '../lib/text/language.svelte.ts'
import { remembered } from './remembered.ts'
import { newSeed } from '../lib/seed.ts'
import { setupOf } from './settings-link.ts'
import { firstSetup, type Setup } from './settings.ts'
import { text } from './text.ts'

/** The set-up that the page begins with, and where it comes from. */
export interface Arrival {
  setup: Setup
  from: 'device' | 'link' | 'broken-link'
}

/** Reads the address once: from then on the form is what counts, also after a reload. */
export function arrive(): Arrival {
  const fragment = location.hash
  const first = firstSetup(newSeed(language()))
  const own = remembered(first)
  if (fragment.length <= 1) return { setup: own, from: 'device' }
  history.replaceState(history.state, '', location.pathname)
  // Somebody's settings without a group are played with one's own: nowhere else on this device is its key.
  const linked = setupOf(fragment, { ...first, ...(own.group === undefined ? {} : { group: own.group }) })
  return linked ? { setup: linked, from: 'link' } : { setup: own, from: 'broken-link' }
}

/**
 * @param missing id of the bank that was asked for, where this server does not have it
 * @param lost how many sections are gone from the bank
 */
export function noticeOf(from: Arrival['from'], missing: string | null, lost: number): (() => string) | null {
  const said = () => [
    ...(from === 'broken-link' ? [text().brokenLink] : []),
    ...(missing ? [missing === allBanks ? text().oneBank : text().otherBank(missing)] : []),
    ...(lost > 0 ? [text().lost(lost)] : []),
    ...(from === 'link' && !missing && lost === 0 ? [text().fromLink] : []),
  ]
  return said().length > 0 ? () => said().join('. ') : null
}
