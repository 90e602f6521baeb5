import type { Held } from './goal-table.ts'
import type { Row } from './rows.ts'
import type { SelfCheck } from './self-check.ts'

/** What `--json` writes. Shares in percent, gains in points, times in ms. */
export interface Report {
  machine: Record<string, string | number>
  versions: Record<string, string>
  seed: string
  /** Whether the machine was too busy for any figure to be believed; `why` says where. */
  void: boolean
  why: string[]
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
export function plainTables({ rows, goals, why }: Report): string {
  const parts = [columns([rowHeads, ...rows.map(rowCells)])]
  if (goals.length > 0) parts.push('', columns([goalHeads, ...goals.map(goalCells)]))
  return [...parts, ...(why.length > 0 ? ['', 'Void:', ...why] : []), ''].join('\n')
}

/** The report for the README. */
export function markdownTable({ goals, rows, machine, versions, seed, why }: Report): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  const named = (all: Record<string, string | number>) => Object.entries(all).map(([name, value]) => `${name} ${value}`)
  const rounds = rows.map((row) => row.rounds)
  return [
    line(goalHeads),
    line(goalHeads.map((_, column) => (column === 0 ? '---' : '--:'))),
    ...goals.map((goal) => line(goalCells(goal))),
    '',
    `${Math.min(...rounds)} to ${Math.max(...rounds)} rounds a cell, seed "${seed}"; ${[...named(machine), ...named(versions)].join(', ')}.`,
    ...(why.length > 0 ? ['', `Void: ${why.join('; ')}.`] : []),
  ].join('\n')
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

function goalCells({ what, unit, figure, interval, goal, isLeast, holds, byArrival }: Held): string[] {
  const digits = unit === 'ms' ? 0 : 1
  const said = (value: number) => `${value.toFixed(digits)} ${unit}`
  const range = interval ? `${interval[0].toFixed(digits)} to ${interval[1].toFixed(digits)}` : ''
  const reach = `${isLeast ? 'at least' : 'at most'} ${goal} ${unit}`
  return [what, said(figure), range, reach, holds ? 'yes' : 'no', byArrival === null ? '' : said(byArrival)]
}

function columns(lines: string[][]): string {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)))
  const padded = (cells: string[]) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
  return lines.map((cells) => padded(cells).join('  ').trimEnd()).join('\n')
}
