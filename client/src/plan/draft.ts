import type { PlanToDraw } from '@knopka/shared/bank'
import type { Plan, PlannedItem } from '@knopka/shared/contracts'
import type { QuestionId } from '@knopka/shared/ids'

export const longestTitle = 60
export const longestOwn = 300
export const mostOwn = 50
export const longestLevel = 200
export const mostItems = 200
export const mostQuotas = 100
export const mostPinned = 200
export const mostExcluded = 2000

export const secondsChoices = [null, 60, 90, 120, 180] as const
export const minutesChoices = [null, 15, 30, 60] as const

/** A plan before its questions are drawn. `levels` are `null` as long as nobody has worded them differently. */
export type Draft = Omit<Plan, 'items' | 'levels'> & { levels: string[] | null }

export const firstDraft = (bank: string, seed: string): Draft => ({
  title: '',
  bank,
  seed,
  quotas: [],
  order: 'shuffled',
  pinned: [],
  excluded: [],
  own: [],
  seconds: null,
  minutes: 15,
  levels: null,
  mayMoveOn: false,
  showsNumbers: true,
})

export const draftOf = ({ items: _items, ...draft }: Plan): Draft => draft

/** Named one by one, so that the same plan is always written the same. */
export const planOf = (draft: Draft, levels: string[], items: PlannedItem[]): Plan => ({
  title: draft.title,
  bank: draft.bank,
  seed: draft.seed,
  quotas: draft.quotas,
  order: draft.order,
  pinned: draft.pinned,
  excluded: draft.excluded,
  own: draft.own,
  seconds: draft.seconds,
  minutes: draft.minutes,
  levels,
  mayMoveOn: draft.mayMoveOn,
  showsNumbers: draft.showsNumbers,
  items: items.map(({ questionId, kind, section, path, text }) => ({ questionId, kind, section, path, text })),
})

const drawing = ['seed', 'quotas', 'order', 'pinned', 'excluded', 'own'] as const satisfies (keyof PlanToDraw)[]

/** Whether after this change other questions may be drawn. */
export const draws = (change: Partial<Draft>): boolean => drawing.some((name) => name in change)

export const quotaOf = ({ quotas }: Pick<Draft, 'quotas'>, section: string): number =>
  quotas.find((quota) => quota.section === section)?.count ?? 0

/** A section that had none is asked last; one that has none any more is gone. */
export function withQuota(quotas: Draft['quotas'], section: string, count: number): Draft['quotas'] {
  if (count <= 0) return quotas.filter((quota) => quota.section !== section)
  return quotas.some((quota) => quota.section === section)
    ? quotas.map((quota) => (quota.section === section ? { section, count } : quota))
    : [...quotas, { section, count }]
}

/** Asked one place before. */
export function earlier(quotas: Draft['quotas'], section: string): Draft['quotas'] {
  const at = quotas.findIndex((quota) => quota.section === section)
  const [before, own] = [quotas[at - 1], quotas[at]]
  return before && own ? quotas.with(at - 1, own).with(at, before) : quotas
}

type Wishes = Pick<Draft, 'pinned' | 'excluded'>

const without = (ids: QuestionId[], id: QuestionId) => ids.filter((one) => one !== id)

/** Nothing is both asked in any case and in no case. */
export const pinToggled = ({ pinned, excluded }: Wishes, id: QuestionId): Wishes => ({
  pinned: pinned.includes(id) ? without(pinned, id) : [...pinned, id],
  excluded: without(excluded, id),
})

export const exclusionToggled = ({ pinned, excluded }: Wishes, id: QuestionId): Wishes => ({
  pinned: without(pinned, id),
  excluded: excluded.includes(id) ? without(excluded, id) : [...excluded, id],
})
