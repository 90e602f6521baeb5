import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const bank = `# Варианты

## Python

Какой из этих типов неизменяемый?
- [ ] list
- [x] tuple
- [ ] dict
- [ ] set
> Кортеж не меняется, но может держать изменяемое

Что входит в ACID?
- [x] Атомарность
- [x] Изолированность
- [ ] Масштабируемость

Что такое GIL?
> Глобальная блокировка интерпретатора
`

/** A folder with one bank: a question with one right option, one with two of them, and one for the buzzer. */
export async function choiceBanks(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'knopka-choices-'))
  await writeFile(join(folder, 'choices.md'), bank)
  return folder
}
