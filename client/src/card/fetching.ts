import type { ScorecardPage } from '@knopka/shared/contracts'
import { get, remove, type Answer } from '../lib/api.ts'
import { planKeys } from '../lib/plan-keys.ts'
import { lastLink, tokenOf } from '../lib/seat-tokens.ts'

/** A scorecard, and what lets this device delete it, where it has that. */
export interface OpenCard {
  page: ScorecardPage
  right: string | null
}

export type Refused = Extract<Answer<never>, { ok: false }>

const pathOf = (id: string): string => `/api/scorecards/${encodeURIComponent(id)}`

/** Only the answer tells which room it was, and so which seat of this device ran it; of plans it tells nothing. */
export async function fetchCard(id: string): Promise<Answer<OpenCard>> {
  const open = await get<ScorecardPage>(pathOf(id))
  if (!open.ok) return open
  for (const right of [tokenOf(open.body.pin, `call-${lastLink(open.body.pin) ?? ''}`), ...planKeys()]) {
    const own = right ? await get<ScorecardPage>(pathOf(id), right) : null
    if (own?.ok && own.body.mayDelete) return { ok: true, body: { page: own.body, right } }
  }
  return { ok: true, body: { page: open.body, right: null } }
}

export const deleteCard = (id: string, right: string): Promise<Answer<unknown>> => remove(pathOf(id), right)

/** Whether another try may go better; else the thing is not there, or the link is not whole. */
export const mayPass = ({ code }: Refused): boolean =>
  code === 'offline' || code === 'server-error' || code === 'too-many'
