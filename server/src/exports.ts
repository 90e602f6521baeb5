import { verdictOnChoice, type PlayedChoices, type PlayedQuestion, type Results } from '@knopka/shared/game'
import type { SeatId } from '@knopka/shared/ids'

/** What a download says: its body, and how a browser shall take it. */
export interface Download {
  type: string
  ending: string
  body: string
}

export const downloads: Record<'csv' | 'json' | 'markdown', (results: Results) => Download> = {
  csv: (results) => ({ type: 'text/csv; charset=utf-8', ending: 'csv', body: toCsv(results) }),
  json: (results) => ({ type: 'application/json', ending: 'json', body: JSON.stringify(results, null, 2) }),
  markdown: (results) => ({ type: 'text/markdown; charset=utf-8', ending: 'md', body: toMarkdown(results) }),
}

/** New ones come last: people have built sheets on the places of the others. */
const columns = [
  'turn',
  'section',
  'question',
  'player',
  'gap_ms',
  'score_ms',
  'certainty_ms',
  'verdict',
  'points',
  'note',
  'chosen',
  'after_ms',
] as const

type Cell = string | number
/** What is not there is an empty cell. */
type Row = { [Column in (typeof columns)[number]]?: Cell | null | undefined }
type NameOf = (seat: SeatId) => string

/** A row a press or a choice; a question that nobody answered has one row, and so has a correction by hand. */
export function toCsv(results: Results): string {
  const nameOf = namesIn(results)
  const rows = results.questions.flatMap((question) => rowsOf(question, nameOf))
  const byHand = results.corrections.map(({ seat, points, reason }): Row => ({
    question: reason,
    player: nameOf(seat),
    verdict: 'by hand',
    points,
  }))
  const table: (readonly Cell[])[] = [
    columns,
    ...[...rows, ...byHand].map((row) => columns.map((column) => row[column] ?? '')),
  ]
  // The mark at the start lets spreadsheets read Cyrillic.
  return `\uFEFF${table.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

function rowsOf(question: PlayedQuestion, nameOf: NameOf): Row[] {
  const { turn, path, text, note, choices } = question
  const answers = choices ? choiceRows(choices, nameOf) : pressRows(question, nameOf)
  const rows = answers.length > 0 ? answers : [{}]
  return rows.map((row) => ({ turn, section: path.join(' / '), question: text, note, ...row }))
}

function pressRows({ presses, verdicts }: PlayedQuestion, nameOf: NameOf): Row[] {
  return presses.map(({ seat, scoreMs, certaintyMs }) => {
    const judged = verdicts.find((verdict) => verdict.seat === seat)
    return {
      player: nameOf(seat),
      gap_ms: scoreMs - (presses[0]?.scoreMs ?? 0),
      score_ms: scoreMs,
      certainty_ms: certaintyMs,
      verdict: judged?.verdict,
      points: judged?.points,
    }
  })
}

function choiceRows(choices: PlayedChoices, nameOf: NameOf): Row[] {
  return choices.marks.map((mark) => ({
    player: nameOf(mark.seat),
    verdict: verdictOnChoice(choices, mark),
    points: mark.points,
    chosen: mark.options.map((option) => choices.options[option]?.text).join(' / '),
    after_ms: mark.afterMs,
  }))
}

/** A cell that begins like a formula would be run by a spreadsheet; an apostrophe in front makes it text. */
function cell(value: Cell): string {
  if (typeof value === 'number') return String(Math.round(value * 10) / 10)
  const tame = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame
}

export function toMarkdown(results: Results): string {
  const nameOf = namesIn(results)
  const standings = results.standings.map(({ place, name, score }) => `| ${place} | ${plain(name)} | ${score} |`)
  const byHand = results.corrections.map(
    ({ seat, points, reason }) => `- ${plain(nameOf(seat))}: ${points} (${plain(reason)})`,
  )
  return [
    `# ${plain(results.title)}`,
    '',
    '| place | name | points |',
    '| ---: | --- | ---: |',
    ...standings,
    '',
    ...(byHand.length > 0 ? ['## Corrected by hand', '', ...byHand, ''] : []),
    '## Questions',
    '',
    ...results.questions.map((question) => questionLines(question, nameOf).join('\n')),
  ].join('\n')
}

function questionLines(question: PlayedQuestion, nameOf: NameOf): string[] {
  const { turn, path, text, note, choices } = question
  const answers = choices ? choiceLines(choices, nameOf) : pressLines(question, nameOf)
  const quoted = note ? ['', note.replace(/^/gm, '> ')] : []
  return [`### ${turn}. ${plain(text)}`, '', plain(path.join(' / ')), '', ...answers, ...quoted, '']
}

function pressLines({ presses, verdicts }: PlayedQuestion, nameOf: NameOf): string[] {
  const order = presses.map(
    ({ seat, scoreMs }) => `${plain(nameOf(seat))} +${Math.round(scoreMs - (presses[0]?.scoreMs ?? 0))} ms`,
  )
  return [
    ...(order.length > 0 ? [`Pressed: ${order.join(', ')}`, ''] : []),
    ...verdicts.map(({ seat, verdict, points }) => `- ${plain(nameOf(seat))}: ${verdict}, ${points}`),
  ]
}

function choiceLines(choices: PlayedChoices, nameOf: NameOf): string[] {
  const options = choices.options.map(({ text, right, count }, option) =>
    [`${option + 1}. ${plain(text)}: ${count}`, ...(right ? ['right'] : [])].join(', '),
  )
  const marks = choices.marks.map((mark) => {
    const chosen = mark.options.map((option) => option + 1).join(' + ')
    const verdict = verdictOnChoice(choices, mark)
    return [`- ${plain(nameOf(mark.seat))}: ${chosen}`, ...(verdict ? [verdict] : []), mark.points].join(', ')
  })
  return [...options, ...(marks.length > 0 ? ['', ...marks] : [])]
}

/** Names and questions are anybody's text: it stays text, on one line, also where a list or a number would begin. */
const plain = (text: string) =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_~[\]<>|#&]/g, '\\$&')
    .replace(/^(\d*)([-+=.)])/, '$1\\$2')

/** Who was removed is in no standings: only their presses name them. */
function namesIn({ standings, questions }: Results): NameOf {
  const named = [...questions.flatMap(({ presses }) => presses), ...standings]
  const names = new Map(named.map(({ seat, name }) => [seat, name]))
  return (seat) => names.get(seat) ?? '(removed)'
}
