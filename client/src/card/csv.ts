import type { CardItem, Opinion, Scorecard } from '@knopka/shared/game'

type Cell = string | number
type Row = Record<string, Cell | null | undefined>

/** A row a question. Each names the candidate, so that the files of several can be put together. */
export function toCsv({ planTitle, candidate, items }: Scorecard): string {
  const rows = items.map((item, index): Row => ({ candidate, plan: planTitle, number: index + 1, ...about(item) }))
  const table = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
  // The mark at the start lets spreadsheets read Cyrillic.
  return `\uFEFF${table.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

const columns: readonly string[] = [
  ...['candidate', 'plan', 'number', 'section', 'path', 'question', 'added', 'seconds', 'level'],
  ...['first', 'first_note', 'first_flagged', 'second', 'second_note', 'second_flagged', 'agreed', 'differs', 'answer'],
]

function about(item: CardItem): Row {
  return {
    section: item.section,
    path: item.path.join(' / '),
    question: item.text,
    added: yes(item.added),
    seconds: item.spentMs === null ? null : Math.round(item.spentMs / 100) / 10,
    level: item.level,
    ...opinion('first', item.first),
    ...opinion('second', item.second),
    agreed: item.agreed,
    differs: yes(item.differs),
    answer: item.note,
  }
}

const opinion = (whose: string, opinion: Opinion | null): Row => ({
  [whose]: opinion?.rating,
  [`${whose}_note`]: opinion?.note,
  [`${whose}_flagged`]: yes(opinion?.flagged ?? false),
})

const yes = (is: boolean): string => (is ? 'yes' : '')

/** A cell that begins like a formula would be run by a spreadsheet; an apostrophe in front makes it text. */
function cell(value: Cell): string {
  if (typeof value === 'number') return String(value)
  const tame = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame
}
