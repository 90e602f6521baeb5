import { allBanks, allSections, sectionOfAll, type PublicBank } from '@knopka/shared/bank'
import { allAbove, withAllBelow, type Tree, type TreeSection } from './tree.ts'

/** Ids of the sections whose own questions are picked. */
export type Picked = ReadonlySet<string>

export type Tick = 'all' | 'some' | 'none'

export const nothing: Picked = new Set()

const holdsQuestions = ({ questions }: TreeSection) => questions.length > 0

const idsOf = (sections: TreeSection[]) => sections.filter(holdsQuestions).map(({ id }) => id)

export const everything = ({ all }: Tree): Picked => new Set(idsOf(all))

export const pick = (picked: Picked, section: TreeSection): Picked =>
  new Set([...picked, ...idsOf(withAllBelow(section))])

/**
 * A room is told sections, each standing for all below it: the questions directly under a heading cannot stay when a
 * part below it leaves, so they leave as well.
 */
export function unpick(picked: Picked, section: TreeSection): Picked {
  const gone = new Set(idsOf([...withAllBelow(section), ...allAbove(section)]))
  return new Set([...picked].filter((id) => !gone.has(id)))
}

export const toggle = (picked: Picked, section: TreeSection): Picked =>
  tickOf(picked, section) === 'all' ? unpick(picked, section) : pick(picked, section)

/** How many questions of this section, and of all below it, are picked. */
export const pickedIn = (picked: Picked, section: TreeSection): number =>
  withAllBelow(section).reduce((sum, { id, questions }) => sum + (picked.has(id) ? questions.length : 0), 0)

export function tickOf(picked: Picked, section: TreeSection): Tick {
  const count = pickedIn(picked, section)
  if (count === 0) return 'none'
  return count === section.total ? 'all' : 'some'
}

/** The fewest sections that stand for what is picked, in the bank's order. */
export function coverOf({ top }: Tree, picked: Picked): string[] {
  const cover = (section: TreeSection): string[] =>
    tickOf(picked, section) === 'all' ? [section.id] : section.sections.flatMap(cover)
  return top.flatMap(cover)
}

/** The other way round. @returns also how many of the sections this bank does not have (any more) */
export function pickedFrom({ byId }: Tree, ids: string[]): { picked: Picked; lost: number } {
  const known = ids.map((id) => byId.get(id)).filter((section) => section !== undefined)
  return { picked: known.reduce(pick, nothing), lost: ids.length - known.length }
}

/** What was picked in another bank, as far as this one has it: all banks together have what each of them has. */
export function carriedTo({ id: bank, sections }: PublicBank, from: string): (picked: string[]) => string[] {
  if (bank === from) return (picked) => picked
  if (bank === allBanks) return (picked) => picked.map((id) => sectionOfAll(from, id))
  if (from !== allBanks) return () => []
  const whole: [string, string[]] = [sectionOfAll(bank), sections.map(({ id }) => id)]
  const own = new Map([whole, ...allSections(sections).map(({ id }): typeof whole => [sectionOfAll(bank, id), [id]])])
  return (picked) => picked.flatMap((id) => own.get(id) ?? [])
}

export function totalsOf({ all }: Tree, picked: Picked): { questions: number; sections: number } {
  const sections = all.filter(({ id }) => picked.has(id))
  return { questions: sections.reduce((sum, { questions }) => sum + questions.length, 0), sections: sections.length }
}

/** How many questions in these sections themselves have options to choose from. */
export const withOptions = (sections: TreeSection[]): number =>
  sections.reduce((sum, { questions }) => sum + questions.filter(({ choices }) => choices !== undefined).length, 0)

/** How many of these questions carry options. */
export function withOptionsIn({ all }: Tree, ids: readonly string[]): number {
  const wanted = new Set(ids)
  return withOptions(
    all.map((section) => ({ ...section, questions: section.questions.filter(({ id }) => wanted.has(id)) })),
  )
}

/** Ids of the sections that one has to open to see what is picked. */
export const partlyPicked = ({ all }: Tree, picked: Picked): ReadonlySet<string> =>
  new Set(all.filter((section) => tickOf(picked, section) === 'some').map(({ id }) => id))
