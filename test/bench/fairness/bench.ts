import { readFileSync, writeFileSync } from 'node:fs'
import { tellProgress, whereItRan } from '../load/where.ts'
import { builtInCells, ownCells, type Cell } from './cells.ts'
import { heldOf } from './goal-table.ts'
import { playCells, type Result } from './lane.ts'
import { help, readOptions, type Options } from './options.ts'
import { Progress } from './progress.ts'
import { rowOf } from './rows.ts'
import { readScenario } from './scenario.ts'
import { findLanes, selfCheck, whyNotPassed, type SelfCheck } from './self-check.ts'
import { plainTables, type Report } from './table.ts'

/** More would need more of a machine than most have to give. */
const mostLanes = 2
const voidCode = 2

try {
  const options = readOptions(process.argv.slice(2))
  if (options.help) process.stdout.write(help)
  else process.exitCode = (await run(options)).void ? voidCode : 0
  process.exit()
} catch (fault) {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`)
  process.exit(1)
}

async function run(options: Options): Promise<Report> {
  const cells = cellsFor(options)
  const check = await checked(options)
  const results = new Map<string, Result>()
  const report = (goals: Report['goals']) => reportOf(options, check, results, goals)
  const progress = new Progress(cells, tellProgress)
  const done = (result: Result) => {
    results.set(result.cell.id, result)
    progress.done(result.cell)
    // What was measured so far is not lost when something fails later.
    write(options, report([]))
  }
  try {
    await playCells(cells, { ...check, played: (cell) => progress.played(cell), done })
  } finally {
    // Intervals take their time: while cells are played, that would be taken from them.
    const whole = report(heldOf(results))
    write(options, whole)
    tellProgress('')
    process.stdout.write(plainTables(whole))
  }
  return report([])
}

function cellsFor({ scenario, own, only, rounds, seed }: Options): Cell[] {
  if (scenario !== null) return readScenario(readFileSync(scenario, 'utf8'))
  return own ? ownCells(own, { seed, rounds }) : builtInCells(only, { seed, rounds })
}

function checked({ lanes, links, seed }: Options): Promise<SelfCheck> {
  return lanes === null ? findLanes(mostLanes, links, seed, tellProgress) : selfCheck(lanes, links, seed)
}

function reportOf(
  { seed }: Options,
  check: SelfCheck,
  results: ReadonlyMap<string, Result>,
  goals: Report['goals'],
): Report {
  const rows = [...results.values()].map((result) => rowOf(result, results))
  return { ...whereItRan(), seed, void: whyNotPassed(check) !== null, selfCheck: check, rows, goals }
}

function write({ json }: Options, report: Report): void {
  if (json !== null) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`)
}
