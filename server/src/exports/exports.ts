import { completed, type StoredResults } from '@knopka/shared/game'
import { toCsv } from './csv.ts'
import { toMarkdown } from './markdown.ts'

/** What a download says: its body, and how a browser shall take it. */
export interface Download {
  type: string
  ending: string
  body: string
}

export const downloads: Record<'csv' | 'json' | 'markdown', (results: StoredResults) => Download> = {
  csv: (results) => ({ type: 'text/csv; charset=utf-8', ending: 'csv', body: toCsv(completed(results)) }),
  json: (results) => ({ type: 'application/json', ending: 'json', body: JSON.stringify(results, null, 2) }),
  markdown: (results) => ({ type: 'text/markdown; charset=utf-8', ending: 'md', body: toMarkdown(completed(results)) }),
}
