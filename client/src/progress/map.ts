import { inAllBanks, type PublicBank, type PublicSection } from '@knopka/shared/bank'
import type { Ms, QuestionId } from '@knopka/shared/ids'
import { mapOf, type Cards, type SectionMap, type SectionToMap } from '@knopka/shared/study'

/** How somebody knows a question, best first; what comes first is drawn first. */
export const standings = ['known', 'shaky', 'due', 'unseen'] as const
export type Standing = (typeof standings)[number]
export type Counts = Record<Standing | 'total', number>

/** A section as it is drawn: a cell a question. */
export interface DrawnSection extends Counts {
  id: string
  title: string
  /** Of the questions that stand directly in it. */
  own: Standing[]
  /** Of all of them. */
  cells: Standing[]
  sections: DrawnSection[]
}

/** What one person knows of a bank, in the bank's order: the map of a question alone is its cell. */
export function drawnMap({ id: bank, sections }: PublicBank, cards: Cards, now: Ms): DrawnSection[] {
  const alone = (id: QuestionId): SectionToMap => ({ id, title: '', questions: [id], sections: [] })
  const toMap = ({ id, title, questions, sections }: PublicSection): SectionToMap => ({
    id,
    title,
    questions: [],
    sections: [...questions.map((question) => alone(inAllBanks(bank, question.id))), ...sections.map(toMap)],
  })
  const maps = mapOf(sections.map(toMap), cards, now)
  return sections.map((section, at) => drawn(section, maps[at] as SectionMap))
}

function drawn({ questions, sections }: PublicSection, map: SectionMap): DrawnSection {
  const own = map.sections.slice(0, questions.length).flatMap(cellsByCount)
  const below = sections.map((section, at) => drawn(section, map.sections[questions.length + at] as SectionMap))
  return { ...map, own, cells: [...own, ...below.flatMap(({ cells }) => cells)], sections: below }
}

/** Of whom only the counts are known, the cells stand by how well they are known. */
const cellsByCount = (counts: Counts): Standing[] =>
  standings.flatMap((standing) => Array.from({ length: counts[standing] }, () => standing))

export const drawnTogether = (maps: SectionMap[]): DrawnSection[] =>
  maps.map((map) => ({ ...map, own: ownByCount(map), cells: cellsByCount(map), sections: drawnTogether(map.sections) }))

function ownByCount(map: SectionMap): Standing[] {
  const below = totalOf(map.sections)
  const left = { ...map }
  for (const standing of standings) left[standing] -= below[standing]
  return cellsByCount(left)
}

/** Of all sections, or of none. */
export function totalOf(sections: readonly Counts[]): Counts {
  const total: Counts = { total: 0, known: 0, shaky: 0, due: 0, unseen: 0 }
  for (const section of sections) for (const part of [...standings, 'total'] as const) total[part] += section[part]
  return total
}

export const sharePercent = ({ known, total }: Counts): number => (total === 0 ? 0 : Math.floor((known / total) * 100))
