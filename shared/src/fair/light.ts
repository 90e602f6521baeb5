import type { Ms } from '../ids.ts'
import type { Link } from './link.ts'

/** What "first" means: by everyone's own screen, or by the one voice that all hear. */
export type Truth = 'light' | 'voice'

/** Room for the message that carries the light to be late. */
const spareMs = 3
const leadLeastMs = 20
/** Beyond it a far phone's light may come late; nobody waits longer. */
export const leadMostMs = 300

/** In a strict room the light comes up to so much later than it could, so that nobody presses by the host's voice. */
export const surpriseMostMs = 1000

/** How long from the host's key to the light, so that it can be lit everywhere at once. */
export function leadFor(links: readonly Pick<Link, 'downlinkMs'>[]): Ms {
  const longest = Math.max(0, ...links.map(({ downlinkMs }) => downlinkMs + spareMs))
  return Math.min(leadMostMs, Math.max(leadLeastMs, longest))
}

/** When to send a phone its light, just in time: no phone knows long before when it will come. */
export const sendLightAt = (opensAt: Ms, { downlinkMs }: Pick<Link, 'downlinkMs'>): Ms => opensAt - downlinkMs - spareMs

/** The instant of the light, on the phone's own clock. */
export const lightOnPhone = (opensAt: Ms, { offsetMs }: Pick<Link, 'offsetMs'>): Ms => opensAt + offsetMs
