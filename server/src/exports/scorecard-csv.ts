import type { CardItem, Opinion, Scorecard } from '@knopka/shared/game'
import { csvOf, tenth, type Cell } from './csv.ts'

/** New ones come last: people have built sheets on the places of the others. */
const columns = [
  ...([
    'candidate',
    'number',
    'section',
    'path',
    'question',
    'added',
    'seconds',
    'level',
    'agreed',
    'differs',
  ] as const),
  ...(['first_rating', 'first_note', 'first_flagged', 'second_rating', 'second_note', 'second_flagged'] as const),
]

type Row = { [Column in (typeof columns)[number]]: Cell | null }

/** A row a question, in the order of asking; the candidate stands in each, so that several files can be put together. */
export function scorecardCsv({ candidate, items }: Scorecard): string {
  const rows = items.map((item, index) => rowOf(item, index + 1, candidate))
  return csvOf([columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))])
}

function rowOf(item: CardItem, number: number, candidate: string): Row {
  const { section, path, text, added, spentMs, level, agreed, differs } = item
  const [first, second] = [cellsOf(item.first), cellsOf(item.second)]
  return {
    candidate,
    number,
    section,
    path: path.join(' / '),
    question: text,
    added: yes(added),
    seconds: spentMs === null ? null : Math.round(spentMs / 1000),
    level: level === null ? null : tenth(level),
    agreed,
    differs: yes(differs),
    first_rating: first.rating,
    first_note: first.note,
    first_flagged: first.flagged,
    second_rating: second.rating,
    second_note: second.note,
    second_flagged: second.flagged,
  }
}

const cellsOf = (opinion: Opinion | null) => ({
  rating: opinion?.rating ?? null,
  note: opinion?.note ?? null,
  flagged: yes(opinion?.flagged ?? false),
})

const yes = (is: boolean): string | null => (is ? 'yes' : null)
