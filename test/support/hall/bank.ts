import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hush } from '../leaks.ts'

const count = 40

/** A folder with one bank, `hall`: every second question, from the first on, has four options, of which one or two are right. */
export async function hallBanks(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'knopka-hall-'))
  const questions = Array.from({ length: count }, (_, index) => question(index + 1))
  await writeFile(join(folder, 'hall.md'), ['# Hall', '## One', ...questions].join('\n\n'))
  return folder
}

function question(number: number): string {
  const options = number % 2 === 1 ? [1, 2, 3, 4].map((option) => optionOf(number, option)) : []
  return [`${hush('text', number)} {#${hush('plan', number)}}`, ...options, `> ${hush('note', number)}`].join('\n')
}

function optionOf(number: number, option: number): string {
  const isRight = option === 1 || (option === 2 && number % 4 === 1)
  return `- [${isRight ? 'x' : ' '}] ${hush('option', `${number}-${option}`)}`
}
