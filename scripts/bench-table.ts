import { readFileSync, writeFileSync } from 'node:fs'
import { between, markdownTable, type Report } from '../test/bench/load/table.ts'

// What `npm run bench -- --json FILE` wrote down, as a table for a page: to stdout, or with --write between its marks.
const [file, flag, page, ...rest] = process.argv.slice(2)
if (!file || rest.length > 0 || (flag !== undefined && (flag !== '--write' || !page))) {
  process.stderr.write(
    'Name the figures: tsx --conditions=knopka-src scripts/bench-table.ts FILE [--write README.md]\n',
  )
  process.exit(2)
}

const table = markdownTable(JSON.parse(readFileSync(file, 'utf8')) as Report)
if (page) writeFileSync(page, between(readFileSync(page, 'utf8'), table))
else process.stdout.write(`${table}\n`)
