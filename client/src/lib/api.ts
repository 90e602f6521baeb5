import type { HttpRefusal } from '@knopka/shared/contracts'

/** What the server answers, or why it says no; `offline` where no answer came. */
export type Answer<T> =
  { ok: true; body: T } | { ok: false; code: HttpRefusal['code'] | 'offline'; retryAfterSeconds?: number }

export const get = <T>(path: string, token?: string | null): Promise<Answer<T>> =>
  ask<T>(path, { headers: token ? { authorization: `Bearer ${token}` } : {} })

export const post = <T>(path: string, body: unknown): Promise<Answer<T>> =>
  ask<T>(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

export const remove = <T>(path: string): Promise<Answer<T>> => ask<T>(path, { method: 'DELETE' })

async function ask<T>(path: string, request: RequestInit): Promise<Answer<T>> {
  try {
    const response = await fetch(path, request)
    const body: unknown = await response.json()
    return response.ok ? { ok: true, body: body as T } : { ok: false, ...(body as HttpRefusal) }
  } catch {
    return { ok: false, code: 'offline' }
  }
}
