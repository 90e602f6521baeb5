import { unmute, whenHeard } from '../lib/sound.ts'

let woken = $state(false)
let heard = $state(false)

/** Whether a click has given the page its sound: without one it may neither sound nor fill the screen. */
export const isWoken = (): boolean => woken

/** Whether the hall can hear this page. */
export const isSounding = (): boolean => heard

whenHeard((isHeard) => {
  // A sleeping laptop, or another program, may take the sound back: a click gives it again, and is asked for.
  if (heard && !isHeard) woken = false
  heard = isHeard
})

/** To be called from a click or a key. A browser that refuses the full screen is left in peace; one that gives no sound is asked again. */
export function wake(): void {
  if (woken) return
  void unmute().then((isHeard) => (woken = isHeard))
  document.documentElement.requestFullscreen?.().catch(() => {})
}
