import { feedback } from '../lib/feedback.svelte.ts'
import type { Caption } from '../ui/caption.ts'
import { trialText } from './trial-text.ts'

/** How long the button stays down: long enough to be seen beside the finger. */
const downMs = 700

/** Before the game a phone tries its button: the press is felt and shown here, and nobody is told of it. */
export class Trial {
  isDown = $state(false)
  wasPressed = $state(false)
  #timer: ReturnType<typeof setTimeout> | undefined

  press(): void {
    feedback.press()
    this.isDown = this.wasPressed = true
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => (this.isDown = false), downMs)
  }

  /** @param waits what the phone says while it waits for the game */
  caption({ head, line }: Caption): Caption {
    const { pressed, press, harmless, works } = trialText()
    return { head, word: this.isDown ? pressed : press, line: this.wasPressed ? `${works}. ${line}` : harmless }
  }
}
