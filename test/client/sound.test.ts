import { describe, expect, test } from 'vitest'
import { signatureOf } from '../../client/src/lib/sound.ts'

const numbers = Array.from({ length: 30 }, (_, index) => index + 1)

describe('the two notes of a team', () => {
  test('are its own among thirty', () => {
    const heard = numbers.map((number) => signatureOf(number).map(Math.round).join(' '))
    expect(new Set(heard).size).toBe(30)
  })

  test('are told apart by ear: of any two, one note at least is a whole tone off', () => {
    const tone = (one: number, other: number) => Math.max(one, other) / Math.min(one, other)
    for (const number of numbers) {
      for (const other of numbers.slice(number)) {
        const [[first, second], [otherFirst, otherSecond]] = [signatureOf(number), signatureOf(other)]
        expect(Math.max(tone(first, otherFirst), tone(second, otherSecond))).toBeGreaterThan(1.1)
      }
    }
  })

  test('begin like those of the team with the same shape, and go elsewhere', () => {
    for (const number of numbers.slice(12)) {
      const [first, second] = signatureOf(number)
      const [sameFirst, otherSecond] = signatureOf(number - 12)
      expect(first).toBe(sameFirst)
      expect(second).not.toBeCloseTo(otherSecond)
    }
  })

  test('begin at 220 Hz and are high and low enough for any loudspeaker', () => {
    expect(signatureOf(1)).toEqual([220, 330])
    for (const pitch of numbers.flatMap(signatureOf)) {
      expect(pitch).toBeGreaterThanOrEqual(160)
      expect(pitch).toBeLessThan(2000)
    }
  })
})
