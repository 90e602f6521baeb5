import { keep, recall } from '../lib/keepsakes.ts'
import { readSetup } from './read-setup.ts'
import type { Setup } from './settings.ts'

const key = 'setup'

/** The set-up that this device had last. */
export function remembered(otherwise: Setup): Setup {
  try {
    return readSetup(JSON.parse(recall(key) ?? 'null'), otherwise) ?? otherwise
  } catch {
    return otherwise
  }
}

export const remember = (setup: Setup): void => keep(key, JSON.stringify(setup))
