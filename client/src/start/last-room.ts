import type { Side } from '../lib/seat-tokens.ts'
import { isWhole, pinIn } from './pin.ts'

/** The room where this device was last, as a link there. */
interface LastRoom {
  pin: string
  side: Side
  path: string
}

/** @param kept what the device remembers, which may be nothing, or something that an older page wrote */
export function lastRoomIn(kept: string | null): LastRoom | null {
  const { pin, role } = read(kept)
  if (typeof pin !== 'string' || !isWhole(pin) || pinIn(pin) !== pin) return null
  if (role === 'host') return { pin, side: role, path: `/host/${pin}` }
  if (role === 'member') return { pin, side: role, path: `/study/${pin}` }
  return role === 'player' ? { pin, side: role, path: `/${pin}` } : null
}

function read(kept: string | null): { pin?: unknown; role?: unknown } {
  try {
    const value: unknown = JSON.parse(kept ?? 'null')
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
