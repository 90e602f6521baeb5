import { allBanks, parseBank, publicBank } from '@knopka/shared/bank'
import { unopened, type RoomState } from '@knopka/shared/game'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bankFrom, broughtNotes, fileOfNotes, notedBanks } from '../../client/src/progress/notes.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const parsed = (id: string, ...lines: string[]) => parseBank(id, bytes(lines.join('\n\n'))).bank

const python = parsed('python', '# Python', '## Basics', 'A?', 'B?', '### Deep', 'C? {#c}', '## Rest', 'grep')
const web = parsed('web', '# Web', '## HTTP', 'D?')
const idOf = (text: string): string =>
  [...python.questions.values(), ...web.questions.values()].find((one) => one.text === text)?.id ?? ''

const room = (bank: string, notes: Record<string, string>): RoomState => ({
  ...unopened,
  secret: {
    ...unopened.secret,
    bank,
    notes: Object.fromEntries(
      Object.entries(notes).map(([id, text]) => [id, [{ text, by: 'anna', name: 'Аня', at: 1 }]]),
    ),
  },
})

test('a bank as everyone may read it has the same questions in the same places', () => {
  const { questions, sections } = bankFrom(publicBank(python))
  expect(sections).toEqual(python.sections)
  expect([...questions]).toEqual([...python.questions].map(([id, question]) => [id, { ...question, line: 1 }]))
})

test('answers that go out to a file are known again when it comes in', () => {
  const notes = fc.dictionary(
    fc.constantFrom(...['A?', 'B?', 'C?', 'grep'].map(idOf)),
    fc.string({ minLength: 1, maxLength: 80, unit: fc.constantFrom(...'aб ()>#-`*\n\t\\') }),
  )
  fc.assert(
    fc.property(notes, (written) => {
      const here = room('python', Object.fromEntries(Object.entries(written).map(([id, note]) => [id, note.trim()])))
      const brought = broughtNotes(bytes(fileOfNotes(here, publicBank(python))), here, [publicBank(python)])
      expect(brought).toMatchObject({ fresh: [], conflicts: [], unknown: [], tooLong: 0 })
    }),
  )
})

test('what is new, what is equal, what differs and what nobody asks', () => {
  const here = room('python', { [idOf('A?')]: 'same', [idOf('B?')]: 'old', c: '' })
  const file = parsedFile(['A?', 'same'], ['B?', 'new'], ['grep', 'a filter'], ['Unasked?', 'yes'])
  const brought = broughtNotes(file, here, [publicBank(python)])
  expect(brought).toEqual({
    fresh: [{ question: idOf('grep'), text: 'grep', note: 'a filter' }],
    conflicts: [{ question: idOf('B?'), text: 'B?', note: 'new' }],
    equal: 1,
    unknown: ['Unasked?'],
    tooLong: 0,
  })
})

/** Each under its own heading of the bank of Python. */
function parsedFile(...answers: [question: string, note: string][]): Uint8Array {
  const under = (question: string) => (question === 'grep' ? '## Rest' : '## Basics')
  return bytes(answers.map(([question, note]) => `${under(question)}\n\n${question}\n> ${note}\n`).join('\n'))
}

test('an answer that somebody removed is not written anew without a word', () => {
  const here = room('python', { [idOf('A?')]: '' })
  const brought = broughtNotes(parsedFile(['A?', 'again']), here, [publicBank(python)])
  expect(brought.conflicts).toEqual([{ question: idOf('A?'), text: 'A?', note: 'again' }])
  expect(notedBanks(here)).toEqual([])
})

test('an answer that is longer than a room keeps is counted and left out', () => {
  const brought = broughtNotes(parsedFile(['A?', 'x'.repeat(8001)]), room('python', {}), [publicBank(python)])
  expect(brought).toMatchObject({ fresh: [], tooLong: 1 })
})

test('a room of all banks has a file for each, and takes an answer to the bank that has the question', () => {
  const here = room(allBanks, { [`python/${idOf('A?')}`]: 'one', [`web/${idOf('D?')}`]: 'two' })
  expect(notedBanks(here)).toEqual(['python', 'web'])
  const file = fileOfNotes(here, publicBank(web))
  expect(file).toContain('> two')
  expect(file).not.toContain('> one')
  const banks = [publicBank(python), publicBank(web)]
  expect(broughtNotes(bytes(file), here, banks)).toMatchObject({ equal: 1, conflicts: [] })
  expect(broughtNotes(bytes(file), room(allBanks, {}), banks).fresh).toEqual([
    { question: `web/${idOf('D?')}`, text: 'D?', note: 'two' },
  ])
})
