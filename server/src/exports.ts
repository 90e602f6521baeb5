import {
  completed,
  guessIn,
  judgedGroups,
  verdictOnChoice,
  type PlayedChoices,
  type PlayedQuestion,
  type PlayedTyping,
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
  'round',
  'round_title',
  'value',
  'worth',
  'stake',
  'typed',
  'right_number',
  'off_by',
] as const

type Cell = string | number
/** What is not there is an empty cell. */
type Row = { [Column in (typeof columns)[number]]?: Cell | null | undefined }
type NameOf = (seat: SeatId) => string

/** Whose row it is: a person, and the team that they were in when the evening ended. */
type WhoOf = (seat: SeatId) => Pick<Row, 'player' | 'team'>

/** A row a press, a choice or a typed answer; a question that nobody answered has one row, and so has a correction by hand. */
export function toCsv(results: Results): string {
  const [nameOf, teamOf] = [namesIn(results), teamNamesIn(results)]
  const whoOf: WhoOf = (seat) => ({ player: nameOf(seat), team: teamOf(seat) })
  const rows = results.questions.flatMap((question) => rowsOf(question, results.rounds, whoOf))
  const byHand = results.corrections.map(({ seat, points, reason }): Row => ({
    question: reason,
    ...whoOf(seat),
    verdict: 'by hand',
    points,
  }))
  const table: (readonly Cell[])[] = [
    columns,
    ...[...rows, ...byHand].map((row) => columns.map((column) => valueIn(row, column))),
  ]
  // The mark at the start lets spreadsheets read Cyrillic.
  return `\uFEFF${table.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}

function rowsOf(question: PlayedQuestion, rounds: Results['rounds'], whoOf: WhoOf): Row[] {
  const { turn, path, text, note, practice, round, worth } = question
  const answers = answerRows(question, whoOf)
  const rows = answers.length > 0 ? answers : [{}]
  const about = { turn, section: path.join(' / '), question: text, note, round, round_title: rounds[round - 1]?.title }
  const played = worth && { value: worth.value, worth: worth.kind, stake: worth.stake }
  // Whoever adds up the column of points gets the standings.
  const practised = practice ? { practice: 'yes', points: null } : {}
  return rows.map((row) => ({ ...about, ...played, ...row, ...practised }))
}

function answerRows(question: PlayedQuestion, whoOf: WhoOf): Row[] {
  const { choices, typing } = question
  if (typing) return typedRows(typing, whoOf)
  return choices ? choiceRows(choices, whoOf) : pressRows(question, whoOf)
}

function typedRows({ right, answers }: PlayedTyping, whoOf: WhoOf): Row[] {
  return answers.map(({ seat, text, afterMs, verdict, points, stake }) => ({
    ...whoOf(seat),
    verdict,
    points: verdict && points,
    after_ms: afterMs,
    stake,
    typed: text,
    right_number: right,
    off_by: offBy(right, text),
  }))
}

/** How far a guess was from what was right. */
function offBy(right: number | null, text: string): number | null {
  const guess = guessIn(text)
  return right === null || guess === null ? null : exact(Math.abs(guess - right))
}

/** Guesses have six digits after the point at most; what lies behind them was never there. */
const exact = (value: number): number => Math.round(value * 1e6) / 1e6

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

function valueIn(row: Row, column: (typeof columns)[number]): Cell {
  const value = row[column] ?? ''
  return typeof value === 'number' && !guessed.includes(column) ? tenth(value) : value
}

const tenth = (value: number): number => Math.round(value * 10) / 10

/** Times and points, to a tenth; what people guessed stays as it is. */
const guessed: readonly string[] = ['right_number', 'off_by'] satisfies (typeof columns)[number][]

/** A cell that begins like a formula would be run by a spreadsheet; an apostrophe in front makes it text. */
function cell(value: Cell): string {
  if (typeof value === 'number') return String(value)
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
    ...partsOf(results).flatMap(({ title, questions }) => [
      `## ${title}`,
      '',
      ...questions.map((question) => {
        const protests = results.protests.filter(({ turn }) => turn === question.turn)
        return questionLines(question, protests, nameOf).join('\n')
      }),
    ]),
  ].join('\n')
}

/** By rounds, where there was more than one. */
function partsOf({ rounds, questions }: Results): { title: string; questions: PlayedQuestion[] }[] {
  if (rounds.length < 2) return [{ title: 'Questions', questions }]
  const parts = rounds.map(({ title, isBoard }, index) => {
    const name = title ?? (isBoard ? 'Board' : null)
    return {
      title: [`Round ${index + 1}`, ...(name ? [plain(name)] : [])].join('. '),
      questions: questions.filter(({ round }) => round === index + 1),
    }
  })
  return parts.filter(({ questions }) => questions.length > 0)
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
  const { turn, path, text, note, practice } = question
  const answers = answerLines(question, nameOf)
  const quoted = note ? ['', note.replace(/^/gm, '> ')] : []
  const about = [plain(path.join(' / ')), ...worthInWords(question), ...(practice ? ['practice, not counted'] : [])]
  const asked = protests.map(({ seat, upheld }) => `- Protest of ${plain(nameOf(seat))}: ${rulingInWords(upheld)}`)
  const contested = asked.length > 0 ? ['', ...asked] : []
  return [`### ${turn}. ${plain(text)}`, '', about.join(', '), '', ...answers, ...contested, ...quoted, '']
}

function worthInWords({ worth }: PlayedQuestion): string[] {
  if (!worth) return []
  if (worth.kind === 'final') return ['final']
  return worth.kind === 'plain' ? [`for ${worth.value}`] : [`double, stake ${worth.stake ?? 0}`]
}

function answerLines(question: PlayedQuestion, nameOf: NameOf): string[] {
  const { choices, typing } = question
  if (typing) return typing.kind === 'number' ? guessLines(typing, nameOf) : typedLines(typing, nameOf)
  return choices ? choiceLines(choices, nameOf) : pressLines(question, nameOf)
}

/** Answers that are alike stand together, as they were judged. */
const typedLines = (typing: PlayedTyping, nameOf: NameOf): string[] =>
  judgedGroups(typing).flatMap(({ text, seats }) => [
    `- ${plain(text)}`,
    ...typing.answers
      .filter(({ seat }) => seats.includes(seat))
      .map((one) => `  - ${typedInWords(one, nameOf, one.text === text ? [] : [plain(one.text)])}`),
  ])

/** The nearest first. */
function guessLines({ right, answers }: PlayedTyping, nameOf: NameOf): string[] {
  const off = ({ text }: { text: string }) => offBy(right, text)
  const sorted = answers.toSorted((a, b) => (off(a) ?? 0) - (off(b) ?? 0))
  const lines = sorted.map((one) => {
    const distance = off(one)
    return `- ${typedInWords(one, nameOf, [plain(one.text), ...(distance === null ? [] : [`off by ${distance}`])])}`
  })
  return [...(right === null ? [] : [`Right: ${right}`, '']), ...lines]
}

function typedInWords(
  { seat, verdict, points, stake }: PlayedTyping['answers'][number],
  nameOf: NameOf,
  words: string[],
): string {
  const judged = verdict ? [verdict, String(points)] : []
  const said = [...words, ...(stake === null ? [] : [`stake ${stake}`]), ...judged].join(', ')
  return said ? `${plain(nameOf(seat))}: ${said}` : plain(nameOf(seat))
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
