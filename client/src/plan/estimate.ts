import type { PlannedItem } from '@knopka/shared/contracts'

/** What an answer takes where no clock ends it. */
const answerSeconds = 75
/** Until somebody begins to read, and how fast it is read aloud. */
const pauseSeconds = 3
const lettersPerSecond = 15

const readingSeconds = ({ text }: Pick<PlannedItem, 'text'>) => pauseSeconds + text.length / lettersPerSecond

/** How long the questions take, roughly. @param seconds for each answer; `null`: no clock */
export function minutesOf(items: Pick<PlannedItem, 'text'>[], seconds: number | null): number {
  const whole = items.reduce((sum, item) => sum + (seconds ?? answerSeconds) + readingSeconds(item), 0)
  return items.length === 0 ? 0 : Math.max(1, Math.round(whole / 60))
}
