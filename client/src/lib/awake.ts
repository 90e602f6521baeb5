/**
 * Keeps the screen from going dark for as long as the page is seen. Wake locks need https; on plain http a phone goes
 * dark as its owner set it, and the page comes back to where it was. @returns a function that ends it
 */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | null = null
  const hold = () => {
    if (document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
    navigator.wakeLock.request('screen').then(
      (held) => (lock = held),
      () => {},
    )
  }
  hold()
  document.addEventListener('visibilitychange', hold)
  return () => {
    document.removeEventListener('visibilitychange', hold)
    void lock?.release()
  }
}
