import type { Plan, PlannedItem } from '@knopka/shared/contracts'
import { tidy } from '../lib/text/tidy.ts'
import { longestSeed } from '../lib/seed.ts'
import {
  draftOf,
  longestLevel,
  longestOwn,
  longestTitle,
  mostExcluded,
  mostItems,
  mostOwn,
  mostPinned,
  mostQuotas,
  planOf,
} from './draft.ts'

export type PlanField = keyof Plan

/** A plan out of a file, or everything that is wrong with it. */
export type PlanFile =
  | { ok: true; plan: Plan }
  | { ok: false; why: 'no-json' | 'no-plan' }
  | { ok: false; why: 'fields'; fields: PlanField[] }

type Check = (value: unknown) => boolean

const isText =
  (longest: number): Check =>
  (value) =>
    typeof value === 'string' && value.length > 0 && value.length <= longest

const isLine =
  (longest: number): Check =>
  (value) =>
    typeof value === 'string' && isText(longest)(tidy(value))

const isWhole =
  (least: number, most: number): Check =>
  (value) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most

const isList =
  (most: number, check: Check, fewest = 0): Check =>
  (value) =>
    Array.isArray(value) && value.length >= fewest && value.length <= most && value.every(check)

const either =
  (...checks: Check[]): Check =>
  (value) =>
    checks.some((check) => check(value))

const isNull: Check = (value) => value === null
const isYesNo: Check = (value) => typeof value === 'boolean'
const isWord =
  (...words: string[]): Check =>
  (value) =>
    words.some((word) => word === value)

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isOf =
  (fields: Record<string, Check>): Check =>
  (value) =>
    isRecord(value) && Object.entries(fields).every(([name, check]) => check(value[name]))

const isId = isText(64)

const itemFields: Record<keyof PlannedItem, Check> = {
  questionId: either(isNull, isId),
  kind: isWord('question', 'topic', 'term'),
  section: either(isText(200), isWord('')),
  path: isList(12, either(isText(300), isWord(''))),
  text: isText(2000),
}

/** What the server takes, field by field. */
const fields: Record<PlanField, Check> = {
  title: isLine(longestTitle),
  bank: isText(100),
  seed: isLine(longestSeed),
  quotas: isList(mostQuotas, isOf({ section: isId, count: isWhole(1, mostItems) })),
  order: isWord('shuffled', 'bank'),
  pinned: isList(mostPinned, isId),
  excluded: isList(mostExcluded, isId),
  own: isList(mostOwn, isLine(longestOwn)),
  seconds: either(isNull, isWhole(10, 1800)),
  minutes: either(isNull, isWhole(1, 240)),
  levels: isList(5, isLine(longestLevel), 5),
  mayMoveOn: isYesNo,
  showsNumbers: isYesNo,
  items: isList(mostItems, isOf(itemFields), 1),
}

export function readPlan(text: string): PlanFile {
  const value = parsed(text)
  if (value === undefined) return { ok: false, why: 'no-json' }
  if (!isRecord(value)) return { ok: false, why: 'no-plan' }
  const names = Object.keys(fields) as PlanField[]
  const wrong = names.filter((name) => !fields[name](value[name]))
  if (wrong.length === names.length) return { ok: false, why: 'no-plan' }
  if (wrong.length > 0) return { ok: false, why: 'fields', fields: wrong }
  // Checked field by field; what else stands in the file is left out.
  const plan = value as unknown as Plan
  return { ok: true, plan: planOf(tidied(plan), plan.levels.map(tidy), plan.items) }
}

function tidied(plan: Plan) {
  const quotas = plan.quotas.map(({ section, count }) => ({ section, count }))
  return { ...draftOf(plan), quotas, title: tidy(plan.title), seed: tidy(plan.seed), own: plan.own.map(tidy) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
