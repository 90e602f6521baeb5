import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './server.ts'

/** Begins every answer note of the bank: whoever may not read notes must never receive it. */
export const noteMark = 'ОТВЕТ-ДЛЯ-ВЕДУЩЕГО'

/** A folder with the real bank, where every question has an answer note. */
export async function notedBanks(note = (number: number) => `${noteMark} ${number}`): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'knopka-banks-'))
  const bank = await readFile(join(root, 'content/backend_interview_python.md'), 'utf8')
  let number = 0
  const noted = bank.replace(/^[^#\s].*$/gm, (question) => `${question}\n> ${note(++number)}`)
  await writeFile(join(folder, 'backend_interview_python.md'), noted)
  return folder
}
