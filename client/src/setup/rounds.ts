import type { PickedRound } from '@knopka/shared/bank'
import { wayOf } from '@knopka/shared/game'
import type { RoundSetup } from './settings.ts'

/** The same things with this one elsewhere. */
export function moved<Thing>(things: readonly Thing[], from: number, to: number): Thing[] {
  const others = things.filter((_, index) => index !== from)
  return [...others.slice(0, to), ...things.slice(from, from + 1), ...others.slice(to)]
}

const readingSeconds = 15
const talkingSeconds = 15
const judgingSeconds = 25
const pickingSeconds = 10
const finalSeconds = 120

/** How long a round takes, roughly: half of the time to press is used, all of the time to answer. */
export function secondsOf(round: RoundSetup, { questions, final }: PickedRound): number {
  const { pressSeconds, answerSeconds, typing } = round.rules
  const aloud = readingSeconds + (pressSeconds ?? 30) / 2 + (answerSeconds ?? 15) + talkingSeconds
  const written = readingSeconds + (typing?.seconds ?? 30) + judgingSeconds
  const way = wayOf(round)
  if (way === 'board') {
    return (questions.length - Number(final)) * (aloud + pickingSeconds) + (final ? finalSeconds : 0)
  }
  return questions.length * (way === 'buzzer' ? aloud : written)
}

/** Beyond ten minutes nobody can foresee more than every fifth. */
export function roughMinutes(seconds: number): number {
  const minutes = Math.max(1, Math.round(seconds / 60))
  return minutes <= 10 ? minutes : Math.round(minutes / 5) * 5
}
