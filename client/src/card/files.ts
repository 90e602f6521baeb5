import type { Scorecard } from '@knopka/shared/game'
import { toCsv } from './csv.ts'
import { toMarkdown } from './markdown.ts'

export const formats = ['markdown', 'csv', 'json'] as const
export type Format = (typeof formats)[number]

export const formatNames: Record<Format, string> = { markdown: 'Markdown', csv: 'CSV', json: 'JSON' }

const kinds: Record<Format, { type: string; ending: string; write: (card: Scorecard) => string }> = {
  markdown: { type: 'text/markdown', ending: 'md', write: toMarkdown },
  csv: { type: 'text/csv', ending: 'csv', write: toCsv },
  json: { type: 'application/json', ending: 'json', write: (card) => `${JSON.stringify(card, null, 2)}\n` },
}

/** The page has all that is in the files, so they are written here. */
export function fileOf(card: Scorecard, format: Format): { name: string; type: string; body: string } {
  const { type, ending, write } = kinds[format]
  return { name: `${fileName(card)}.${ending}`, type: `${type};charset=utf-8`, body: write(card) }
}

/** Named after the candidate and the day here, so that a folder of them can be told apart. */
function fileName({ candidate, endedAt }: Scorecard): string {
  const end = new Date(endedAt)
  const digits = (value: number) => String(value).padStart(2, '0')
  const name = candidate.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '')
  const day = [end.getFullYear(), digits(end.getMonth() + 1), digits(end.getDate())].join('-')
  return ['knopka', ...(name ? [name] : []), day].join('-')
}
