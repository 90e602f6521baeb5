const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Four bits a consonant, two a vowel. */
const consonants = [...'бвгджзклмнпрстфх']
const vowels = [...'аеоу']
const places = [consonants, vowels, consonants, vowels, consonants]

/** How else a letter may be typed, most of all on a keyboard without it. */
const otherwise: Record<string, string[]> = {
  б: ['b'],
  в: ['v', 'w'],
  г: ['g'],
  д: ['d'],
  ж: ['zh', 'j'],
  з: ['z'],
  к: ['k', 'c'],
  л: ['l'],
  м: ['m'],
  н: ['n'],
  п: ['p'],
  р: ['r'],
  с: ['s'],
  т: ['t'],
  ф: ['f', 'ph'],
  х: ['kh', 'h', 'x'],
  а: ['a'],
  е: ['e', 'ё', 'э'],
  о: ['o'],
  у: ['u'],
}

const wordCount = 8

const oneOf = (letters: string[]): string =>
  `(${letters.flatMap((letter) => [...spellings(letter), letter]).join('|')})`
const spellings = (letter: string): string[] => otherwise[letter] ?? []
const letterOf = new Map(
  Object.entries(otherwise).flatMap(([letter, all]) => [letter, ...all].map((one) => [one, letter])),
)
const allWords = new RegExp(
  `^${places
    .map(oneOf)
    .join('')
    .repeat(wordCount + 1)}$`,
)

/**
 * A secret key in words that can be said and typed: eight of sixteen bits each, and one that tells a slip.
 * @param key 128 bits in base64url, 22 characters
 * @throws {RangeError} when it is no such key
 */
export function wordsOf(key: string): string {
  const words = numbersOf(key)
  if (!words) throw new RangeError('No key of 128 bits')
  return [...words, checksum(words)].map(asWord).join(' ')
}

/** `null` when these are not the words of a key. Case, spaces, hyphens, ё and Latin letters are forgiven. */
export function keyOf(words: string): string | null {
  const letters = words.toLowerCase().replace(/\P{L}/gu, '')
  const found = allWords.exec(letters)?.slice(1)
  if (!found) return null
  const numbers = Array.from({ length: wordCount + 1 }, (_, index) => asNumber(found.slice(index * 5, index * 5 + 5)))
  return checksum(numbers.slice(0, wordCount)) === numbers[wordCount] ? keyFrom(numbers.slice(0, wordCount)) : null
}

function asWord(number: number): string {
  let rest = number
  const letters = places.toReversed().map((letters) => {
    const letter = letters[rest % letters.length]
    rest = Math.floor(rest / letters.length)
    return letter
  })
  return letters.reverse().join('')
}

const asNumber = (spelled: string[]): number =>
  places.reduce((sum, letters, at) => sum * letters.length + letters.indexOf(letterOf.get(spelled[at] ?? '') ?? ''), 0)

function numbersOf(key: string): number[] | null {
  if (!/^[\w-]{21}[AQgw]$/.test(key)) return null
  const bits = [...key].reduce((sum, sign) => (sum << 6n) | BigInt(alphabet.indexOf(sign)), 0n) >> 4n
  return Array.from({ length: wordCount }, (_, at) => Number((bits >> BigInt(16 * (wordCount - 1 - at))) & 0xffffn))
}

function keyFrom(numbers: number[]): string {
  const bits = numbers.reduce((sum, number) => (sum << 16n) | BigInt(number), 0n) << 4n
  return Array.from({ length: 22 }, (_, at) => alphabet[Number((bits >> BigInt(6 * (21 - at))) & 63n)]).join('')
}

/**
 * One wrong word never goes unnoticed.
 * @see CRC-16/CCITT-FALSE
 */
function checksum(numbers: number[]): number {
  let sum = 0xffff
  for (const number of numbers) {
    sum ^= number
    for (let bit = 0; bit < 16; bit++) sum = sum & 0x8000 ? ((sum << 1) ^ 0x1021) & 0xffff : sum << 1
  }
  return sum
}
