import { Plan } from '@knopka/shared/contracts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { firstDraft, planOf } from '../../client/src/plan/draft.ts'
import { readPlan } from '../../client/src/plan/read-plan.ts'

const plan = planOf(
  {
    ...firstDraft('bank', 'сова-7f3ak2'),
    title: 'Backend, middle',
    quotas: [{ section: 's1', count: 2 }],
    own: ['Why?'],
  },
  ['none', 'word', 'idea', 'sure', 'teaches'],
  [
    { questionId: 'q1', kind: 'question', section: 'Python', path: ['Python', 'Basics'], text: 'What is the GIL?' },
    { questionId: null, kind: 'question', section: '', path: [], text: 'Why?' },
  ],
)

test('a plan that was written to a file is read as it was', () => {
  expect(readPlan(JSON.stringify(plan, null, 2))).toEqual({ ok: true, plan })
})

test('a file that is cut off, or something else, says so', () => {
  expect(readPlan(JSON.stringify(plan).slice(0, 100))).toEqual({ ok: false, why: 'no-json' })
  for (const text of ['null', '[]', '7', '{}', '{"cards":[]}', '[{"title":"x"}]']) {
    expect(readPlan(text)).toEqual({ ok: false, why: 'no-plan' })
  }
})

test('everything that is wrong in a file is said at once', () => {
  const { bank: _bank, ...rest } = plan
  const broken = { ...rest, seconds: 5, levels: plan.levels.slice(1), items: [{ text: 'x' }] }
  expect(readPlan(JSON.stringify(broken))).toEqual({
    ok: false,
    why: 'fields',
    fields: ['bank', 'seconds', 'levels', 'items'],
  })
})

test('what a file holds besides is left out, and marks that nobody sees are dropped', () => {
  const odd = { ...plan, title: ' Backend,\u200b  middle ', levels: plan.levels.map((level) => `${level}\n`), more: 1 }
  expect(readPlan(JSON.stringify(odd))).toEqual({ ok: true, plan })
})

test('whatever is read from a file is what the server takes, and what the server takes is read', () => {
  const values = fc.oneof(
    fc.constantFrom<unknown>(null, true, '', ' ', 'x', 'bank', 0, 1, 10, 60, 1801, 2.5, [], ['x'], [''], {}),
    fc.string({ maxLength: 400 }),
    fc.array(fc.string({ maxLength: 40 }), { maxLength: 8 }),
    fc.integer(),
  )
  const fields = fc.constantFrom(...(Object.keys(plan) as (keyof Plan)[]))
  fc.assert(
    fc.property(fields, values, (field, value) => {
      const changed = { ...plan, [field]: value }
      const read = readPlan(JSON.stringify(changed))
      const taken = Plan.safeParse(changed)
      expect(read.ok).toBe(taken.success)
      if (read.ok) expect(Plan.parse(read.plan)).toEqual(taken.data)
    }),
    { numRuns: 1000 },
  )
})
