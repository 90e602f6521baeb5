import type { PublicBank, PublicQuestion, PublicSection } from '@knopka/shared/bank'

/** A section with its place in the tree and its counts. */
export interface TreeSection {
  id: string
  title: string
  /** 1 for the bank's top sections. */
  level: number
  parent: TreeSection | null
  sections: TreeSection[]
  /** Those that stand directly under this heading. */
  questions: PublicQuestion[]
  /** Questions here and in all sections below. */
  total: number
}

export interface Tree {
  top: TreeSection[]
  /** Each before those below it, in the bank's order. */
  all: TreeSection[]
  byId: ReadonlyMap<string, TreeSection>
  total: number
}

export function treeOf({ sections }: Pick<PublicBank, 'sections'>): Tree {
  const top = sections.map((section) => grown(section, null))
  const all = top.flatMap(withAllBelow)
  return { top, all, byId: new Map(all.map((section) => [section.id, section])), total: totalOf(top) }
}

function grown({ id, title, questions, sections }: PublicSection, parent: TreeSection | null): TreeSection {
  const level = (parent?.level ?? 0) + 1
  const section: TreeSection = { id, title, level, parent, questions, sections: [], total: 0 }
  section.sections = sections.map((below) => grown(below, section))
  section.total = questions.length + totalOf(section.sections)
  return section
}

const totalOf = (sections: TreeSection[]) => sections.reduce((sum, { total }) => sum + total, 0)

export const withAllBelow = (section: TreeSection): TreeSection[] => [
  section,
  ...section.sections.flatMap(withAllBelow),
]

/** From the parent up to the top. */
export const allAbove = ({ parent }: TreeSection): TreeSection[] => (parent ? [parent, ...allAbove(parent)] : [])
