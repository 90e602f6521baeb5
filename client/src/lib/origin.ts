import type { Addresses } from '@knopka/shared/contracts'
import { get } from './api.ts'

const isLoopback = /^(localhost|127\.|\[::1\])/.test(location.hostname)

/** Where other devices find this server: under `localhost` nobody else would find this machine. */
export async function originForOthers(): Promise<string> {
  if (!isLoopback) return location.origin
  const answer = await get<Addresses>('/api/addresses')
  return (answer.ok && answer.body.addresses[0]?.address) || location.origin
}
