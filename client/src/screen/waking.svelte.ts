import { unmute, whenHeard } from '../lib/sound.ts'

let heard = $state(false)

/** Whether the hall can hear this page. A sleeping laptop, or another program, may take the sound back. */
export const isSounding = (): boolean => heard

whenHeard((isHeard) => (heard = isHeard))

/**
 * To be called from a click or a key: without one a page may neither sound nor fill the screen. A browser that refuses
 * the full screen is left in peace; one that gives no sound is asked again.
 */
export function wake(): void {
  if (heard) return
  void unmute()
  document.documentElement.requestFullscreen?.().catch(() => {})
}
