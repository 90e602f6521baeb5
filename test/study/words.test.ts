import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { keyOf, wordsOf } from '@knopka/shared/study'

const keys = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString('base64url'))

const latin = ['a', 'b', 'v', 'g', 'd', 'e', 'zh', 'z', 'k', 'l', 'm', 'n', 'o', 'p', 'r', 's', 't', 'u', 'f', 'kh']
const toLatin = new Map([...'абвгдежзклмнопрстуфх'].map((letter, at) => [letter, latin[at] ?? '']))
const latinOf = (words: string) => [...words].map((letter) => toLatin.get(letter) ?? letter).join('')

describe('a key in words', () => {
  test('is nine words of five letters that can be said', () => {
    fc.assert(
      fc.property(keys, (key) => {
        const said = '[бвгджзклмнпрстфх][аеоу]'
        expect(wordsOf(key)).toMatch(new RegExp(`^(${said}${said}[бвгджзклмнпрстфх] ?){9}$`))
      }),
    )
  })

  test('has the same words today and tomorrow', () => {
    expect(wordsOf('AAAAAAAAAAAAAAAAAAAAAA')).toBe(`${'бабаб '.repeat(8)}комап`)
    expect(wordsOf('AAECAwQFBgcICQoLDA0ODw')).toBe('бабав бамад бебаз бемал бобан бомар бубат бумах досул')
  })

  test('is read from them', () => {
    fc.assert(
      fc.property(keys, (key) => {
        expect(keyOf(wordsOf(key))).toBe(key)
      }),
    )
  })

  test('is read whatever the case, whatever stands between the words, and with ё for е', () => {
    fc.assert(
      fc.property(keys, fc.constantFrom(' ', '-', '\n', '  ', ', ', '', ' – '), (key, between) => {
        const words = wordsOf(key).replaceAll(' ', between)
        for (const typed of [words, ` ${words.toUpperCase()}. `, words.replaceAll('е', 'ё'), words.normalize('NFD')]) {
          expect(keyOf(typed)).toBe(key)
        }
        expect(keyOf(words.replaceAll('е', 'ё').normalize('NFD'))).toBe(key)
      }),
    )
  })

  test('is read from Latin letters, also with no space between the words', () => {
    fc.assert(
      fc.property(keys, (key) => {
        const words = latinOf(wordsOf(key))
        expect([keyOf(words), keyOf(words.replaceAll(' ', '')), keyOf(words.replaceAll('zh', 'j'))]).toEqual([
          key,
          key,
          key,
        ])
      }),
    )
  })

  test('is not read where any one word is wrong', () => {
    const change = fc.tuple(keys, keys, fc.nat(8))
    fc.assert(
      fc.property(change, ([key, other, place]) => {
        const [words, others] = [wordsOf(key).split(' '), wordsOf(other).split(' ')]
        fc.pre(words[place] !== others[place])
        expect(keyOf(words.with(place, others[place] ?? '').join(' '))).toBeNull()
      }),
    )
  })

  test('is not read where two words next to each other have changed places', () => {
    const words = wordsOf('AAECAwQFBgcICQoLDA0ODw').split(' ')
    for (let at = 0; at < 8; at++) {
      const swapped = words.with(at, words[at + 1] ?? '').with(at + 1, words[at] ?? '')
      expect(keyOf(swapped.join(' '))).toBeNull()
    }
  })

  test('is not read from anything else', () => {
    const words = wordsOf('AAECAwQFBgcICQoLDA0ODw')
    for (const typed of ['', 'привет', words.slice(0, -1), words.slice(6), `${words} бабаб`, 'q'.repeat(45)]) {
      expect(keyOf(typed)).toBeNull()
    }
  })

  test('must be a key of 128 bits', () => {
    for (const key of ['', 'abc', 'AAAAAAAAAAAAAAAAAAAAAB', 'AAAAAAAAAAAAAAAAAAAAA+']) {
      expect(() => wordsOf(key)).toThrow(RangeError)
    }
  })
})
