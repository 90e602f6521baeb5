import { readFileSync } from 'node:fs'
import { parseBank, publicBank } from '@knopka/shared/bank'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foundRows } from '../../client/src/ui/rows.ts'
import { folded, highlighted, indexOf, search, wordsOf } from '../../client/src/ui/search.ts'
import { treeOf } from '../../client/src/ui/tree.ts'

const file = new URL('../../content/backend_interview_python.md', import.meta.url)
const tree = treeOf(publicBank(parseBank('backend_interview_python', readFileSync(file)).bank))
const index = indexOf(tree)
const everyQuestion = tree.all.flatMap(({ questions }) => questions)

const idsFound = (query: string, most = Infinity) =>
  [...(search(index, query, most)?.questions.values() ?? [])].flat().map(({ id }) => id)

const plain = (text: string) => text.toLowerCase().replaceAll('ё', 'е')

function naively(query: string): string[] {
  const words = plain(query).split(/\s+/).filter(Boolean)
  return everyQuestion.filter(({ text }) => words.every((word) => plain(text).includes(word))).map(({ id }) => id)
}

/** Pieces of what stands in the bank, and now and then something that does not. */
const wordsOfBank = [...new Set(everyQuestion.flatMap(({ text }) => text.split(/\s+/)))]
const words = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.tuple(fc.constantFrom(...wordsOfBank), fc.nat(9)).map(([word, n]) => word.slice(0, n + 1)),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 4 }) },
)
const queries = fc.array(words, { minLength: 1, maxLength: 3 }).map((some) => some.join(' '))

describe('search', () => {
  test('finds what a plain look through all questions finds, in the same order', () => {
    fc.assert(
      fc.property(queries, (query) => {
        fc.pre(wordsOf(query).length > 0 && query.normalize() === query)
        expect(idsFound(query)).toEqual(naively(query))
      }),
      { numRuns: 300 },
    )
  })

  test('does not mind capitals, the order of words, or ё', () => {
    expect(idsFound('HTTP').length).toBeGreaterThan(0)
    expect(idsFound('HTTP')).toEqual(idsFound('http'))
    expect(idsFound('генератор итератор').length).toBeGreaterThan(0)
    expect(idsFound('генератор итератор')).toEqual(idsFound('Итератор  ГЕНЕРАТОР'))
    expect(idsFound('обертк').length).toBeGreaterThan(0)
    expect(idsFound('обёртк')).toEqual(idsFound('обертк'))
  })

  test('does not mind how a phone writes й and ё', () => {
    expect(idsFound('который'.normalize('NFD'))).toEqual(idsFound('который'))
  })

  test('asks for nothing where nothing is written', () => {
    expect(search(index, '  ')).toBeNull()
  })

  test('finds sections by their titles, with the way there', () => {
    const rows = foundRows(tree, search(index, 'flask') ?? never())
    const titles = rows.flatMap((row) => (row.is === 'section' ? [row.section.title] : []))
    expect(titles).toContain('Web Frameworks')
    expect(titles).toContain('Flask')
    expect(titles).not.toContain('ООП')
  })

  test('shows a part of a long list and counts the rest', () => {
    const found = search(index, 'как', 200) ?? never()
    expect(found.shown).toBe(200)
    expect(found.total).toBe(naively('как').length)
    expect([...found.questions.values()].flat()).toHaveLength(200)
    expect(found.holders).toBe(
      new Set(tree.all.filter(({ questions }) => questions.some(({ text }) => plain(text).includes('как')))).size,
    )
  })

  test('the rows of a search are those of the tree, in its order, with their places counted', () => {
    fc.assert(
      fc.property(queries, (query) => {
        const found = search(index, query)
        fc.pre(found !== null)
        const rows = foundRows(tree, found)
        const sections = rows.flatMap((row) => (row.is === 'section' ? [row.section] : []))
        expect(sections).toEqual(tree.all.filter(({ id }) => found.sections.has(id)))
        expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length)
        for (const row of rows) expect(row.place).toBeLessThanOrEqual(row.of)
      }),
    )
  })
})

describe('the highlight', () => {
  test('cuts a text without losing a letter, and marks each word of the search', () => {
    fc.assert(
      fc.property(fc.constantFrom(...everyQuestion), queries, ({ text }, query) => {
        const pieces = highlighted(text, wordsOf(query))
        expect(pieces.map((piece) => piece.text).join('')).toBe(text)
        const marked = pieces.filter(({ hit }) => hit).map((piece) => folded(piece.text))
        for (const word of wordsOf(query).filter((one) => one.length > 1 && folded(text).includes(one)))
          expect(marked.some((piece) => piece.includes(word))).toBe(true)
      }),
    )
  })

  test('stands in the right place after a letter that grows when it is made small', () => {
    expect(highlighted('İ и Ёж', ['еж'])).toEqual([
      { text: 'İ и ', hit: false },
      { text: 'Ёж', hit: true },
    ])
  })

  test('leaves single letters alone', () => {
    expect(highlighted('а и б', ['а'])).toEqual([{ text: 'а и б', hit: false }])
  })

  test('joins words that overlap', () => {
    expect(highlighted('декоратор', ['деко', 'кора'])).toEqual([
      { text: 'декора', hit: true },
      { text: 'тор', hit: false },
    ])
  })
})

const never = (): never => {
  throw new Error('Nothing was found')
}
