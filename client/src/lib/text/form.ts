import { language } from './language.svelte.ts'

const noBreak = '\u00a0'
const minus = '\u2212'

const rules = { ru: new Intl.PluralRules('ru'), en: new Intl.PluralRules('en') }

/** «вопрос, вопроса, вопросов» by the number: 1, 2, 5. Halves take the second form. */
export function ru(count: number, one: string, few: string, many: string): string {
  const form = rules.ru.select(count)
  return form === 'one' ? one : form === 'many' ? many : few
}

export const en = (count: number, one: string, other: string): string =>
  rules.en.select(count) === 'one' ? one : other

/** What stands behind a number of them. */
export const secondsWord = (count: number): string =>
  language() === 'ru' ? ru(count, 'секунда', 'секунды', 'секунд') : en(count, 'second', 'seconds')

const ordinals = new Intl.PluralRules('en', { type: 'ordinal' })
const endings: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' }

/** What stands behind an English place: `st`, `nd`. */
export const ordinal = (place: number): string => endings[ordinals.select(place)] ?? 'th'

/** `12`, `1½`, `−3`: points come in whole and half ones. */
export function points(value: number): string {
  const [whole, half] = [Math.floor(Math.abs(value)), Math.abs(value) % 1 >= 0.5]
  const figure = half ? `${whole > 0 ? whole : ''}½` : String(whole)
  return value < 0 ? minus + figure : figure
}

/** With its sign, as something that is added: `+1`, `−½`, `0`. */
export const gain = (value: number): string => (value > 0 ? `+${points(value)}` : points(value))

export function ms(value: number): string {
  return `${Math.round(value)}${noBreak}${language() === 'ru' ? 'мс' : 'ms'}`
}

/** How much later than the first: `+38 мс`. */
export const gap = (value: number): string => `+${ms(Math.max(0, value))}`

/** The same where it may also be earlier: `−12 мс`. */
export const signedGap = (value: number): string => (Math.round(value) < 0 ? minus + ms(-value) : gap(value))

export const tenths = (valueMs: number): string =>
  (valueMs / 1000).toLocaleString(language(), { minimumFractionDigits: 1, maximumFractionDigits: 1 })

/** When it is on the clocks of people: `20:45`. */
export const clockTime = (at: number): string =>
  new Date(at).toLocaleTimeString(language(), { hour: 'numeric', minute: '2-digit' })

/** `12:05`: minutes and seconds that are left, the last second to its end. */
export function minutesLeft(leftMs: number): string {
  const seconds = Math.ceil(leftMs / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

export const pinInWords = (pin: string): string => `${pin.slice(0, 3)}${noBreak}${pin.slice(3)}`

const wholes = { ru: new Intl.NumberFormat('ru'), en: new Intl.NumberFormat('en') }

export const count = (value: number): string => wholes[language()].format(value)

const exact = {
  ru: new Intl.NumberFormat('ru', { maximumFractionDigits: 6, useGrouping: 'min2' }),
  en: new Intl.NumberFormat('en', { maximumFractionDigits: 6, useGrouping: 'min2' }),
}

/** A number as it was guessed: `1994`, `10 240,5`. */
export const guess = (value: number): string => exact[language()].format(value).replace(/^-/, minus)

export const day = (at: number): string =>
  new Date(at).toLocaleDateString(language(), { day: 'numeric', month: 'long' })

/** Text of a person or a bank is marked as Russian where it holds Cyrillic, else some letters are drawn wrongly. */
export const langOf = (text: string): 'ru' | undefined => (/\p{Script=Cyrillic}/u.test(text) ? 'ru' : undefined)
