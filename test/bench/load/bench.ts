import { writeFileSync } from 'node:fs'
import { help, readOptions, type Options } from './options.ts'
import { runRounds } from './rounds.ts'
import { rowsOf, rowsOfGrowth, type Row, type Rounds } from './rows.ts'
import { scenarios } from './scenarios/index.ts'
import { plainTable, type Report } from './table.ts'
import { tellProgress, whereItRan } from './where.ts'

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

function report(rows: Row[]): Report {
  return { ...whereItRan(), rows }
}
