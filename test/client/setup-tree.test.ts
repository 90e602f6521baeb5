import { readFileSync } from 'node:fs'
import { parseBank, publicBank, questionsIn, together, type PublicSection } from '@knopka/shared/bank'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  carriedTo,
  coverOf,
  everything,
  nothing,
  pick,
  pickedFrom,
  pickedIn,
  tickOf,
  toggle,
  totalsOf,
  withOptions,
  unpick,
  type Picked,
} from '../../client/src/ui/picked.ts'
import { treeOf, withAllBelow, type Tree } from '../../client/src/ui/tree.ts'

const file = new URL('../../content/backend_interview_python.md', import.meta.url)
const { bank } = parseBank('backend_interview_python', readFileSync(file))
const tree = treeOf(publicBank(bank))

const sectionOf = (of: Tree, title: string) => {
  const section = of.all.find((one) => one.title === title)
  if (!section) throw new Error(`No section ${title}`)
  return section
}

const question = (id: string) => ({ id, kind: 'question' as const, text: `${id}?` })

interface Grown {
  own: number
  sections: Grown[]
}

const sections = (levels: number): fc.Arbitrary<Grown> =>
  fc.record({
    own: fc.nat(3),
    sections: levels > 1 ? fc.array(sections(levels - 1), { maxLength: 3 }) : fc.constant([]),
  })

/** Trees of every shape: empty sections, and headings with questions both of their own and below. */
const trees = sections(4).map((root) => treeOf({ sections: [grown(root, 'r')] }))

function grown({ own, sections }: Grown, id: string): PublicSection {
  return {
    id,
    title: id,
    questions: Array.from({ length: own }, (_, index) => question(`${id}-${index}`)),
    sections: sections.map((below, index) => grown(below, `${id}.${index}`)),
  }
}

/** A tree after somebody has ticked about in it. */
const ticked = fc
  .tuple(trees, fc.array(fc.nat(), { maxLength: 12 }))
  .map(([of, choices]) => ({ of, picked: choices.reduce<Picked>((now, n) => toggle(now, sectionAt(of, n)), nothing) }))

const sectionAt = (of: Tree, n: number) => {
  const section = of.all[n % of.all.length]
  if (!section) throw new Error('A tree has a section')
  return section
}

describe('the tree', () => {
  test('counts the bank as the bank counts itself', () => {
    expect(tree.total).toBe(bank.questions.size)
    expect(sectionOf(tree, 'Python')).toMatchObject({ total: 177, level: 1, questions: [] })
    expect(sectionOf(tree, 'Flask').total).toBe(0)
  })
})

describe('ticking', () => {
  test('a section takes all below it', () => {
    const picked = pick(nothing, sectionOf(tree, 'HTTP'))
    expect(tickOf(picked, sectionOf(tree, 'HTTP'))).toBe('all')
    expect(tickOf(picked, sectionOf(tree, 'Версии и семантика'))).toBe('all')
    expect(tickOf(picked, sectionOf(tree, 'WEB'))).toBe('some')
    expect(totalsOf(tree, picked)).toEqual({ questions: 28, sections: 8 })
  })

  test('a section that is ticked in part is ticked whole first, then not at all', () => {
    const web = sectionOf(tree, 'WEB')
    const inPart = pick(nothing, sectionOf(tree, 'HTTP'))
    expect(tickOf(toggle(inPart, web), web)).toBe('all')
    expect(tickOf(toggle(toggle(inPart, web), web), web)).toBe('none')
  })

  test('an empty section is never ticked', () => {
    const flask = sectionOf(tree, 'Flask')
    expect(tickOf(pick(nothing, flask), flask)).toBe('none')
    expect(coverOf(tree, pick(nothing, flask))).toEqual([])
  })

  test('empty sections do not keep the one above from being whole', () => {
    const picked = pick(pick(nothing, sectionOf(tree, 'FastAPI')), sectionOf(tree, 'Django'))
    expect(coverOf(tree, picked)).toEqual([sectionOf(tree, 'Web Frameworks').id])
  })

  test('everything is every question of the bank', () => {
    expect(totalsOf(tree, everything(tree)).questions).toBe(1296)
  })

  test('sections that the bank no longer has are dropped and counted', () => {
    const http = sectionOf(tree, 'HTTP')
    const { picked, lost } = pickedFrom(tree, ['gone', http.id, 'gone too'])
    expect(lost).toBe(2)
    expect(coverOf(tree, picked)).toEqual([http.id])
  })

  test('what was picked of a bank is picked among all banks, and the other way round', () => {
    const other = { ...bank, id: 'other' }
    const all = publicBank(together([bank, other]))
    const own = publicBank(bank)
    const [http, flask] = [sectionOf(tree, 'HTTP').id, sectionOf(tree, 'Flask').id]
    const among = carriedTo(all, bank.id)([http, flask])
    expect(pickedFrom(treeOf(all), among).lost).toBe(0)
    expect(carriedTo(own, all.id)(among)).toEqual([http, flask])
    expect(carriedTo(publicBank(other), all.id)(among)).toEqual([])
    const [whole = ''] = all.sections.map(({ id }) => id)
    expect(coverOf(tree, pickedFrom(tree, carriedTo(own, all.id)([whole])).picked)).toEqual(
      coverOf(tree, everything(tree)),
    )
    expect(carriedTo(own, 'other')([http])).toEqual([])
    expect(carriedTo(own, own.id)(['gone', http])).toEqual(['gone', http])
  })

  test('tells how many questions have options to choose from', () => {
    const question = { id: 'q', kind: 'question', text: 'Why?' } as const
    const sections = [
      { id: 'a', title: 'A', questions: [question, { ...question, choices: 3 }], sections: [] },
      { id: 'b', title: 'B', questions: [{ ...question, choices: 2 }], sections: [] },
    ]
    const { all } = treeOf({ sections })
    expect([withOptions(all), withOptions(all.slice(1)), withOptions([])]).toEqual([2, 1, 0])
    expect(withOptions(tree.all)).toBe(0)
  })

  test('the questions under a heading leave with a part below it, since a room cannot be told otherwise', () => {
    const mixed = treeOf({ sections: [grown({ own: 2, sections: [{ own: 3, sections: [] }] }, 'top')] })
    const picked = unpick(everything(mixed), sectionOf(mixed, 'top.0'))
    expect(totalsOf(mixed, picked)).toEqual({ questions: 0, sections: 0 })
  })

  test('a box is full, empty or half as its count says', () => {
    fc.assert(
      fc.property(ticked, ({ of, picked }) => {
        for (const section of of.all) {
          const held = withAllBelow(section).filter(({ id }) => picked.has(id))
          const count = held.reduce((sum, { questions }) => sum + questions.length, 0)
          const expected = count === 0 ? 'none' : count === section.total ? 'all' : 'some'
          expect(tickOf(picked, section)).toBe(expected)
          expect(pickedIn(picked, section)).toBe(count)
        }
      }),
    )
  })

  test('ticking turns a box over, and leaves what is neither above nor below it alone', () => {
    fc.assert(
      fc.property(ticked, fc.nat(), ({ of, picked }, n) => {
        const section = sectionAt(of, n)
        const before = tickOf(picked, section)
        const after = toggle(picked, section)
        expect(tickOf(after, section)).toBe(before === 'all' || section.total === 0 ? 'none' : 'all')
        const related = new Set(withAllBelow(section))
        for (let above = section.parent; above; above = above.parent) related.add(above)
        for (const other of of.all.filter((one) => !related.has(one)))
          expect(after.has(other.id)).toBe(picked.has(other.id))
      }),
    )
  })

  test('the sections a room is told stand for exactly what is picked', () => {
    fc.assert(
      fc.property(ticked, ({ of, picked }) => {
        const cover = coverOf(of, picked)
        expect(pickedFrom(of, cover)).toEqual({ picked, lost: 0 })
      }),
    )
  })

  test('the room plays what the form counts', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 12 }), (choices) => {
        const picked = choices.reduce<Picked>((now, n) => toggle(now, sectionAt(tree, n)), nothing)
        expect(questionsIn(bank, coverOf(tree, picked))).toHaveLength(totalsOf(tree, picked).questions)
      }),
    )
  })
})
