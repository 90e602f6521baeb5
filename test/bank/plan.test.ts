import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  allSections,
  drawPlan,
  itemsOf,
  nearestItems,
  parseBank,
  publicBank,
  type PlanToDraw,
} from '@knopka/shared/bank'
import { realBytes, realId, soundBank } from './banks.ts'

const bank = publicBank(parseBank(realId, realBytes).bank)
const sections = allSections(bank.sections)
const small = publicBank(
  soundBank(
    [
      '# Bank',
      '## One',
      'What is a thread?',
      'What is a process?',
      '### Deep',
      'What is a fiber?',
      '## Two',
      'Why SQL?',
    ].join('\n'),
  ),
)
const sectionOf = (title: string) => allSections(small.sections).find((section) => section.title === title)?.id ?? ''
const idOf = (text: string) => itemsOf(small).find((item) => item.text === text)?.questionId ?? ''

const plan = (changes: Partial<PlanToDraw> = {}): PlanToDraw => ({
  seed: 'lesnoy',
  quotas: [],
  order: 'bank',
  pinned: [],
  excluded: [],
  own: [],
  ...changes,
})
const texts = (changes: Partial<PlanToDraw>) => drawPlan(small, plan(changes)).items.map(({ text }) => text)

const anyPlan: fc.Arbitrary<PlanToDraw> = fc.record({
  seed: fc.string({ minLength: 1, maxLength: 10 }),
  quotas: fc.array(
    fc.record({ section: fc.constantFrom(...sections.map(({ id }) => id)), count: fc.integer({ min: 1, max: 30 }) }),
    { maxLength: 6 },
  ),
  order: fc.constantFrom('shuffled', 'bank'),
  pinned: fc.array(fc.constantFrom(...itemsOf(bank).map(({ questionId }) => questionId ?? '')), { maxLength: 5 }),
  excluded: fc.array(fc.constantFrom(...itemsOf(bank).map(({ questionId }) => questionId ?? '')), { maxLength: 50 }),
  own: fc.array(fc.constantFrom('Чем гордитесь?', 'What next?'), { maxLength: 2 }),
})

test('the real bank has every question once, with its path', () => {
  const items = itemsOf(bank)
  expect(items).toHaveLength(1296)
  expect(new Set(items.map(({ questionId }) => questionId)).size).toBe(1296)
  expect(items.every(({ path, section }) => path.at(-1) === section)).toBe(true)
})

test('the same plan draws the same questions, none twice, none excluded, and as many as it says or says how many', () => {
  fc.assert(
    fc.property(anyPlan, (plan) => {
      const { items, short } = drawPlan(bank, plan)
      expect(drawPlan(bank, plan)).toEqual({ items, short })
      const ids = items.flatMap(({ questionId }) => questionId ?? [])
      expect(new Set(ids).size).toBe(ids.length)
      const unpinned = ids.filter((id) => !plan.pinned.includes(id))
      expect(unpinned.filter((id) => plan.excluded.includes(id))).toEqual([])
      const missing = short.reduce((sum, { wanted, has }) => sum + wanted - has, 0)
      const wanted = plan.quotas.reduce((sum, { count }) => sum + count, 0)
      const beside = items.filter(({ questionId }) => questionId !== null && plan.pinned.includes(questionId)).length
      expect(ids.length).toBeGreaterThanOrEqual(wanted - missing)
      expect(ids.length).toBeLessThanOrEqual(wanted - missing + beside)
      expect(items.slice(items.length - plan.own.length).map(({ text }) => text)).toEqual(plan.own)
    }),
    { numRuns: 100 },
  )
})

test('what is pinned is asked in any case: in its section’s place, or behind all sections', () => {
  const quotas = [{ section: sectionOf('One'), count: 1 }]
  expect(texts({ quotas })).toEqual(['What is a thread?'])
  expect(texts({ quotas, pinned: [idOf('What is a fiber?')] })).toEqual(['What is a fiber?'])
  expect(texts({ quotas, pinned: [idOf('Why SQL?')], own: ['Last?'] })).toEqual([
    'What is a thread?',
    'Why SQL?',
    'Last?',
  ])
})

test('whoever is pinned more often than the quota is asked all the same', () => {
  const pinned = ['What is a fiber?', 'What is a process?'].map(idOf)
  expect(texts({ quotas: [{ section: sectionOf('One'), count: 1 }], pinned }).toSorted()).toEqual([
    'What is a fiber?',
    'What is a process?',
  ])
})

test('a section that has too few says so, by its title', () => {
  const { items, short } = drawPlan(small, plan({ quotas: [{ section: sectionOf('One'), count: 8 }] }))
  expect(items.map(({ section }) => section)).toEqual(['One', 'One', 'One'])
  expect(short).toEqual([{ section: sectionOf('One'), title: 'One', wanted: 8, has: 3 }])
})

test('the nearest question shares most words, and one that shares none is not near', () => {
  const near = nearestItems('What is a process or a thread, in Linux?', itemsOf(small), 3).map(({ text }) => text)
  expect(near).toHaveLength(3)
  expect(near.slice(0, 2).toSorted()).toEqual(['What is a process?', 'What is a thread?'])
  expect(nearestItems('Kubernetes', itemsOf(small), 3)).toEqual([])
})
