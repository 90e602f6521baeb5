import { keep, recall } from '../keepsakes.ts'

export type Language = 'ru' | 'en'
export const languages: readonly Language[] = ['ru', 'en']

const isLanguage = (text: string | null): text is Language => text === 'ru' || text === 'en'

/** Kept from last time, else what the browser asks for. */
function firstLanguage(): Language {
  const kept = recall('language')
  if (isLanguage(kept)) return kept
  return navigator.languages.some((tag) => tag.startsWith('ru')) ? 'ru' : 'en'
}

let current = $state<Language>(firstLanguage())

export const language = (): Language => current

export function speak(wanted: Language): void {
  current = wanted
  keep('language', wanted)
}

/** A screen's words in both languages; reading them inside a component follows the language. */
export const words =
  <T>(both: { ru: T; en: NoInfer<T> }): (() => T) =>
  () =>
    both[current]
