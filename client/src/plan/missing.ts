import { itemsOf, nearestItems, type PublicBank } from '@knopka/shared/bank'
import type { PlannedItem } from '@knopka/shared/contracts'
import { longestOwn, mostOwn, type Draft } from './draft.ts'

const mostNear = 3

/** A planned question that its bank does not have any more, and those in it that come nearest, best first. */
interface MissingItem {
  /** Its place among those that are planned. */
  index: number
  nearest: PlannedItem[]
}

export const itemsById = (bank: PublicBank): ReadonlyMap<string | null, PlannedItem> =>
  new Map(itemsOf(bank).map((item) => [item.questionId, item]))

/** Which of the planned questions this bank does not have any more, and what of it may take their place. */
export function missingIn(bank: PublicBank, items: PlannedItem[]): MissingItem[] {
  const all = itemsOf(bank)
  const known = new Set(all.map(({ questionId }) => questionId))
  const planned = new Set(items.map(({ questionId }) => questionId))
  const free = all.filter(({ questionId }) => !planned.has(questionId))
  return items.flatMap(({ questionId, text }, index) =>
    questionId === null || known.has(questionId) ? [] : [{ index, nearest: nearestItems(text, free, mostNear) }],
  )
}

interface Mended {
  items: PlannedItem[]
  draft: Draft
}

/** The other one is asked in its place, and counted under its section. */
export function replaced(draft: Draft, items: PlannedItem[], index: number, by: PlannedItem): Mended {
  const old = items[index]
  if (!old) return { draft, items }
  const pinned = draft.pinned.filter((id) => id !== old.questionId && id !== by.questionId)
  return {
    items: items.with(index, { ...by, section: old.section }),
    // Whoever draws anew later does not lose it.
    draft: { ...draft, pinned: by.questionId === null ? pinned : [...pinned, by.questionId] },
  }
}

/** It stays as it was written, and belongs to no bank from now on. */
export function keptAsTyped(draft: Draft, items: PlannedItem[], index: number): Mended {
  const old = items[index]
  if (!old) return { draft, items }
  const fits = old.text.length <= longestOwn && draft.own.length < mostOwn
  return {
    items: items.with(index, { ...old, questionId: null }),
    draft: {
      ...draft,
      pinned: draft.pinned.filter((id) => id !== old.questionId),
      own: fits ? [...draft.own, old.text] : draft.own,
    },
  }
}
