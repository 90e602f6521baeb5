import { keep, recall } from '../lib/keepsakes.ts'
import { sounds, unmute } from '../lib/sound.ts'

/** Whether this console sounds as the projector does, by its host's choice, which the browser remembers. */
class Mirror {
  /** Where the projector hangs on the same computer, all would sound twice: silent until told otherwise. */
  isOn = $state(recall('console-sound') === 'on')

  set(on: boolean): void {
    this.isOn = on
    keep('console-sound', on ? 'on' : null)
    if (on) void unmute().then(sounds.press)
  }
}

export const mirror = new Mirror()
