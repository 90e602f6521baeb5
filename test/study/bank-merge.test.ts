import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../support/server.ts'

/** `npm run bank:merge` without npm around it. */
function bankMerge(...args: string[]): Promise<{ code: number | string; stdout: string; stderr: string }> {
  const command = ['--conditions=knopka-src', '--import', 'tsx', 'scripts/bank-merge.ts', ...args]
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd: root }, (error, stdout, stderr) => {
      resolve({ code: error ? (error.code ?? 'killed') : 0, stdout, stderr })
    })
  })
}

let folder = ''
let bank = ''
let notes = ''

async function given(bankLines: string[], notesLines: string[]): Promise<string> {
  await writeFile(bank, bankLines.join('\n'))
  await writeFile(notes, notesLines.join('\n'))
  return bankLines.join('\n')
}

const written = () => readFile(bank, 'utf8')

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'knopka-bank-merge-'))
  bank = join(folder, 'bank.md')
  notes = join(folder, 'notes.md')
})

afterAll(() => rm(folder, { recursive: true }))

describe('npm run bank:merge', () => {
  test('adds what the bank lacks, names what it does not know, and ends with 0', async () => {
    await given(['## Python', 'Why?', 'What?'], ['## Python', 'What?', '> This.', 'Lost?', '> Gone.'])
    expect(await bankMerge(bank, notes)).toEqual({
      code: 0,
      stdout: `Not in ${bank}: Lost?\n${bank}: answers added: 1, conflicts: 0, unknown questions: 1\n`,
      stderr: '',
    })
    expect(await written()).toBe(['## Python', 'Why?', 'What?', '> This.'].join('\n'))
  })

  test('writes nothing where an answer differs, shows both, and ends with 1', async () => {
    const before = await given(['Why?', '> So.', 'What?'], ['Why?', '> Not so.', '>', '> Never.', 'What?', '> This.'])
    const { code, stdout } = await bankMerge(bank, notes)
    expect([code, await written()]).toEqual([1, before])
    expect(stdout.split('\n')).toEqual([
      `${bank}:1: Why? has another answer. - is the bank's, + is the one in ${notes}.`,
      '  - So.',
      '  + Not so.',
      '  +',
      '  + Never.',
      `${bank}: answers added: 0, conflicts: 1, unknown questions: 0`,
      'Nothing is written. 1 more could be added: decide on the conflicts, or say --add-the-rest.',
      '',
    ])
  })

  test('adds the rest when it is told to, and still ends with 1', async () => {
    await given(['Why?', '> So.', 'What?'], ['Why?', '> Not so.', 'What?', '> This.'])
    const { code, stdout } = await bankMerge(bank, notes, '--add-the-rest')
    expect(code).toBe(1)
    expect(stdout).toContain(`${bank}: answers added: 1, conflicts: 1, unknown questions: 0\n`)
    expect(await written()).toBe(['Why?', '> So.', 'What?', '> This.'].join('\n'))
  })

  test('touches no bank that has mistakes, nor one for notes that have', async () => {
    const before = await given(['#Why?'], ['Why?', '> So.', '- [ ] alone'])
    const { code, stdout } = await bankMerge(bank, notes)
    expect([code, await written()]).toEqual([1, before])
    expect(stdout.split('\n')).toEqual([
      `${bank}:1: A heading needs a space after its #.`,
      `${bank}:1: There is no question. Write each on a line of its own, below a heading.`,
      `${notes}:1: There is one choice alone. Add another, or delete it.`,
      'Nothing is merged. Mend these first.',
      '',
    ])
  })

  const usage = 'Name a bank and a file of notes: npm run bank:merge -- content/my-bank.md notes.md [--add-the-rest]\n'

  test.each([
    ['no notes', () => [bank], () => usage],
    ['two files of notes', () => [bank, notes, notes], () => usage],
    [
      'a file that is not there',
      () => [bank, join(folder, 'no.md')],
      () => `The file ${folder}/no.md cannot be read.\n`,
    ],
    ['a folder', () => [folder, notes], () => `The file ${folder} cannot be read.\n`],
  ])('ends with 2 when it is told of %s, and says so outside the report', async (_what, args, stderr) => {
    expect(await bankMerge(...args())).toEqual({ code: 2, stdout: '', stderr: stderr() })
  })
})
