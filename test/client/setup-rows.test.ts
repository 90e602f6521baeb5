import { readFileSync } from 'node:fs'
import { parseBank, publicBank } from '@knopka/shared/bank'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nothing } from '../../client/src/ui/picked.ts'
import { stepFor, swung, treeRows, type Row } from '../../client/src/ui/rows.ts'
import { treeOf } from '../../client/src/ui/tree.ts'

const file = new URL('../../content/backend_interview_python.md', import.meta.url)
const tree = treeOf(publicBank(parseBank('backend_interview_python', readFileSync(file)).bank))
const sectionOf = (title: string) => {
  const section = tree.all.find((one) => one.title === title)
  if (!section) throw new Error(`No section ${title}`)
  return section
}
const titleOf = (row: Row | undefined) => (row?.is === 'section' ? row.section.title : undefined)
const at = (rows: Row[], title: string) => rows.findIndex((row) => titleOf(row) === title)

const shut = treeRows(tree, nothing)
const withWeb = treeRows(tree, swung(nothing, sectionOf('WEB'), true))

describe('the rows of the tree', () => {
  test('begin with the top sections alone, empty ones among them', () => {
    expect(shut).toHaveLength(tree.top.length)
    expect(titleOf(shut.at(-1))).toBe('Алгоритмы')
  })

  test('show what is below an open section, with level and place', () => {
    expect(withWeb[at(withWeb, 'HTTP')]).toMatchObject({ level: 2, place: 2, of: 8, open: false })
    expect(withWeb[at(withWeb, 'REST')]).toMatchObject({ open: null })
  })

  test('shut again as they were', () => {
    expect(treeRows(tree, swung(new Set([sectionOf('WEB').id]), sectionOf('WEB'), false))).toEqual(shut)
  })
})

describe('the keys of the tree', () => {
  test('right opens, then goes in; left goes out, then shuts', () => {
    const web = sectionOf('WEB')
    expect(stepFor('ArrowRight', shut, at(shut, 'WEB'))).toEqual({ open: web })
    expect(stepFor('ArrowRight', withWeb, at(withWeb, 'WEB'))).toEqual({ goTo: at(withWeb, 'WEB') + 1 })
    expect(stepFor('ArrowLeft', withWeb, at(withWeb, 'REST'))).toEqual({ goTo: at(withWeb, 'WEB') })
    expect(stepFor('ArrowLeft', withWeb, at(withWeb, 'WEB'))).toEqual({ shut: web })
  })

  test('up, down, home and end stay inside', () => {
    const last = shut.length - 1
    expect(stepFor('ArrowUp', shut, 0)).toEqual({ goTo: 0 })
    expect(stepFor('ArrowDown', shut, last)).toEqual({ goTo: last })
    expect(stepFor('Home', shut, last)).toEqual({ goTo: 0 })
    expect(stepFor('End', shut, 0)).toEqual({ goTo: last })
  })

  test('a letter goes to the next title that begins with it, round and round', () => {
    const [first, second] = [at(shut, 'Архитектура'), at(shut, 'Алгоритмы')]
    expect(stepFor('а', shut, first)).toEqual({ goTo: second })
    expect(stepFor('А', shut, second)).toEqual({ goTo: at(shut, 'Аутентификация и авторизация (AuthN/Z') })
    expect(stepFor('щ', shut, first)).toEqual({ goTo: first })
  })

  test('leave to the page what is not theirs', () => {
    for (const key of ['/', '.', 'Tab', 'Escape', 'Shift']) expect(stepFor(key, shut, 0)).toBeNull()
    expect(stepFor('Home', [], 0)).toBeNull()
  })

  test('never lead out of the rows, whatever is open', () => {
    const keys = fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'b', 'п')
    const opened = fc.subarray(tree.all.map(({ id }) => id)).map((ids) => treeRows(tree, new Set(ids)))
    fc.assert(
      fc.property(opened, fc.nat(), keys, (rows, n, key) => {
        const step = stepFor(key, rows, n % rows.length)
        if (step && 'goTo' in step) expect(rows[step.goTo]).toBeDefined()
      }),
    )
  })
})
