import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus, release, totalmem } from 'node:os'
import { help, readOptions, type Options } from './options.ts'
import { runRounds } from './rounds.ts'
import { rowsOf, rowsOfGrowth, type Row, type Rounds } from './rows.ts'
import { scenarios } from './scenarios/index.ts'
import { plainTable, type Report } from './table.ts'

try {
  const options = readOptions(process.argv.slice(2), scenarios)
  if (options.help) process.stdout.write(help)
  else await run(options)
  process.exit(0)
} catch (fault) {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`)
  process.exit(1)
}

async function run(options: Options): Promise<void> {
  if (process.platform !== 'linux') throw new Error('The bench reads what Linux counts of a process; this is not Linux')
  const rows: Row[] = []
  const add = (found: Row[]) => {
    rows.push(...named(found, options))
    // What was measured so far is not lost when something fails later.
    if (options.json) writeFileSync(options.json, `${JSON.stringify(report(rows), null, 2)}\n`)
  }
  for (const scenario of scenarios.filter(({ id }) => options.only.includes(id))) {
    const played: Rounds[] = []
    for (const n of options.sizes ?? scenario.sizes(options.quick)) {
      const rounds = await runRounds(scenario, n, { ...options, say: tellProgress })
      played.push(rounds)
      add(rowsOf(rounds))
    }
    add(rowsOfGrowth(scenario, played))
  }
  tellProgress('')
  process.stdout.write(plainTable(rows))
}

/** People sit in a room, or the row says where. */
function named(rows: Row[], { setting }: Options): Row[] {
  return setting === 'room' ? rows : rows.map((row) => ({ ...row, scenario: `${row.scenario}, setting: ${setting}` }))
}

function tellProgress(text: string): void {
  process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${text}` : text && `${text}\n`)
}

function report(rows: Row[]): Report {
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  const machine = { cores: cpus().length, memory: `${gigabytes} GB`, linux: release() }
  const versions = { node: process.versions.node, ws: versionOf('ws'), 'socket.io': versionOf('socket.io') }
  return { machine, versions, rows }
}

function versionOf(name: string): string {
  const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`)
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version
}
