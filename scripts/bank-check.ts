import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { allSections, parseBank, type ParsedBank } from '@knopka/shared/bank'

const [file, ...rest] = process.argv.slice(2).filter((argument) => argument !== '--json')

if (!file || rest.length > 0) fail('Name one bank: npm run bank:check -- content/my-bank.md')
const bytes = await readFile(file).catch(() => fail(`The file ${file} cannot be read.`))
const parsed = parseBank(basename(file, '.md'), bytes)
process.stdout.write(process.argv.includes('--json') ? asJson(parsed) : asText(file, parsed))
process.exitCode = parsed.mistakes.length > 0 ? 1 : 0

function counted({ bank }: ParsedBank) {
  const kinds = { question: 0, topic: 0, term: 0 }
  for (const { kind } of bank.questions.values()) kinds[kind]++
  return { questions: bank.questions.size, sections: allSections(bank.sections).length, kinds }
}

function asJson(parsed: ParsedBank): string {
  return `${JSON.stringify({ ...counted(parsed), mistakes: parsed.mistakes }, null, 2)}\n`
}

function asText(file: string, parsed: ParsedBank): string {
  const { questions, sections, kinds } = counted(parsed)
  const split = Object.entries(kinds).map(([kind, count]) => `${kind}: ${count}`)
  return [
    ...parsed.mistakes.map(({ line, message }) => `${file}:${line}: ${message}`),
    `${parsed.bank.title}: questions: ${questions} (${split.join(', ')}), sections: ${sections}, mistakes: ${parsed.mistakes.length}`,
    '',
  ].join('\n')
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(2)
}
