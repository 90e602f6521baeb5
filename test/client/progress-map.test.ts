import { allBanks, inAllBanks, parseBank, publicBank, together, type PublicBank } from '@knopka/shared/bank'
import { cardsOf, mapOf, ratings, type Review } from '@knopka/shared/study'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawingOf, inks } from '../../client/src/progress/cells.ts'
import { drawnMap, drawnTogether, standings, totalOf, type DrawnSection } from '../../client/src/progress/map.ts'
import { cardsFor, dueOf, lostFrom, questionsOf, studyPath } from '../../client/src/progress/questions.ts'

const dayMs = 24 * 3_600_000
const now = Date.UTC(2026, 2, 2)
const file = ['# Bank', '## Python', 'A?', 'B?', '### Deep', 'C?', 'D?', '## Empty', '## Web', 'E?'].join('\n\n')
const { bank } = parseBank('bank', new TextEncoder().encode(file))
const open = publicBank(bank)
const names = questionsOf(open).map(({ name }) => name)

const review = (question: string, rating: Review['rating'], daysAgo: number): Review => ({
  id: `room/${question}/${daysAgo}`,
  question,
  at: now - daysAgo * dayMs,
  rating,
  revision: 0,
})

const withoutCells = (sections: DrawnSection[]): object[] =>
  sections.map(({ cells: _cells, own: _own, sections, ...counts }) => ({ ...counts, sections: withoutCells(sections) }))

test('what is drawn has the figures of the map, and a cell a question', () => {
  const reviews = fc.array(
    fc.record({ at: fc.nat(names.length - 1), rating: fc.constantFrom(...ratings, null), daysAgo: fc.nat(200) }),
  )
  fc.assert(
    fc.property(reviews, (given) => {
      const cards = cardsOf(given.map(({ at, rating, daysAgo }) => review(names[at] ?? '', rating, daysAgo)))
      const drawn = drawnMap(open, cards, now)
      const named = (sections: PublicBank['sections']): Parameters<typeof mapOf>[0] =>
        sections.map(({ questions, sections, ...section }) => ({
          ...section,
          questions: questions.map(({ id }) => inAllBanks('bank', id)),
          sections: named(sections),
        }))
      expect(withoutCells(drawn)).toEqual(mapOf(named(open.sections), cards, now))
      for (const { cells, ...section } of drawn) {
        for (const standing of standings) {
          expect(cells.filter((cell) => cell === standing)).toHaveLength(section[standing])
        }
      }
      expect(totalOf(drawn)).toMatchObject({ total: 5 })
    }),
  )
})

const counts = (known: number, shaky: number, due: number, unseen: number) => {
  const total = known + shaky + due + unseen
  return { id: `section ${total}`, title: '', total, known, shaky, due, unseen }
}

test('a team’s cells stand by how well they are known', () => {
  const [section] = drawnTogether([{ ...counts(2, 0, 1, 2), sections: [{ ...counts(1, 0, 0, 2), sections: [] }] }])
  expect(section?.cells).toEqual(['known', 'known', 'due', 'unseen', 'unseen'])
  expect(section?.own).toEqual(['known', 'due'])
})

test('every standing is drawn by a shape of its own, row by row', () => {
  const drawings = standings.map((standing) => JSON.stringify(drawingOf([standing], 1).paths))
  expect(new Set(drawings).size).toBe(standings.length)
  const { paths, height } = drawingOf(['known', 'due', 'known', 'unseen', 'shaky'], 2)
  expect(height).toBe(3 * 16 - 3)
  expect(inks.map((ink) => paths[ink].match(/M/g)?.length ?? 0)).toEqual([2, 1, 1, 1, 1])
})

test('what is due comes the longest first, with the way to its sections alone', () => {
  const [a = '', b = '', c = ''] = names
  const cards = cardsOf([review(a, 'good', 30), review(b, 'again', 30), review(c, 'easy', 0)])
  const due = dueOf(questionsOf(open), cards, now)
  expect(due.map(({ text }) => text)).toEqual(['B?', 'A?'])
  const path = new URL(studyPath('bank', due), 'http://here')
  expect(path.pathname).toBe('/study')
  expect(Object.fromEntries(path.searchParams)).toEqual({ bank: 'bank', sections: open.sections[0]?.id })
})

test('a bank that has lost questions shows those that are left, and says how many are gone', () => {
  const cards = cardsOf([...names.map((name) => review(name, 'good', 1)), review('other/x', 'good', 1)])
  const smaller = { ...open, sections: open.sections.slice(1) }
  const questions = questionsOf(smaller)
  expect(cardsFor(questions, cards).size).toBe(1)
  expect(lostFrom('bank', questions, cards)).toBe(4)
  expect(totalOf(drawnMap(smaller, cards, now))).toMatchObject({ total: 1, unseen: 0 })
})

test('a question is the same one in its own bank and among all', () => {
  const all = publicBank(together([bank]))
  const cards = cardsOf(names.map((name) => review(name, 'good', 1)))
  expect(questionsOf(all).map(({ name }) => name)).toEqual(names)
  expect(totalOf(drawnMap(all, cards, now))).toMatchObject({ total: 5, unseen: 0 })
  expect(lostFrom(allBanks, questionsOf(all), cards)).toBe(0)
})
