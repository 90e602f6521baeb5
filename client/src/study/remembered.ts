import type { StudySettings } from '@knopka/shared/contracts'
import { keep, recall } from '../lib/keepsakes.ts'

/** How this device opened a study room last. */
export interface RememberedStudy {
  bank: string
  title: string | null
  study: StudySettings
}

export const firstStudy: RememberedStudy = {
  bank: '',
  title: null,
  study: { sections: [], newPercent: 30, typesFirst: false },
}

const key = 'study'

export const rememberStudy = (study: RememberedStudy): void => keep(key, JSON.stringify(study))

/** @param query of the page's address: a link may name a bank and sections of it */
export function rememberedStudy(query: URLSearchParams): RememberedStudy {
  const remembered = recalledStudy()
  const [bank, sections] = [query.get('bank'), query.get('sections')?.split(',').filter(Boolean)]
  return bank && sections ? { ...remembered, bank, study: { ...remembered.study, sections } } : remembered
}

function recalledStudy(): RememberedStudy {
  try {
    return readStudy(JSON.parse(recall(key) ?? 'null'))
  } catch {
    return firstStudy
  }
}

/** @param value what an older page may have kept; a part that is no good is as for somebody who has never had one */
export function readStudy(value: unknown): RememberedStudy {
  const { bank, title, study } = recordIn(value)
  const { sections, newPercent, typesFirst } = recordIn(study)
  const first = firstStudy.study
  return {
    bank: typeof bank === 'string' ? bank : firstStudy.bank,
    title: typeof title === 'string' && title.trim() !== '' ? title : null,
    study: {
      sections: Array.isArray(sections) ? sections.filter((id): id is string => typeof id === 'string') : [],
      newPercent: isPercent(newPercent) ? newPercent : first.newPercent,
      typesFirst: typesFirst === true,
    },
  }
}

const recordIn = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

const isPercent = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 100
