import type { Rating, Scorecard } from '@knopka/shared/game'
import type { Ms } from '@knopka/shared/ids'
import { language } from '../lib/text/language.svelte.ts'
import { text } from './text.ts'

/** What stands for a thing that there is none of. */
export const nothing = '—'

/** `2,7`. */
export const mean = (level: number | null): string =>
  level?.toLocaleString(language(), { minimumFractionDigits: 1, maximumFractionDigits: 1 }) ?? nothing

/** Whole where it is whole, as one rates: `3`, `2,5`. */
export const level = (value: number | null): string =>
  value?.toLocaleString(language(), { maximumFractionDigits: 1 }) ?? nothing

export const rating = (value: Rating | null): string =>
  value === 'not-asked' ? text().notAskedShort : value === null ? nothing : String(value)

/** `0:48`, also beyond the hour: `61:05`. */
export function minutes(spent: Ms | null): string {
  if (spent === null) return nothing
  const seconds = Math.round(spent / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** How long the candidate was asked; pauses are taken out. `null`: no question was shown. */
export const wholeTime = ({ beganAt, endedAt }: Pick<Scorecard, 'beganAt' | 'endedAt'>): Ms | null =>
  beganAt === null ? null : Math.max(0, endedAt - beganAt)

/** `14 мин 50 с`. */
export function minutesInWords(spent: Ms): string {
  const seconds = Math.round(spent / 1000)
  return text().duration(Math.floor(seconds / 60), seconds % 60)
}

export const fullDay = (at: Ms): string =>
  new Date(at).toLocaleDateString(language(), { day: 'numeric', month: 'long', year: 'numeric' })
