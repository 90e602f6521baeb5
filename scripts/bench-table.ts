import { readFileSync, writeFileSync } from 'node:fs'
import * as fairness from '../test/bench/fairness/table.ts'
import * as load from '../test/bench/load/table.ts'

// What `npm run bench` or `npm run bench:fairness` wrote down with `--json FILE`, as a table for a page: to stdout, or
// with --write between its marks.
const [file, flag, page, ...rest] = process.argv.slice(2)
if (!file || rest.length > 0 || (flag !== undefined && (flag !== '--write' || !page))) {
  process.stderr.write(
    'Name the figures: tsx --conditions=knopka-src scripts/bench-table.ts FILE [--write README.md]\n',
  )
  process.exit(2)
}

const report = JSON.parse(readFileSync(file, 'utf8')) as load.Report | fairness.Report
const [mark, table] =
  'goals' in report ? ['fairness', fairness.markdownTable(report)] : ['bench', load.markdownTable(report)]
if (page) writeFileSync(page, load.between(readFileSync(page, 'utf8'), table, mark))
else process.stdout.write(`${table}\n`)
