import { unmute } from '../lib/sound.ts'

let woken = $state(false)

/** Whether someone has clicked: only then a page may sound and fill the screen. */
export const isWoken = (): boolean => woken

/** To be called from a click or a key. A browser that refuses the full screen is left in peace. */
export function wake(): void {
  if (woken) return
  woken = true
  void unmute()
  document.documentElement.requestFullscreen?.().catch(() => {})
}
