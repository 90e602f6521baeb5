import type { HttpRefusal, KeptProgress, TeamMap } from '@knopka/shared/contracts'
import type { Pin } from '@knopka/shared/ids'
import type { Review } from '@knopka/shared/study'

/** What the server answers, or why it says no; `offline` where no answer came. */
export type Answer<T> =
  /** `now` is the server's clock when it answered, to the second: the device's own may be wrong. */
  { ok: true; body: T; now?: number } | { ok: false; code: HttpRefusal['code'] | 'offline'; retryAfterSeconds?: number }

export type Refused = Extract<Answer<never>, { ok: false }>

export const get = <T>(path: string, token?: string | null): Promise<Answer<T>> =>
  ask<T>(path, { headers: bearing(token) })

export const post = <T>(path: string, body: unknown, token?: string | null): Promise<Answer<T>> =>
  send<T>('POST', path, body, token)

export const put = <T>(path: string, body: unknown): Promise<Answer<T>> => send<T>('PUT', path, body)

const send = <T>(method: string, path: string, body: unknown, token?: string | null): Promise<Answer<T>> => {
  const headers = { 'content-type': 'application/json', ...bearing(token) }
  return ask<T>(path, { method, headers, body: JSON.stringify(body) })
}

export const remove = <T>(path: string, token?: string | null): Promise<Answer<T>> =>
  ask<T>(path, { method: 'DELETE', headers: bearing(token) })

const bearing = (token?: string | null): Record<string, string> => (token ? { authorization: `Bearer ${token}` } : {})

async function ask<T>(path: string, request: RequestInit): Promise<Answer<T>> {
  try {
    const response = await fetch(path, request)
    const body: unknown = await response.json()
    if (!response.ok) return { ok: false, ...(body as HttpRefusal) }
    return { ok: true, body: body as T, now: Date.parse(response.headers.get('date') ?? '') || Date.now() }
  } catch {
    return { ok: false, code: 'offline' }
  }
}

/** Grows together with the contracts, whose test compares it: they would bring zod into every phone. */
export const mostReviewsSent = 2000

const progress = '/api/progress'

/** All that somebody rated; the key is the whole right to it. */
export const fetchProgress = (key: string): Promise<Answer<KeptProgress>> => get(progress, key)

/** In bytes; the server takes a little more at once. */
const longestPart = 190_000

/** Adds reviews to a progress, in as many parts as it takes. Sending them again after a refusal does no harm. */
export async function sendReviews(key: string, reviews: readonly Review[]): Promise<Answer<unknown>> {
  let answer: Answer<unknown> = { ok: true, body: {} }
  for (const part of partsOf(reviews)) {
    answer = await post(progress, { reviews: part }, key)
    if (!answer.ok) break
  }
  return answer
}

/** As many at once as the server takes. */
export function partsOf(reviews: readonly Review[]): Review[][] {
  const encoder = new TextEncoder()
  const parts: Review[][] = []
  let [part, length]: [Review[], number] = [[], Infinity]
  for (const review of reviews) {
    const bytes = encoder.encode(JSON.stringify(review)).length + 1
    if (part.length === mostReviewsSent || length + bytes > longestPart) {
      ;[part, length] = [[], 0]
      parts.push(part)
    }
    part.push(review)
    length += bytes
  }
  return parts
}

/** For good: nothing can be kept under this key any more. */
export const deleteProgress = (key: string): Promise<Answer<unknown>> => remove(progress, key)

/** What those who share it know together, for whoever has a seat in the room. */
export const fetchTeamMap = (pin: Pin, token: string): Promise<Answer<TeamMap>> => get(`/api/studies/${pin}/map`, token)
