/**
 * Keeps the screen from going dark for as long as the page is seen. Wake locks need https, or localhost; over plain http
 * a picture that plays does their work, as far as it can. @returns a function that ends it
 */
export const keepAwake = (): (() => void) => ('wakeLock' in navigator ? holdWakeLock() : playFromFirstTap())

function holdWakeLock(): () => void {
  let lock: WakeLockSentinel | null = null
  let isOver = false
  const hold = () => {
    if (document.visibilityState !== 'visible') return
    navigator.wakeLock.request('screen').then(
      (held) => {
        lock = held
        if (isOver) void held.release()
      },
      // A phone that saves its battery refuses.
      () => {},
    )
  }
  hold()
  document.addEventListener('visibilitychange', hold)
  return () => {
    isOver = true
    document.removeEventListener('visibilitychange', hold)
    void lock?.release()
  }
}

const taps = ['pointerup', 'keydown'] as const

/** A browser may stop the picture, and lets it play at a tap at the latest: each tap sees to it. */
function playFromFirstTap(): () => void {
  let video: HTMLVideoElement | null = null
  const play = () => {
    video ??= stillPicture()
    if (video.paused) video.play().catch(() => {})
  }
  for (const tap of taps) window.addEventListener(tap, play)
  return () => {
    for (const tap of taps) window.removeEventListener(tap, play)
    video?.remove()
  }
}

/**
 * A picture of one colour, made here, that plays without an end: no file, no sound, no loop.
 *
 * By their sources, Chromium and Firefox keep a screen on for a stream that plays in sight, however small and silent; of a
 * video file they want size or sound. Safari is said to want a sound that is not muted, which would end the music of
 * whoever listens to some, and even that failed in some of its versions: iPhones go dark as their owners set them.
 */
function stillPicture(): HTMLVideoElement {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 2
  const video = document.createElement('video')
  video.muted = video.playsInline = true
  video.disablePictureInPicture = true
  video.tabIndex = -1
  video.ariaHidden = 'true'
  // In sight, and yet not to be seen.
  Object.assign(video.style, {
    position: 'fixed',
    bottom: '0',
    left: '0',
    width: '2px',
    height: '2px',
    opacity: '0.01',
  })
  video.style.pointerEvents = 'none'
  const paper = canvas.getContext('2d')
  if ('captureStream' in canvas && paper) video.srcObject = canvas.captureStream(1)
  // Only what is drawn after it began is in the stream.
  paper?.fillRect(0, 0, 2, 2)
  document.body.append(video)
  return video
}
