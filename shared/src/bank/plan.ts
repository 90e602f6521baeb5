import { seededRandom, shuffled } from '../random.ts'
import type { QuestionId } from '../ids.ts'
import { allSections, type PublicBank, type PublicSection } from './outline.ts'
import type { QuestionKind } from './question.ts'

/** What draws the questions of an interview. */
export interface PlanToDraw {
  seed: string
  /** So many of each section, which stands for all below it; they are asked in this order. */
  quotas: { section: string; count: number }[]
  order: 'shuffled' | 'bank'
  /** Drawn before all others of their section; those of no section that has a quota come behind. */
  pinned: QuestionId[]
  excluded: QuestionId[]
  /** Typed in; they come last. */
  own: string[]
}

/** A question of a plan, as it is asked. */
export interface DrawnItem {
  questionId: QuestionId | null
  kind: QuestionKind
  /** The title of what it was drawn for. */
  section: string
  path: string[]
  text: string
}

/** A quota that its section cannot fill. */
export interface Shortage {
  section: string
  title: string
  wanted: number
  has: number
}

/** The same plan draws the same questions of the same bank, none of them twice. */
export function drawPlan(bank: PublicBank, plan: PlanToDraw): { items: DrawnItem[]; short: Shortage[] } {
  const excluded = new Set(plan.excluded)
  const taken = new Set<QuestionId | null>()
  const short: Shortage[] = []
  const quotas = plan.quotas.flatMap(({ section, count }) => {
    const found = allSections(bank.sections).find(({ id }) => id === section)
    const title = found?.title ?? section
    const free = itemsIn(bank, found).filter(({ questionId: id }) => !taken.has(id) && !excluded.has(id ?? ''))
    const drawn = ordered(free, plan, section).slice(0, count)
    if (drawn.length < count) short.push({ section, title, wanted: count, has: drawn.length })
    drawn.forEach(({ questionId }) => taken.add(questionId))
    return drawn.map((item) => ({ ...item, section: title }))
  })
  const pinned = itemsOf(bank).filter(({ questionId: id }) => plan.pinned.includes(id ?? '') && !taken.has(id))
  return { items: [...quotas, ...pinned, ...plan.own.map(typedIn)], short }
}

/** Pinned ones are drawn first; what was drawn is asked in the plan's order. */
function ordered(items: DrawnItem[], { seed, order, pinned }: PlanToDraw, section: string): DrawnItem[] {
  const inOrder = order === 'shuffled' ? shuffled(items, seededRandom(`${seed} ${section}`)) : items
  const isPinned = ({ questionId }: DrawnItem) => pinned.includes(questionId ?? '')
  return [...inOrder.filter(isPinned), ...inOrder.filter((item) => !isPinned(item))]
}

const typedIn = (text: string): DrawnItem => ({ questionId: null, kind: 'question', section: '', path: [], text })

/** Every question of the bank once, in its order, each as it would be asked. */
export function itemsOf({ sections }: Pick<PublicBank, 'sections'>): DrawnItem[] {
  const all = sections.flatMap((section) => below(section, []))
  return [...new Map(all.toReversed().map((item) => [item.questionId, item])).values()].toReversed()
}

function itemsIn(bank: PublicBank, section: PublicSection | undefined): DrawnItem[] {
  const ids = new Set(section && allSections([section]).flatMap(({ questions }) => questions.map(({ id }) => id)))
  return itemsOf(bank).filter(({ questionId }) => questionId !== null && ids.has(questionId))
}

function below({ title, questions, sections }: PublicSection, above: string[]): DrawnItem[] {
  const path = [...above, title]
  const own = questions.map(({ id, kind, text }) => ({ questionId: id, kind, section: title, path, text }))
  return [...own, ...sections.flatMap((section) => below(section, path))]
}

/**
 * Those of the bank that are worded most alike, best first; none that shares no word.
 * @see Jaccard's index, over words of three letters and more
 */
export function nearestItems(text: string, items: DrawnItem[], most: number): DrawnItem[] {
  const wanted = wordsOf(text)
  const likeness = (item: DrawnItem) => {
    const words = wordsIn(item)
    const shared = [...words].filter((word) => wanted.has(word)).length
    return shared / (words.size + wanted.size - shared || 1)
  }
  return items
    .map((item) => ({ item, likeness: likeness(item) }))
    .filter(({ likeness }) => likeness > 0)
    .toSorted((a, b) => b.likeness - a.likeness)
    .slice(0, most)
    .map(({ item }) => item)
}

const known = new WeakMap<DrawnItem, Set<string>>()

/** Taken apart once, however many lost questions it is compared with. */
function wordsIn(item: DrawnItem): Set<string> {
  const words = known.get(item) ?? wordsOf(item.text)
  known.set(item, words)
  return words
}

const wordsOf = (text: string): Set<string> => new Set(text.toLowerCase().match(/[\p{L}\p{N}_+#]{3,}/gu) ?? [])
