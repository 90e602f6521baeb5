import type { Language } from '../lib/text/language.svelte.ts'

const animals: Record<Language, string> = {
  ru: 'аист барс бобр волк выдра грач гусь дрозд ежик енот заяц зубр иволга кабан кит коза кот краб лань лис лось морж нерпа окунь олень рысь сова сокол сом тигр хорек чайка',
  en: 'badger bear bison boar camel crab crane deer eagle ermine falcon finch fox goat hare hawk heron lynx mole moose orca otter owl puma raven robin seal stork swan tiger wolf zebra',
}
/** Without the letters that look like digits. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'
const digits = 6

export const longestSeed = 40

/**
 * `сова-7f3ak2`: short enough to be read out, and too many (2^35) to try them all during an evening and so to learn
 * what comes next.
 */
export function newSeed(language: Language): string {
  const bytes = Array.from(crypto.getRandomValues(new Uint8Array(digits + 1)), (byte) => byte % 32)
  const [animal = 0, ...rest] = bytes
  return `${animals[language].split(' ')[animal]}-${rest.map((digit) => alphabet[digit]).join('')}`
}
