import type { LinkQuality, Presence } from '@knopka/shared/contracts'
import { presets } from '@knopka/shared/fair'
import type { RoomState } from '@knopka/shared/game'
import type { Ms } from '@knopka/shared/ids'
import type { LinkMeter } from '../light/meter.ts'
import { certaintyOf } from '../light/press.ts'
import type { Phone } from '../light/round.ts'

/** Who is here, and how good the link of each is. Of several connections of a seat, how the one is that came last. */
export function presenceOf(phones: Phone[], state: RoomState, now: Ms): Presence {
  const qualityOf = (meter: LinkMeter): LinkQuality => ({
    rttMs: meter.rttMs(now),
    ...errorOf(meter, state, now),
    ...(meter.looksFarther(now) ? { looksFarther: true } : {}),
  })
  return Object.fromEntries(phones.map(({ seat, meter }) => [seat, qualityOf(meter)]))
}

/** Worked out while there is time for it: once the game is on, each press says how sure it is. */
function errorOf(meter: LinkMeter, { phase, rules }: RoomState, now: Ms): Pick<LinkQuality, 'errorMs'> {
  const link = phase === 'lobby' && meter.isKnown ? meter.link(now) : null
  return link ? { errorMs: certaintyOf(link, presets[rules.setting].truth) } : {}
}
