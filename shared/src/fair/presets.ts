import type { Ms } from '../ids.ts'
import type { Truth } from './light.ts'

/** Where people sit decides what "first" means, and how long it may take to find out. */
type Setting = 'room' | 'call' | 'screen' | 'friends'

interface Preset {
  truth: Truth
  /** From the first press that came in, how long others are waited for at most. */
  windowMs: Ms
  /** Everyone is told when the light comes well before it: nothing is late, and a script could show it early. */
  announced: boolean
}

export const presets: Record<Setting, Preset> = {
  room: { truth: 'voice', windowMs: 150, announced: false },
  call: { truth: 'voice', windowMs: 250, announced: false },
  screen: { truth: 'light', windowMs: 250, announced: false },
  friends: { truth: 'light', windowMs: 250, announced: true },
}
