import { readFileSync, writeFileSync } from 'node:fs'
import { markdownTable, type Report } from '../test/bench/fairness/table.ts'
import { between } from '../test/bench/load/table.ts'

// What `npm run bench:fairness -- --json FILE` wrote down, as a table: to stdout, or with --write between a page's marks.
const [file, flag, page, ...rest] = process.argv.slice(2)
if (!file || rest.length > 0 || (flag !== undefined && (flag !== '--write' || !page))) {
  process.stderr.write(
    'Name the figures: tsx --conditions=knopka-src scripts/fairness-table.ts FILE [--write README.md]\n',
  )
  process.exit(2)
}

const table = markdownTable(JSON.parse(readFileSync(file, 'utf8')) as Report)
if (page) writeFileSync(page, between(readFileSync(page, 'utf8'), table, 'fairness'))
else process.stdout.write(`${table}\n`)
