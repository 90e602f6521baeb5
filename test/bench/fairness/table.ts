import type { Held } from './goal-table.ts'
import { isLate, timerMostMs, type Row } from './rows.ts'
import { whyNotPassed, type SelfCheck } from './self-check.ts'

/** What `--json` writes. Shares in percent, gains in points, times in ms. */
export interface Report {
  machine: Record<string, string | number>
  versions: Record<string, string>
  seed: string
  /** Whether the machine was too busy for any figure to be believed. */
  void: boolean
  selfCheck: SelfCheck
  rows: Row[]
  /** The lines of the table. */
  goals: Held[]
}

const rowHeads = [
  'cell',
  'rounds',
  'right',
  '>= 20 ms',
  '5-20 ms',
  'spread',
  'delay p50',
  'p99',
  'lead',
  'max',
  'refused',
  'gain',
]
const goalHeads = ['figure', 'measured', '95 %', 'to reach', 'holds', 'by arrival']

/** The report for a terminal. */
export function plainTables(report: Report): string {
  const { rows, goals } = report
  const parts = [columns([rowHeads, ...rows.map(rowCells)])]
  if (goals.length > 0) parts.push('', columns([goalHeads, ...goals.map(goalCells)]))
  return [...parts, ...doubts(report), ''].join('\n')
}

/** The report for the README. */
export function markdownTable(report: Report): string {
  const { goals, rows, machine, versions, seed } = report
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  const named = (all: Record<string, string | number>) => Object.entries(all).map(([name, value]) => `${name} ${value}`)
  const rounds = rows.map((row) => row.rounds)
  return [
    line(goalHeads),
    line(goalHeads.map((_, column) => (column === 0 ? '---' : '--:'))),
    ...goals.map((goal) => line(goalCells(goal))),
    '',
    `${Math.min(...rounds)} to ${Math.max(...rounds)} rounds a cell, seed "${seed}"; ${[...named(machine), ...named(versions)].join(', ')}.`,
    ...doubts(report),
  ].join('\n')
}

/** What speaks against the figures, if anything does. */
function doubts({ selfCheck, rows }: Report): string[] {
  const why = whyNotPassed(selfCheck)
  const late = rows.filter(isLate).map(({ cell, timerP99 }) => `${cell} (${timerP99})`)
  return [
    ...(why === null ? [] : ['', `Void. ${why}.`]),
    ...(late.length === 0 ? [] : ['', `Timers were ${timerMostMs} ms off or more (p99) in ${late.join(', ')}.`]),
  ]
}

function rowCells(row: Row): string[] {
  const {
    cell,
    rounds,
    right,
    rightGe20,
    right5to20,
    spread,
    delayP50,
    delayP99,
    leadP50,
    leadMax,
    refused,
    cheatGain,
  } = row
  const shares = [right, rightGe20, right5to20, spread].map((share) => share.toFixed(1))
  const times = [delayP50, delayP99, leadP50, leadMax].map((ms) => ms.toFixed(0))
  return [cell, String(rounds), ...shares, ...times, String(refused), cheatGain === null ? '' : cheatGain.toFixed(1)]
}

function goalCells({ what, unit, figure, interval, goal, isLeast, holds, timersLate, byArrival }: Held): string[] {
  const digits = unit === 'ms' ? 0 : 1
  // What rounds to nothing has no sign.
  const said = (value: number) => `${(Number(value.toFixed(digits)) + 0).toFixed(digits)} ${unit}`
  const range = interval ? `${interval[0].toFixed(digits)} to ${interval[1].toFixed(digits)}` : ''
  const reach = `${isLeast ? 'at least' : 'at most'} ${goal} ${unit}`
  const verdict = `${holds ? 'yes' : 'no'}${timersLate ? ', timers late' : ''}`
  return [what, said(figure), range, reach, verdict, byArrival === null ? '' : said(byArrival)]
}

function columns(lines: string[][]): string {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)))
  const padded = (cells: string[]) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
  return lines.map((cells) => padded(cells).join('  ').trimEnd()).join('\n')
}
