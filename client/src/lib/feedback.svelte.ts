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

  #shake(pattern: number | number[]): void {
    if (this.vibrates) vibrate(pattern)
  }
}

export const feedback = new Feedback()
