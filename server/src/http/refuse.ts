import type { HttpRefusal } from '@knopka/shared/contracts'
import type { Response } from 'express'

/** The one way in which the API says no. */
export function refuse(
  response: Response,
  status: number,
  code: HttpRefusal['code'],
  retryAfterSeconds?: number,
): void {
  if (retryAfterSeconds) response.setHeader('Retry-After', retryAfterSeconds)
  const body: HttpRefusal = { code, ...(retryAfterSeconds ? { retryAfterSeconds } : {}) }
  response.status(status).json(body)
}
