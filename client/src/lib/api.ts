import type { HttpRefusal } from '@knopka/shared/contracts'

/** What the server answers, or why it says no; `offline` where no answer came. */
export type Answer<T> =
  { ok: true; body: T } | { ok: false; code: HttpRefusal['code'] | 'offline'; retryAfterSeconds?: number }

export type Refused = Extract<Answer<never>, { ok: false }>

export const get = <T>(path: string, token?: string | null): Promise<Answer<T>> =>
  ask<T>(path, { headers: bearing(token) })

export const post = <T>(path: string, body: unknown): Promise<Answer<T>> => send<T>('POST', path, body)

export const put = <T>(path: string, body: unknown): Promise<Answer<T>> => send<T>('PUT', path, body)

const send = <T>(method: string, path: string, body: unknown): Promise<Answer<T>> =>
  ask<T>(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

export const remove = <T>(path: string, token?: string | null): Promise<Answer<T>> =>
  ask<T>(path, { method: 'DELETE', headers: bearing(token) })

const bearing = (token?: string | null): Record<string, string> => (token ? { authorization: `Bearer ${token}` } : {})

async function ask<T>(path: string, request: RequestInit): Promise<Answer<T>> {
  try {
    const response = await fetch(path, request)
    const body: unknown = await response.json()
    return response.ok ? { ok: true, body: body as T } : { ok: false, ...(body as HttpRefusal) }
  } catch {
    return { ok: false, code: 'offline' }
  }
}
