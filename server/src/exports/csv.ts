import {
  guessIn,
  verdictOnChoice,
  type PlayedChoices,
  type PlayedQuestion,
  type PlayedTyping,
  type Results,
} from '@knopka/shared/game'
import type { SeatId } from '@knopka/shared/ids'
import { namesIn, teamNamesIn, teamsNamedIn } from './names.ts'

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

export type Cell = string | number
/** What is not there is an empty cell. */
type Row = { [Column in (typeof columns)[number]]?: Cell | null | undefined }

/** Whose row it is: a person, and the team that they were in when the evening ended. */
type WhoOf = (seat: SeatId) => Pick<Row, 'player' | 'team'>

/** A row a press, a choice or a typed answer; a question that nobody answered has one row, and so has a correction by hand. */
export function toCsv(results: Results): string {
  const [nameOf, teamOf] = [namesIn(results), teamNamesIn(results)]
  const whoOf: WhoOf = (seat) => ({ player: nameOf(seat), team: teamOf(seat) })
  const rows = results.questions.flatMap((question) => rowsOf(question, results.rounds, whoOf))
  const teamNamed = teamsNamedIn(results)
  const byHand = results.corrections.map(({ seat, team, points, reason }): Row => ({
    question: reason,
    ...(seat === undefined ? { team: teamNamed(team) } : whoOf(seat)),
    verdict: 'by hand',
    points,
  }))
  return csvOf([columns, ...[...rows, ...byHand].map((row) => columns.map((column) => valueIn(row, column)))])
}

/** The mark at the start lets spreadsheets read Cyrillic. */
const csvOf = (table: (readonly Cell[])[]): string =>
  `\uFEFF${table.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`

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
export function offBy(right: number | null, text: string): number | null {
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

export const tenth = (value: number): number => Math.round(value * 10) / 10

/** Times and points, to a tenth; what people guessed stays as it is. */
const guessed: readonly string[] = ['right_number', 'off_by'] satisfies (typeof columns)[number][]

/** A cell that begins like a formula would be run by a spreadsheet; an apostrophe in front makes it text. */
function cell(value: Cell): string {
  if (typeof value === 'number') return String(value)
  const tame = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame
}
