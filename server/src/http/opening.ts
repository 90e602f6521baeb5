import type { Request, Response } from 'express'
import { addressesOf, type Address } from '../addresses.ts'
import type { Config } from '../config.ts'
import type { House } from '../house.ts'
import { isSameSecret } from '../same-secret.ts'
import { refuse } from './refuse.ts'

/** Where phones may find this server. Under a port of the system's choice only the request knows where it came in. */
export const addressesHere = ({ port, url }: Config, request: Request): Address[] =>
  addressesOf(request.socket.localPort ?? port, url)

/** The likeliest of them. Only KNOPKA_URL says that phones come by https: what a proxy says of its own link is about that link. */
export const addressHere = (config: Config, request: Request): string =>
  addressesHere(config, request)[0]?.address ?? `http://${request.headers.host ?? 'localhost'}`

/** Asks for the host's password where there is one, and answers whoever does not have it. */
export async function mayOpen(
  { hostPassword }: Config,
  { knocks }: House,
  password: string | undefined,
  request: Request,
  response: Response,
): Promise<boolean> {
  if (hostPassword === null) return true
  // A page that does not know yet that one is needed has not guessed.
  if (password === undefined) refuse(response, 403, 'wrong-password')
  else {
    const address = request.ip ?? ''
    const isRight = isSameSecret(password, hostPassword)
    // Whoever has guessed too often learns nothing meanwhile, also not that a guess was right.
    const wait = await (isRight ? knocks.wrongPassword.waitSeconds(address) : knocks.wrongPassword.take(address))
    if (wait > 0) refuse(response, 429, 'too-many', wait)
    else if (isRight) return true
    else refuse(response, 403, 'wrong-password')
  }
  return false
}
