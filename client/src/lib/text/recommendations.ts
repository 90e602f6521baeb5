import type { Recommendation } from '@knopka/shared/game'
import { words } from './language.svelte.ts'

/** From the best to the worst. */
export const recommendations = ['strong-yes', 'yes', 'no', 'strong-no'] as const satisfies readonly Recommendation[]

const text = words<Record<Recommendation, string>>({
  ru: { 'strong-yes': 'Точно да', yes: 'Да', no: 'Нет', 'strong-no': 'Точно нет' },
  en: { 'strong-yes': 'Strong yes', yes: 'Yes', no: 'No', 'strong-no': 'Strong no' },
})

export const recommendationInWords = (recommendation: Recommendation): string => text()[recommendation]
