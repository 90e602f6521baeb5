import { base64url } from '../lib/base64url.ts'
import { readSetup } from './read-setup.ts'
import type { Setup } from './settings.ts'

/** The part of a link after `#`: never sent to a server, and safe in every messenger. */
export const fragmentOf = (setup: Setup): string => base64url(new TextEncoder().encode(JSON.stringify(setup)))

/** Without the right to what the group has played, for links that are handed to anyone. */
export const withoutGroup = ({ group: _group, ...open }: Setup): Setup => open

/** @param fragment with or without its `#` @returns `null` for a link that is cut off or not ours */
export function setupOf(fragment: string, otherwise: Setup): Setup | null {
  try {
    const binary = atob(fragment.replace(/^#/, '').replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0))
    return readSetup(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), otherwise)
  } catch {
    return null
  }
}
