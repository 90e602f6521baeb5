import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseBank, together, type Bank } from '@knopka/shared/bank'

export type Banks = Map<string, Bank>

/** A broken bank has often one mistake many times over; the rest is one `npm run bank:check` away. */
const mistakesShown = 10

/**
 * All Markdown banks of a folder, by id, the largest first: it is what a new evening begins with. Behind several comes
 * one of them all, for evenings that play of more than one. `README.md` describes the format and is none.
 * @throws {Error} naming every mistake in every bank
 */
export async function loadBanks(folder: string): Promise<Banks> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new Error(`The folder of question banks ${folder} cannot be read. Set KNOPKA_BANKS to one that can.`, {
      cause,
    })
  })
  const files = names.filter((name) => name.endsWith('.md') && name !== 'README.md').sort()
  if (files.length === 0) throw new Error(`There is no question bank in ${folder}: put a Markdown file there.`)
  const banks: Banks = new Map()
  const mistakes: string[] = []
  for (const file of files) {
    const path = join(folder, file)
    const parsed = parseBank(basename(file, '.md'), await readFile(path))
    banks.set(parsed.bank.id, parsed.bank)
    mistakes.push(...parsed.mistakes.map(({ line, message }) => `  ${path}:${line}: ${message}`))
  }
  if (mistakes.length > 0) throw new Error(describe(mistakes))
  const largestFirst = [...banks.values()].sort((one, other) => other.questions.size - one.questions.size)
  const all = largestFirst.length > 1 ? [together(largestFirst)] : []
  return new Map([...largestFirst, ...all].map((bank) => [bank.id, bank]))
}

function describe(mistakes: string[]): string {
  const rest = mistakes.length - mistakesShown
  const more = rest > 0 ? [`  … and ${rest} more: npm run bank:check -- FILE lists them all`] : []
  return ['A question bank has mistakes:', ...mistakes.slice(0, mistakesShown), ...more].join('\n')
}
