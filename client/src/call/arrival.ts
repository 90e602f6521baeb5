import type { Pin } from '@knopka/shared/ids'
import { keepLastLink, lastLink, type Side } from '../lib/seat-tokens.ts'

/** Which of this device's seats a tab is for, and with what right it comes, if it brings one. */
export interface Arrival {
  side: Side
  /** Empty: it has been here before. */
  capability: string
}

/** So much of a link tells it from the others of its room, and does not open anything. */
const tellingLetters = 6

/**
 * The right came in the link's fragment; it leaves the address bar, which a shared screen may show. Each tab remembers
 * its own link: whoever asks may look at the candidate's page in another one.
 * @returns `null` for whoever has neither a link nor a seat
 */
export function arrive(pin: Pin): Arrival | null {
  const capability = location.hash.slice(1)
  const link = capability ? capability.slice(0, tellingLetters) : (linkOfTab() ?? lastLink(pin))
  if (!link) return null
  history.replaceState({ link }, '', location.pathname)
  keepLastLink(pin, link)
  return { side: `call-${link}`, capability }
}

function linkOfTab(): string | null {
  const state: unknown = history.state
  return state !== null && typeof state === 'object' && 'link' in state ? String(state.link) : null
}
