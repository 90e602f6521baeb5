import { language } from '../lib/text/language.svelte.ts'
import { remembered } from './remembered.ts'
import { newSeed } from './seed.ts'
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
  if (fragment.length <= 1) return { setup: remembered(first), from: 'device' }
  history.replaceState(history.state, '', location.pathname)
  const linked = setupOf(fragment, first)
  return linked ? { setup: linked, from: 'link' } : { setup: remembered(first), from: 'broken-link' }
}

/**
 * @param missing id of the bank that was asked for, where this server does not have it
 * @param lost how many sections are gone from the bank
 */
export function noticeOf(from: Arrival['from'], missing: string | null, lost: number): (() => string) | null {
  const said = () => [
    ...(from === 'broken-link' ? [text().brokenLink] : []),
    ...(missing ? [text().otherBank(missing)] : []),
    ...(lost > 0 ? [text().lost(lost)] : []),
    ...(from === 'link' && !missing && lost === 0 ? [text().fromLink] : []),
  ]
  return said().length > 0 ? () => said().join('. ') : null
}
