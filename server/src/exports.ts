import type { Results } from '@knopka/shared/game'

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

const header = [
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
]

/** A row a press; a question that nobody pressed has one row, and so has a correction by hand. */
export function toCsv(results: Results): string {
  const names = namesOf(results)
  const rows = results.questions.flatMap((question) => {
    const { turn, path, text, presses, verdicts, note } = question
    const front = [turn, path.join(' / '), text]
    if (presses.length === 0) return [[...front, '', '', '', '', '', '', note ?? '']]
    return presses.map(({ seat, scoreMs, certaintyMs }) => {
      const judged = verdicts.find((verdict) => verdict.seat === seat)
      const gap = scoreMs - (presses[0]?.scoreMs ?? 0)
      return [
        ...front,
        names.get(seat) ?? '',
        gap,
        scoreMs,
        certaintyMs,
        judged?.verdict ?? '',
        judged?.points ?? '',
        note ?? '',
      ]
    })
  })
  const byHand = results.corrections.map(({ seat, points, reason }) => [
    '',
    '',
    reason,
    names.get(seat) ?? '',
    '',
    '',
    '',
    'by hand',
    points,
    '',
  ])
  // The mark at the start lets spreadsheets read Cyrillic.
  return `\uFEFF${[header, ...rows, ...byHand].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

/** A cell that begins like a formula would be run by a spreadsheet; an apostrophe in front makes it text. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(Math.round(value * 10) / 10)
  const tame = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame
}

export function toMarkdown(results: Results): string {
  const names = namesOf(results)
  const standings = results.standings.map(({ place, name, score }) => `| ${place} | ${plain(name)} | ${score} |`)
  const questions = results.questions.map(({ turn, path, text, presses, verdicts, note }) => {
    const lines = verdicts.map(
      ({ seat, verdict, points }) => `- ${plain(names.get(seat) ?? '')}: ${verdict}, ${points}`,
    )
    const order = presses.map(({ seat, scoreMs }) => {
      return `${plain(names.get(seat) ?? '')} +${Math.round(scoreMs - (presses[0]?.scoreMs ?? 0))} ms`
    })
    const pressed = order.length > 0 ? [`Pressed: ${order.join(', ')}`, ''] : []
    const answer = note ? ['', note.replace(/^/gm, '> ')] : []
    return [`### ${turn}. ${plain(text)}`, '', plain(path.join(' / ')), '', ...pressed, ...lines, ...answer, ''].join(
      '\n',
    )
  })
  const byHand = results.corrections.map(
    ({ seat, points, reason }) => `- ${plain(names.get(seat) ?? '')}: ${points} (${plain(reason)})`,
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
    ...questions,
  ].join('\n')
}

/** Names and questions are anybody's text: it stays text, on one line, also where a list or a number would begin. */
const plain = (text: string) =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_~[\]<>|#&]/g, '\\$&')
    .replace(/^(\d*)([-+=.)])/, '$1\\$2')

const namesOf = ({ standings, questions }: Results): Map<string, string> =>
  new Map([
    ...questions.flatMap(({ presses }) => presses.map(({ seat, name }) => [seat, name] as const)),
    ...standings.map(({ seat, name }) => [seat, name] as const),
  ])
