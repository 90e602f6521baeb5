/** `1:05`; beyond its end `+0:12`. */
export function clock(leftMs: number): string {
  const seconds = Math.ceil(leftMs / 1000)
  return seconds >= 0 ? plain(seconds) : `+${plain(-seconds)}`
}

/** How long something has taken so far. */
export const taken = (ms: number): string => plain(Math.floor(ms / 1000))

const plain = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

/** «Не знает: молчит или мимо» has a word to be read at once, and what it means. */
export function levelWords(level: string): { word: string; meaning: string } {
  const [word = '', ...meaning] = level.split(/: | — | - |; /u)
  return { word, meaning: meaning.join(', ') }
}
