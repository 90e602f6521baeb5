import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const realFile = 'content/backend_interview_python.md'

interface Ran {
  code: number | string
  stdout: string
  stderr: string
}

/** `npm run bank:check` without npm around it. */
function bankCheck(...args: string[]): Promise<Ran> {
  const command = ['--conditions=knopka-src', '--import', 'tsx', 'scripts/bank-check.ts', ...args]
  return new Promise((resolve) => {
    execFile(process.execPath, command, { cwd: root }, (error, stdout, stderr) => {
      resolve({ code: error ? (error.code ?? 'killed') : 0, stdout, stderr })
    })
  })
}

let folder = ''

async function written(name: string, content: string | Uint8Array): Promise<string> {
  const file = join(folder, name)
  await writeFile(file, content)
  return file
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'knopka-bank-check-'))
})

afterAll(() => rm(folder, { recursive: true }))

describe('a bank without mistakes', () => {
  test('is counted, in one line', async () => {
    expect(await bankCheck(realFile)).toEqual({
      code: 0,
      stdout:
        'backend_interview_python: questions: 1296 (question: 1215, topic: 35, term: 46), sections: 112, mistakes: 0\n',
      stderr: '',
    })
  })

  test('is counted in JSON', async () => {
    const { code, stdout, stderr } = await bankCheck(realFile, '--json')
    expect([code, stderr]).toEqual([0, ''])
    expect(JSON.parse(stdout)).toEqual({
      questions: 1296,
      sections: 112,
      kinds: { question: 1215, topic: 35, term: 46 },
      mistakes: [],
    })
  })

  test('may have a name with blanks, and the option may stand first', async () => {
    const file = await written('мой банк.md', 'Why?\n')
    expect((await bankCheck('--json', file)).code).toBe(0)
    expect((await bankCheck(file)).stdout).toMatch(/^мой банк: questions: 1 /)
  })
})

describe('a bank with mistakes', () => {
  const text = '## A\n> note\nWhy?\nWhy?\ngrep\nStop.\n#### B\n'
  const mistakes = [
    { line: 2, message: 'This answer belongs to no question. Put it below one.' },
    { line: 4, message: 'The same question stands on line 3 already. Change or delete one.' },
    { line: 7, message: 'The heading jumps a level: #### where ### is due. Write ### B' },
  ]

  test('has them named with file and line, and ends with 1', async () => {
    const file = await written('broken.md', text)
    const { code, stdout, stderr } = await bankCheck(file)
    expect([code, stderr]).toEqual([1, ''])
    expect(stdout.split('\n')).toEqual([
      ...mistakes.map(({ line, message }) => `${file}:${line}: ${message}`),
      'broken: questions: 3 (question: 1, topic: 1, term: 1), sections: 2, mistakes: 3',
      '',
    ])
  })

  test('has them in JSON, with nothing around, and ends with 1', async () => {
    const { code, stdout, stderr } = await bankCheck(await written('broken.md', text), '--json')
    expect([code, stderr]).toEqual([1, ''])
    expect(JSON.parse(stdout)).toEqual({
      questions: 3,
      sections: 2,
      kinds: { question: 1, topic: 1, term: 1 },
      mistakes,
    })
  })

  test('may be no text at all', async () => {
    const file = await written('picture.md', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]))
    const { code, stdout } = await bankCheck(file, '--json')
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({ questions: 0, sections: 0, mistakes: [{ line: 3 }] })
  })

  test('may be empty', async () => {
    const file = await written('empty.md', '')
    const { code, stdout } = await bankCheck(file)
    expect(code).toBe(1)
    expect(stdout).toContain(`${file}:1: There is no question.`)
  })
})

describe('a call that cannot be followed ends with 2, and says so outside the report', () => {
  const usage = 'Name one bank: npm run bank:check -- content/my-bank.md\n'

  test('without a file', async () => {
    expect(await bankCheck()).toEqual({ code: 2, stdout: '', stderr: usage })
    expect(await bankCheck('--json')).toEqual({ code: 2, stdout: '', stderr: usage })
  })

  test('with two files', async () => {
    expect(await bankCheck(realFile, realFile)).toEqual({ code: 2, stdout: '', stderr: usage })
  })

  test('with a file that is not there, or is a folder', async () => {
    for (const file of [join(folder, 'nowhere.md'), folder]) {
      expect(await bankCheck(file)).toEqual({ code: 2, stdout: '', stderr: `The file ${file} cannot be read.\n` })
    }
  })
})
