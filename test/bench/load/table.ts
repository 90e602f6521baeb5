import type { Row } from './rows.ts'

export interface Report {
  machine: Record<string, string | number>
  versions: Record<string, string>
  rows: Row[]
}

const heads = ['scenario', 'N', 'metric', 'ours', 'to raw ws', 'to Socket.IO']

/** The report for a terminal. */
export function plainTable(rows: Row[]): string {
  const lines = [heads, ...rows.map(cellsOf)]
  const widths = heads.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)))
  const padded = lines.map((cells) =>
    cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))),
  )
  return [...padded.map((cells) => cells.join('  ').trimEnd()), ...legend(rows), ''].join('\n')
}

/** The report for the README. */
export function markdownTable({ rows, machine, versions }: Report): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  const named = (all: Record<string, string | number>) => Object.entries(all).map(([name, value]) => `${name} ${value}`)
  return [
    line(heads),
    line(heads.map((_, column) => (column === 0 ? '---' : '--:'))),
    ...rows.map((row) => line(cellsOf(row))),
    '',
    `${[...named(machine), ...named(versions)].join(', ')}.`,
    ...legend(rows),
  ].join('\n')
}

/**
 * Puts a text between the two marks of a page, in place of what stands there.
 * @param mark tells the tables of one page apart
 * @throws when it has no marks
 */
export function between(page: string, text: string, mark: string): string {
  const marks = new RegExp(`(<!-- ${mark} -->\\n)[\\s\\S]*?(<!-- /${mark} -->)`)
  if (!marks.test(page)) throw new Error(`The page has no <!-- ${mark} --> … <!-- /${mark} -->`)
  return page.replace(marks, (_all, before: string, after: string) => `${before}${text}\n${after}`)
}

/** A load that is busy for more than this share of the time is what is measured. */
const busyMost = 0.9

function isVoid({ metric, busy }: Row, ...loads: (keyof Row['busy'])[]): boolean {
  // The processor's time and memory are the server's alone, however busy the load is.
  return metric !== 'cpu' && metric !== 'memory' && loads.some((load) => busy[load] > busyMost)
}

function cellsOf(row: Row): string[] {
  const { scenario, n, metric, value, unit, ratioWs, ratioStock } = row
  const marked = (text: string, ...loads: (keyof Row['busy'])[]) => (isVoid(row, ...loads) ? `${text} !` : text)
  const ratio = (value: number | null, floor: 'ws' | 'stock') =>
    value === null ? '' : marked(`${rounded(value)}x`, 'ours', floor)
  const figure = marked(`${rounded(value)} ${unit}`, 'ours')
  return [scenario, String(n), metric, figure, ratio(ratioWs, 'ws'), ratio(ratioStock, 'stock')]
}

const rounded = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3))

const legend = (rows: Row[]): string[] =>
  rows.some((row) => isVoid(row, 'ours', 'ws', 'stock'))
    ? ['', '! The load had no time to wait: this says more of the load than of the server.']
    : []
