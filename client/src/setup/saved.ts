import { keep, recall } from '../lib/keepsakes.ts'
import { tidy } from '../lib/text/tidy.ts'
import { readSetup } from './read-setup.ts'
import { withoutGroup } from './settings-link.ts'
import { longestTitle, type Setup } from './settings.ts'

const key = 'setups'
export const mostSaved = 30

/** A set-up under a name of the host's. */
export interface Saved {
  name: string
  setup: Setup
}

/** Set-ups that this device keeps, the newest first. */
export function savedSetups(otherwise: Setup): Saved[] {
  try {
    return readSaved(JSON.parse(recall(key) ?? '[]'), withoutGroup(otherwise))
  } catch {
    return []
  }
}

/** What is no set-up, or has no name, is left out. */
export function readSaved(value: unknown, otherwise: Setup): Saved[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((entry: unknown) => {
    if (typeof entry !== 'object' || entry === null || !('name' in entry) || !('setup' in entry)) return []
    const name = typeof entry.name === 'string' ? tidy(entry.name).slice(0, longestTitle) : ''
    const setup = readSetup(entry.setup, otherwise)
    return name !== '' && setup ? [{ name, setup: withoutGroup(setup) }] : []
  })
}

/** The same name takes the place of the one before. @returns `null` where there are too many */
export function withSaved(saved: Saved[], { name, setup }: Saved): Saved[] | null {
  const others = saved.filter((one) => one.name !== name)
  return others.length < mostSaved ? [{ name, setup: withoutGroup(setup) }, ...others] : null
}

export const keepSaved = (saved: Saved[]): void => keep(key, JSON.stringify(saved))
