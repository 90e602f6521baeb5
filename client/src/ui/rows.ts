import type { PublicQuestion } from '@knopka/shared/bank'
import { folded, type Found } from './search.ts'
import type { Tree, TreeSection } from './tree.ts'

/** A line of the tree as it stands on the page, with its place among its neighbours (1 for the first). */
export type Row = { key: string; level: number; place: number; of: number } & (
  | { is: 'section'; section: TreeSection; /** `null` where there is nothing to open. */ open: boolean | null }
  | { is: 'question'; section: TreeSection; question: PublicQuestion }
)

type Child = { section: TreeSection } | { question: PublicQuestion; section: TreeSection }

/** What shows of the whole tree. @param open ids of the sections that are open */
export function treeRows({ top }: Tree, open: ReadonlySet<string>): Row[] {
  return lined(top.map(asChild), 1, (section) => {
    if (section.sections.length === 0) return { open: null, below: [] }
    return open.has(section.id) ? { open: true, below: section.sections.map(asChild) } : { open: false, below: [] }
  })
}

/** What shows of it during a search: everything found, and the way there; nothing is to open or to shut. */
export function foundRows({ top }: Tree, { sections, questions }: Found): Row[] {
  const shown = (some: TreeSection[]) => some.filter(({ id }) => sections.has(id)).map(asChild)
  return lined(shown(top), 1, (section) => {
    const hits = (questions.get(section.id) ?? []).map((question) => ({ question, section }))
    return { open: null, below: [...hits, ...shown(section.sections)] }
  })
}

const asChild = (section: TreeSection): Child => ({ section })

function lined(
  children: Child[],
  level: number,
  look: (section: TreeSection) => { open: boolean | null; below: Child[] },
): Row[] {
  return children.flatMap((child, index): Row[] => {
    const place = { level, place: index + 1, of: children.length }
    if ('question' in child) return [{ is: 'question', key: `question ${child.question.id}`, ...place, ...child }]
    const { open, below } = look(child.section)
    const row: Row = { is: 'section', key: child.section.id, ...place, section: child.section, open }
    return [row, ...lined(below, level + 1, look)]
  })
}

/** The open sections, once this one has been opened or shut. */
export function swung(open: ReadonlySet<string>, { id }: TreeSection, wide: boolean): ReadonlySet<string> {
  const others = [...open].filter((one) => one !== id)
  return new Set(wide ? [...others, id] : others)
}

/** What a key does to the tree: go to another row, or open or shut the one that has the focus. */
export type Step = { goTo: number } | { open: TreeSection } | { shut: TreeSection }

/** @returns `null` for keys that mean nothing here */
export function stepFor(key: string, rows: Row[], at: number): Step | null {
  const row = rows[at]
  if (!row) return null
  const last = rows.length - 1
  if (key === 'ArrowDown') return { goTo: Math.min(at + 1, last) }
  if (key === 'ArrowUp') return { goTo: Math.max(at - 1, 0) }
  if (key === 'Home') return { goTo: 0 }
  if (key === 'End') return { goTo: last }
  if (key === 'ArrowRight') return inward(row, rows, at)
  if (key === 'ArrowLeft') return outward(row, rows, at)
  return /^[\p{L}\p{N}]$/u.test(key) ? { goTo: nextBeginningWith(key, rows, at) } : null
}

function inward(row: Row, rows: Row[], at: number): Step {
  if (row.is === 'section' && row.open === false) return { open: row.section }
  return { goTo: (rows[at + 1]?.level ?? 0) > row.level ? at + 1 : at }
}

function outward(row: Row, rows: Row[], at: number): Step {
  if (row.is === 'section' && row.open) return { shut: row.section }
  const above = rows.slice(0, at).findLastIndex(({ level }) => level < row.level)
  return { goTo: above < 0 ? at : above }
}

/** The next one after this, else the first of all; the row itself where no other begins so. */
function nextBeginningWith(letter: string, rows: Row[], at: number): number {
  const begins = (row: Row) => folded(textOf(row)).startsWith(folded(letter))
  const after = rows.findIndex((row, index) => index > at && begins(row))
  const first = after >= 0 ? after : rows.findIndex(begins)
  return first >= 0 ? first : at
}

const textOf = (row: Row): string => (row.is === 'section' ? row.section.title : row.question.text)
