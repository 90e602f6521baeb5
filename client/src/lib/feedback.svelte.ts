import { keep, recall } from './keepsakes.ts'
import { sounds, unmute } from './sound.ts'
import { vibrate } from './vibrate.ts'

/** How a press is felt on this phone, by its owner's choice, which the phone remembers. */
class Feedback {
  /** iPhones have no vibration to choose. */
  readonly canVibrate = 'vibrate' in navigator
  vibrates = $state(recall('vibration') !== 'off')
  /** A hall full of clicking phones is nothing that anyone asked for: silent until told otherwise. */
  sounds = $state(recall('press-sound') === 'on')

  setVibrates(on: boolean): void {
    this.vibrates = on
    keep('vibration', on ? null : 'off')
    if (on) this.#shake(15)
  }

  setSounds(on: boolean): void {
    this.sounds = on
    keep('press-sound', on ? 'on' : null)
    if (on) void unmute().then(sounds.press)
  }

  press(): void {
    this.#shake(15)
    if (this.sounds) sounds.press()
  }

  first(): void {
    this.#shake([60, 40, 60])
  }

  early(): void {
    this.#shake(120)
  }

  /** A page that was loaded anew may sound from its first tap on. @returns a function that ends it */
  unmuteAtTaps(): () => void {
    const tapped = () => {
      if (this.sounds) void unmute()
    }
    for (const tap of taps) window.addEventListener(tap, tapped)
    return () => taps.forEach((tap) => window.removeEventListener(tap, tapped))
  }

  #shake(pattern: number | number[]): void {
    if (this.vibrates) vibrate(pattern)
  }
}

const taps = ['pointerup', 'keydown'] as const

export const feedback = new Feedback()
