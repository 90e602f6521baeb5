import type { Ms } from '../ids.ts'
import type { Truth } from './light.ts'

/** Where people sit decides what "first" means, and how long it may take to find out. */
type Setting = 'room' | 'call' | 'screen' | 'friends' | 'arrival'

interface Preset {
  truth: Truth
  /** From the first press that came in, how long others are waited for at most. */
  windowMs: Ms
  /** Everyone is told when the light comes well before it: nothing is late, and a script could show it early. */
  announced: boolean
  /** Whoever comes in first is first, as nearly all buzzers have it. To compare with; no screen offers it. */
  byArrival: boolean
}

export const presets: Record<Setting, Preset> = {
  room: { truth: 'voice', windowMs: 150, announced: false, byArrival: false },
  call: { truth: 'voice', windowMs: 250, announced: false, byArrival: false },
  screen: { truth: 'light', windowMs: 250, announced: false, byArrival: false },
  friends: { truth: 'light', windowMs: 250, announced: true, byArrival: false },
  arrival: { truth: 'voice', windowMs: 0, announced: false, byArrival: true },
}
