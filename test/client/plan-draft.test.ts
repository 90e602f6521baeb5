import { readFileSync } from 'node:fs'
import { drawPlan, parseBank, publicBank, type PublicBank } from '@knopka/shared/bank'
import * as contracts from '@knopka/shared/contracts'
import { describe, expect, test } from 'vitest'
import {
  draftOf,
  draws,
  earlier,
  exclusionToggled,
  firstDraft,
  mostItems,
  pinToggled,
  planOf,
  withQuota,
} from '../../client/src/plan/draft.ts'
import { minutesOf } from '../../client/src/plan/estimate.ts'
import { keptAsTyped, missingIn, replaced } from '../../client/src/plan/missing.ts'

const file = new URL('../../content/backend_interview_python.md', import.meta.url)
const bank = publicBank(parseBank('backend_interview_python', readFileSync(file)).bank)
const [first, second] = bank.sections.map(({ id }) => id) as [string, string]
const levels = ['a', 'b', 'c', 'd', 'e']

const draft = {
  ...firstDraft(bank.id, 'seed'),
  title: 'Backend, middle',
  quotas: [
    { section: first, count: 5 },
    { section: second, count: 3 },
  ],
}
const { items } = drawPlan(bank, draft)

/** The bank as it is once these of its questions are gone. */
function bankWithout(ids: (string | null | undefined)[]): PublicBank {
  const less = (section: PublicBank['sections'][number]): PublicBank['sections'][number] => ({
    ...section,
    questions: section.questions.filter(({ id }) => !ids.includes(id)),
    sections: section.sections.map(less),
  })
  return { ...bank, sections: bank.sections.map(less) }
}

describe('a draft', () => {
  test('with what it draws is a plan that the server takes', () => {
    const plan = planOf(draft, levels, items)
    expect(contracts.Plan.parse(plan)).toEqual(plan)
    expect(mostItems).toBe(contracts.mostItems)
  })
  test('of a plan makes the same plan again, written the same', () => {
    const plan = planOf(draft, levels, items)
    expect(JSON.stringify(planOf(draftOf(plan), plan.levels, plan.items))).toBe(JSON.stringify(plan))
  })
  test('draws anew for another seed, and not for another title', () => {
    expect(draws({ seed: 'other' })).toBe(true)
    expect(draws({ title: 'other', seconds: 60, levels })).toBe(false)
  })
  test('asks a section that is new to it last, keeps the place of one it has, forgets one with none', () => {
    const more = withQuota(draft.quotas, 'new', 1)
    expect(more.map(({ section }) => section)).toEqual([first, second, 'new'])
    expect(withQuota(more, first, 9)[0]).toEqual({ section: first, count: 9 })
    expect(withQuota(more, second, 0).map(({ section }) => section)).toEqual([first, 'new'])
  })
  test('asks a section one place earlier, and the first one where it is', () => {
    expect(earlier(draft.quotas, second).map(({ section }) => section)).toEqual([second, first])
    expect(earlier(draft.quotas, first)).toEqual(draft.quotas)
  })
  test('never asks a question both in any case and in none', () => {
    const pinned = pinToggled({ pinned: [], excluded: ['q'] }, 'q')
    expect(pinned).toEqual({ pinned: ['q'], excluded: [] })
    expect(exclusionToggled(pinned, 'q')).toEqual({ pinned: [], excluded: ['q'] })
    expect(pinToggled(pinned, 'q')).toEqual({ pinned: [], excluded: [] })
  })
})

describe('the estimate', () => {
  const ten = Array.from({ length: 10 }, () => ({ text: 'x'.repeat(80) }))
  test('of ten questions without a clock is about 14 minutes', () => {
    expect(minutesOf(ten, null)).toBe(14)
  })
  test('follows the clock, and the reading comes on top', () => {
    expect(minutesOf(ten, 30)).toBe(6)
    expect(minutesOf(ten, 600)).toBe(101)
  })
  test('of a single short one is a minute, of none is nothing', () => {
    expect(minutesOf([{ text: 'ls' }], 10)).toBe(1)
    expect(minutesOf([], null)).toBe(0)
  })
})

describe('a plan whose bank has lost questions', () => {
  const lost = items[2]
  const smaller = bankWithout([lost?.questionId])

  test('says which, and offers others of the bank that are not planned', () => {
    const [missing, ...others] = missingIn(smaller, items)
    expect(others).toEqual([])
    expect(missing?.index).toBe(2)
    const planned = items.map(({ questionId }) => questionId)
    expect(missing?.nearest.length).toBeGreaterThan(0)
    expect(missing?.nearest.filter(({ questionId }) => planned.includes(questionId))).toEqual([])
    expect(missingIn(bank, items)).toEqual([])
  })
  test('takes the nearest in the same place and under the same section, and draws it also later', () => {
    const by = missingIn(smaller, items)[0]?.nearest[0]
    if (!by) throw new Error('There is nothing near')
    const pinned = { ...draft, pinned: [lost?.questionId ?? ''] }
    const mended = replaced(pinned, items, 2, by)
    expect(mended.items[2]).toEqual({ ...by, section: lost?.section })
    expect(missingIn(smaller, mended.items)).toEqual([])
    expect(mended.draft.pinned).toEqual([by.questionId])
    expect(drawPlan(smaller, mended.draft).items.map(({ questionId }) => questionId)).toContain(by.questionId)
  })
  test('keeps it as it was typed, in its place, and draws it also later', () => {
    const mended = keptAsTyped(draft, items, 2)
    expect(mended.items[2]).toEqual({ ...lost, questionId: null })
    expect(missingIn(smaller, mended.items)).toEqual([])
    expect(drawPlan(smaller, mended.draft).items.at(-1)?.text).toBe(lost?.text)
  })
})
