import { base64url } from './base64url.ts'
import { keep, recall } from './keepsakes.ts'

const name = 'progress'

/** Where the browser keeps nothing, the key lasts as long as the page. */
let held: string | null = null

/** The whole right to this person's progress: 128 bits, drawn and kept on this device at first use. */
export function progressKey(): string {
  const known = knownProgressKey()
  if (known) return known
  const drawn = base64url(crypto.getRandomValues(new Uint8Array(16)))
  keepProgressKey(drawn)
  return drawn
}

/** `null` where nothing was ever studied on this device. */
export function knownProgressKey(): string | null {
  const kept = recall(name) ?? held
  return kept && isProgressKey(kept) ? kept : null
}

export function keepProgressKey(key: string): void {
  held = key
  keep(name, key)
}

export function forgetProgressKey(): void {
  held = null
  keep(name, null)
}

/** 22 letters hold 132 bits: the last four are none. */
export const isProgressKey = (text: string): boolean => /^[\w-]{21}[AQgw]$/.test(text)
