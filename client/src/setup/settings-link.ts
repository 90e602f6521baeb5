import { readSetup, type Setup } from './settings.ts'

/** The part of a link after `#`: never sent to a server, and safe in every messenger. */
export function fragmentOf(setup: Setup): string {
  const bytes = new TextEncoder().encode(JSON.stringify(setup))
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

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
