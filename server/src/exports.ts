import {
  completed,
  verdictOnChoice,
  type PlayedChoices,
  type PlayedQuestion,
  type Protest,
  type Results,
  type StoredResults,
  type TeamStanding,
} from '@knopka/shared/game'
import type { SeatId } from '@knopka/shared/ids'

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
  'practice',
  'team',
] as const

type Cell = string | number
/** What is not there is an empty cell. */
type Row = { [Column in (typeof columns)[number]]?: Cell | null | undefined }
type NameOf = (seat: SeatId) => string

/** Whose row it is: a person, and the team that they were in when the evening ended. */
type WhoOf = (seat: SeatId) => Pick<Row, 'player' | 'team'>

/** A row a press or a choice; a question that nobody answered has one row, and so has a correction by hand. */
export function toCsv(results: Results): string {
  const [nameOf, teamOf] = [namesIn(results), teamNamesIn(results)]
  const whoOf: WhoOf = (seat) => ({ player: nameOf(seat), team: teamOf(seat) })
  const rows = results.questions.flatMap((question) => rowsOf(question, whoOf))
  const byHand = results.corrections.map(({ seat, points, reason }): Row => ({
    question: reason,
    ...whoOf(seat),
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

function rowsOf(question: PlayedQuestion, whoOf: WhoOf): Row[] {
  const { turn, path, text, note, choices, practice } = question
  const answers = choices ? choiceRows(choices, whoOf) : pressRows(question, whoOf)
  const rows = answers.length > 0 ? answers : [{}]
  const about = { turn, section: path.join(' / '), question: text, note }
  // Whoever adds up the column of points gets the standings.
  const practised = practice ? { practice: 'yes', points: null } : {}
  return rows.map((row) => ({ ...about, ...row, ...practised }))
}

function pressRows({ presses, verdicts }: PlayedQuestion, whoOf: WhoOf): Row[] {
  return presses.map(({ seat, scoreMs, certaintyMs }) => {
    const judged = verdicts.find((verdict) => verdict.seat === seat)
    return {
      ...whoOf(seat),
      gap_ms: scoreMs - (presses[0]?.scoreMs ?? 0),
      score_ms: scoreMs,
      certainty_ms: certaintyMs,
      verdict: judged?.verdict,
      points: judged?.points,
    }
  })
}

function choiceRows(choices: PlayedChoices, whoOf: WhoOf): Row[] {
  return choices.marks.map((mark) => ({
    ...whoOf(mark.seat),
    verdict: verdictOnChoice(choices, mark),
    points: mark.points,
    chosen: mark.options.map((option) => choices.options[option]?.text).join(' / '),
    after_ms: mark.afterMs,
  }))
}

const tenth = (value: number): number => Math.round(value * 10) / 10

/** A cell that begins like a formula would be run by a spreadsheet; an apostrophe in front makes it text. */
function cell(value: Cell): string {
  if (typeof value === 'number') return String(tenth(value))
  const tame = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame
}

export function toMarkdown(results: Results): string {
  const nameOf = namesIn(results)
  const byHand = results.corrections.map(
    ({ seat, points, reason }) => `- ${plain(nameOf(seat))}: ${points} (${plain(reason)})`,
  )
  return [
    `# ${plain(results.title)}`,
    '',
    ...(results.teams.length > 0 ? [...teamLines(results), ''] : []),
    ...personLines(results),
    '',
    ...(byHand.length > 0 ? ['## Corrected by hand', '', ...byHand, ''] : []),
    '## Questions',
    '',
    ...results.questions.map((question) => {
      const protests = results.protests.filter(({ turn }) => turn === question.turn)
      return questionLines(question, protests, nameOf).join('\n')
    }),
  ].join('\n')
}

function teamLines({ teams }: Results): string[] {
  const rows = teams.map((team) => `| ${team.place} | ${plain(teamName(team))} | ${team.size} | ${tenth(team.score)} |`)
  return ['| place | team | people | points |', '| ---: | --- | ---: | ---: |', ...rows]
}

function personLines({ standings, teams }: Results): string[] {
  if (teams.length === 0) {
    const rows = standings.map(({ place, name, score }) => `| ${place} | ${plain(name)} | ${score} |`)
    return ['| place | name | points |', '| ---: | --- | ---: |', ...rows]
  }
  const rows = standings.map(({ place, name, team, score }) => {
    const own = teams.find(({ number }) => number === team)
    return `| ${place} | ${plain(name)} | ${own ? plain(teamName(own)) : ''} | ${score} |`
  })
  return ['| place | name | team | points |', '| ---: | --- | --- | ---: |', ...rows]
}

function questionLines(question: PlayedQuestion, protests: Protest[], nameOf: NameOf): string[] {
  const { turn, path, text, note, choices, practice } = question
  const answers = choices ? choiceLines(choices, nameOf) : pressLines(question, nameOf)
  const quoted = note ? ['', note.replace(/^/gm, '> ')] : []
  const about = [plain(path.join(' / ')), ...(practice ? ['practice, not counted'] : [])]
  const asked = protests.map(({ seat, upheld }) => `- Protest of ${plain(nameOf(seat))}: ${rulingInWords(upheld)}`)
  const contested = asked.length > 0 ? ['', ...asked] : []
  return [`### ${turn}. ${plain(text)}`, '', about.join(', '), '', ...answers, ...contested, ...quoted, '']
}

const rulingInWords = (upheld: boolean | null): string =>
  upheld === null ? 'no ruling' : upheld ? 'upheld' : 'dismissed'

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

/** The letter of a team's mark depends on the language of whoever looks; its number does not. */
const teamName = ({ number, name }: Pick<TeamStanding, 'number' | 'name'>): string => name ?? `Team ${number}`

/** Nothing for whoever was in no team, or was removed. */
function teamNamesIn({ standings, teams }: Results): (seat: SeatId) => string | undefined {
  const names = new Map(teams.map((team) => [team.number, teamName(team)]))
  const own = new Map(standings.map(({ seat, team }) => [seat, team === null ? undefined : names.get(team)]))
  return (seat) => own.get(seat)
}
