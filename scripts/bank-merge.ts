import { readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseBank, type Bank } from '@knopka/shared/bank'
import { mergeNotes, type MergedNotes, type NoteConflict } from '@knopka/shared/study'

const usage = 'Name a bank and a file of notes: npm run bank:merge -- content/my-bank.md notes.md [--add-the-rest]\n'

const addTheRest = process.argv.includes('--add-the-rest')
const [file, notes, ...rest] = process.argv.slice(2).filter((argument) => argument !== '--add-the-rest')

if (!file || !notes || rest.length > 0) fail(usage)
const [bank, answers] = [await read(file), await read(notes)]
const mistakes = [...bank.mistakes, ...answers.mistakes]
if (mistakes.length > 0) {
  tell([...mistakes, 'Nothing is merged. Mend these first.'])
  process.exitCode = 1
} else {
  const merged = mergeNotes(bank.text, answers.text, bank.bank.id)
  const isWritten = merged.added > 0 && (addTheRest || merged.conflicts.length === 0)
  if (isWritten) await writeFile(file, merged.text)
  tell(report(merged, isWritten))
  process.exitCode = merged.conflicts.length > 0 ? 1 : 0
}

async function read(path: string): Promise<{ text: string; bank: Bank; mistakes: string[] }> {
  const bytes = await readFile(path).catch(() => fail(`The file ${path} cannot be read.\n`))
  const { bank, mistakes } = parseBank(basename(path, '.md'), bytes)
  return {
    text: bytes.toString('utf8'),
    bank,
    mistakes: mistakes.map(({ line, message }) => `${path}:${line}: ${message}`),
  }
}

function report({ added, conflicts, unknown }: MergedNotes, isWritten: boolean): string[] {
  return [
    ...conflicts.flatMap(asLines),
    ...unknown.map((text) => `Not in ${file}: ${inLine(text)}`),
    `${file}: answers added: ${isWritten ? added : 0}, conflicts: ${conflicts.length}, unknown questions: ${unknown.length}`,
    ...(conflicts.length > 0 && !isWritten && added > 0
      ? [`Nothing is written. ${added} more could be added: decide on the conflicts, or say --add-the-rest.`]
      : []),
  ]
}

function asLines({ question, bank: kept, notes: other }: NoteConflict): string[] {
  const { line = 1, text = '' } = bank.bank.questions.get(question) ?? {}
  const side = (mark: string, note: string) => note.split('\n').map((words) => `  ${mark} ${words}`.trimEnd())
  return [
    `${file}:${line}: ${inLine(text)} has another answer. - is the bank's, + is the one in ${notes}.`,
    ...side('-', kept),
    ...side('+', other),
  ]
}

function inLine(text: string): string {
  return text.replace(/\s+/g, ' ')
}

function tell(lines: string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`)
}

function fail(message: string): never {
  process.stderr.write(message)
  process.exit(2)
}
