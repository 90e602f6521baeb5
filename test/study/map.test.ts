import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allSections, publicBank, type Section } from '@knopka/shared/bank'
import { cardsOf, dueAt, mapOf, teamMap, type Card, type Review, type SectionMap } from '@knopka/shared/study'
import { realText, soundBank } from '../bank/banks.ts'
import { after, rated, reviewOf } from '../support/reviews.ts'

const bank = soundBank(realText)
const ids = [...bank.questions.keys()]

const section = (id: string, questions: string[], sections: Section[] = []): Section => ({
  id,
  title: id.toUpperCase(),
  questions,
  sections,
})

const tree = [
  section('python', ['q1'], [section('basics', ['q2', 'q3']), section('empty', [])]),
  section('sql', ['q4']),
]

/** A question that was known so often that it will be known for weeks. */
const firm = (question: string): Review[] => [rated(question, 'easy', -60), rated(question, 'easy', -30)]

const counts = ({ total, known, shaky, due, unseen }: SectionMap) => [total, known, shaky, due, unseen]

describe('the map', () => {
  test('is the tree of the bank, and counts every question once, where it stands and in all above', () => {
    const cards = cardsOf([...firm('q1'), rated('q2', 'good'), rated('q4', 'again', -2)])
    const [python, sql] = mapOf(tree, cards, after(0)) as [SectionMap, SectionMap]
    expect([python.id, python.title]).toEqual(['python', 'PYTHON'])
    expect(python.sections.map(({ id }) => id)).toEqual(['basics', 'empty'])
    expect([python, ...python.sections, sql].map(counts)).toEqual([
      [3, 1, 1, 0, 1],
      [2, 0, 1, 0, 1],
      [0, 0, 0, 0, 0],
      [1, 0, 0, 1, 0],
    ])
  })

  test('calls due what is due, however firm it was', () => {
    const cards = cardsOf(firm('q4'))
    const due = dueAt(cards.get('q4') as Card)
    const sql = (now: number) => counts(mapOf(tree, cards, now)[1] as SectionMap)
    expect([sql(due - 1), sql(due)]).toEqual([
      [1, 1, 0, 0, 0],
      [1, 0, 0, 1, 0],
    ])
  })

  test('calls known what holds for three weeks, and shaky what does not', () => {
    const [card] = cardsOf([rated('q4', 'good')]).values()
    const partsAt = (stability: number) =>
      counts(mapOf(tree, new Map([['q4', { ...(card as Card), stability }]]), after(1))[1] as SectionMap)
    expect([partsAt(21), partsAt(20.9)]).toEqual([
      [1, 1, 0, 0, 0],
      [1, 0, 1, 0, 0],
    ])
  })

  test('does not show what the bank has lost', () => {
    const cards = cardsOf([rated('q1', 'good'), rated('gone', 'again', -9)])
    expect(mapOf(tree, cards, after(0)).map(counts)).toEqual([
      [3, 0, 1, 0, 2],
      [1, 0, 0, 0, 1],
    ])
  })

  test('can be drawn of a bank as everyone may read it', () => {
    const cards = cardsOf(ids.slice(0, 50).map((id) => rated(id, 'good')))
    expect(mapOf(publicBank(bank).sections, cards, after(1))).toEqual(mapOf(bank.sections, cards, after(1)))
  })
})

describe('the map of a team', () => {
  const ann = cardsOf([rated('q1', 'easy', -5), ...firm('q2'), rated('q4', 'good')])
  const bob = cardsOf([rated('q1', 'again', -5), rated('q2', 'good', -2)])

  test('has each question as those know it on average who have studied it', () => {
    expect(teamMap(tree, [ann, bob, cardsOf([])], after(0)).map(counts)).toEqual([
      [3, 1, 0, 1, 1],
      [1, 0, 1, 0, 0],
    ])
  })

  test('of one person is their own', () => {
    expect(teamMap(tree, [ann], after(0))).toEqual(mapOf(tree, ann, after(0)))
  })

  test('of nobody is unseen', () => {
    expect(teamMap(tree, [], after(0)).map(counts)).toEqual([
      [3, 0, 0, 0, 3],
      [1, 0, 0, 0, 1],
    ])
  })
})

test('whatever was rated, the parts of each section of the real bank add up, and so do the sections', () => {
  const sets = fc.array(reviewOf(fc.constantFrom(...ids.slice(0, 400), 'lost/1', 'lost/2')), { maxLength: 300 })
  fc.assert(
    fc.property(sets, sets, fc.integer({ min: after(0), max: after(500) }), (mine, yours, now) => {
      const half = bank.sections.slice(0, Math.ceil(bank.sections.length / 2))
      for (const sections of [bank.sections, half]) {
        const map = teamMap(sections, [cardsOf(mine), cardsOf(yours)], now)
        const own = new Map(allSections(sections).map(({ id, questions }) => [id, questions.length]))
        for (const part of allSections(map)) {
          expect(part.known + part.shaky + part.due + part.unseen).toBe(part.total)
          const below = part.sections.reduce((sum, { total }) => sum + total, 0)
          expect(below + (own.get(part.id) ?? NaN)).toBe(part.total)
        }
      }
    }),
    { numRuns: 30 },
  )
})
