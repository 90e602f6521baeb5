import { expect, test, vi } from 'vitest'
import { markOf } from '../../client/src/ui/marks.ts'

vi.hoisted(() => vi.stubGlobal('navigator', { languages: ['ru-RU'] }))

const numbers = Array.from({ length: 30 }, (_, index) => index + 1)

test('thirty marks are told apart by shape and letters, and by letters alone, in each language', () => {
  for (const language of ['ru', 'en'] as const) {
    const marks = numbers.map((number) => markOf(number, language))
    expect(new Set(marks.map(({ shape, letters }) => `${shape} ${letters}`)).size).toBe(30)
    expect(new Set(marks.map(({ letters }) => letters)).size).toBe(30)
    expect(new Set(marks.map(({ shape }) => shape)).size).toBe(12)
  }
})

test('from the thirteenth on a shape comes again with its own letter and how often it came', () => {
  expect([1, 13, 25, 30].map((number) => markOf(number, 'ru').letters)).toEqual(['А', 'А2', 'А3', 'Е3'])
  for (const number of numbers.slice(12)) {
    const [mark, first] = [markOf(number, 'en'), markOf(((number - 1) % 12) + 1, 'en')]
    expect(mark.shape).toBe(first.shape)
    expect(mark.letters.startsWith(first.letters)).toBe(true)
  }
})
