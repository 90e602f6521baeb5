import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Figures } from '../test/faults/figures.ts'

// Runs the tests of test/faults, and puts what they counted into the README. Where one failed, nothing is written.
const root = fileURLToPath(new URL('../', import.meta.url))
const page = join(root, 'README.md')
const columns = {
  fault: 'fault',
  kills: 'times',
  events: 'events in the log',
  acknowledged: 'acknowledged',
  lost: 'lost',
  doubled: 'doubled',
  replicas: 'replicas that agree',
} satisfies Record<keyof Figures, string>

const figures = run()
if (figures) writeFileSync(page, between(readFileSync(page, 'utf8'), tableOf(figures)))
else fail('A test failed: the README stays as it is.')

/** @returns `null` where a test failed */
function run(): Figures[] | null {
  const folder = mkdtempSync(join(tmpdir(), 'knopka-figures-'))
  try {
    const file = join(folder, 'figures.jsonl')
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const env = { ...process.env, KNOPKA_FIGURES: file }
    const tests = [vitest, 'run', '--project', 'redis', 'test/faults']
    const { status } = spawnSync(process.execPath, tests, { cwd: root, env, stdio: 'inherit' })
    if (status !== 0 || !existsSync(file)) return null
    const lines = readFileSync(file, 'utf8').trim().split('\n')
    return lines.map((line) => JSON.parse(line) as Figures)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function tableOf(figures: Figures[]): string {
  const names = Object.keys(columns) as (keyof Figures)[]
  const row = (cells: (string | number)[]) => `| ${cells.map(String).join(' | ')} |`
  return [
    row(Object.values(columns)),
    row(names.map((name) => (name === 'fault' ? '---' : '--:'))),
    ...figures.sort((a, b) => (a.fault < b.fault ? -1 : 1)).map((one) => row(names.map((name) => one[name]))),
  ].join('\n')
}

function between(text: string, table: string): string {
  const marks = /(<!-- reliability -->\n)[^]*?(<!-- \/reliability -->)/
  if (!marks.test(text)) return fail('The README has no <!-- reliability --> and <!-- /reliability -->.')
  return text.replace(marks, (_all, before: string, after: string) => `${before}\n${table}\n\n${after}`)
}

function fail(reason: string): never {
  process.stderr.write(`${reason}\n`)
  process.exit(1)
}
