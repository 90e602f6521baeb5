import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseBank, type Bank } from '@knopka/shared/bank'
import { mergeNotes, notesFile } from '@knopka/shared/study'
import { onlyQuestion, parseText, questionsOf, soundBank } from '../bank/banks.ts'

const lines = (...all: string[]) => all.join('\n')

const realBanks = ['backend_interview_python', 'backend_choices'].map((id) => {
  const bytes = readFileSync(new URL(`../../content/${id}.md`, import.meta.url))
  return { id, text: bytes.toString('utf8'), bank: parseBank(id, bytes).bank }
})

const notesOf = ({ questions }: Bank) =>
  new Map([...questions.values()].flatMap(({ id, note }) => (note === undefined ? [] : [[id, note] as const])))

/** Every byte of the first is in the second, in the same order. */
function isKeptIn(text: string, longer: string): boolean {
  let at = 0
  for (const sign of longer) if (text.startsWith(sign, at)) at += sign.length
  return at === text.length
}

const words = fc.stringMatching(/^[a-zа-я][a-zа-я >#\\*[\]{}`-]{0,30}[a-zа-я.]$/)
const answers = fc.oneof(
  fc.array(fc.oneof(words, fc.constant(''), fc.constantFrom('  code', '> quote', '# no heading', '- [x] no choice')), {
    minLength: 1,
    maxLength: 5,
  }),
  fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 4 }),
)

/** Notes on some questions of a bank, with line ends of every kind. */
const notesOn = (bank: Bank) =>
  fc
    .uniqueArray(
      fc.tuple(
        fc.constantFrom(...bank.questions.keys()),
        fc.tuple(answers, fc.constantFrom('\n', '\r\n', '\r')).map(([note, end]) => note.join(end)),
      ),
      { maxLength: 40, selector: ([id]) => id },
    )
    .map((pairs) => new Map(pairs))

describe('a file of notes', () => {
  test('has the headings of the bank and those of its questions that have an answer', () => {
    const bank = soundBank(lines('# Backend', '## Python', 'Why?', '### Basics', 'What?', 'How?', '## SQL', 'When?'))
    const [why, , how] = questionsOf(bank)
    const notes = new Map([
      [why?.id ?? '', 'Because.\n\nTruly.'],
      [how?.id ?? '', 'So.'],
    ])
    expect(notesFile(bank, notes)).toBe(
      lines(
        '# Backend',
        '',
        '## Python',
        '',
        'Why?',
        '> Because.',
        '>',
        '> Truly.',
        '',
        '### Basics',
        '',
        'How?',
        '> So.',
        '',
      ),
    )
  })

  test.each(realBanks)('of $id is read as a sound bank of the same questions, with these answers', ({ bank }) => {
    fc.assert(
      fc.property(notesOn(bank), (notes) => {
        const read = parseText(notesFile(bank, notes))
        if (read.bank.questions.size > 0) expect(read.mistakes).toEqual([])
        for (const [id, { text, path, note }] of read.bank.questions) {
          const own = bank.questions.get(id)
          expect([text, path]).toEqual([own?.text, own?.path])
          const tidy = (words = '') => words.replace(/[\p{Cc}\p{Cf}\s]+/gu, '')
          expect(tidy(note)).toBe(tidy(notes.get(id)))
        }
        const told = [...notes].filter(([, note]) => /[^\p{Cc}\p{Cf}\s]/u.test(note))
        expect(told.filter(([id]) => !read.bank.questions.has(id))).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  test.each([
    ['stands on several lines', 'What does this print?\\\nprint(1)\\\n\\'.slice(0, -3)],
    ['has an id of its own', 'What is it? {#it}'],
    ['looks like a heading', '- # what is this'],
    ['looks like an answer', '- > what is this'],
    ['looks like a block of code', '- ```'],
    ['has a list mark of its own', '- - what'],
    ['would be two when written on one line', 'Is it so\n  here?Or there'],
    ['looks like a choice', '1. [x] what'],
    ['ends as if it had an id', 'What is {#a} {#b}'],
  ])('names a question that %s, so that it is found again', (_what, text) => {
    const bankText = lines('## Python', '', text, '', 'Another?', '')
    const bank = soundBank(bankText)
    const [id = ''] = bank.questions.keys()
    const file = notesFile(bank, new Map([[id, 'So.']]))
    expect(parseText(file).mistakes).toEqual([])
    const { text: merged, added, unknown } = mergeNotes(bankText, file)
    expect([added, unknown]).toEqual([1, []])
    expect(soundBank(merged).questions.get(id)?.note).toBe('So.')
  })

  test('names the questions above the first section', () => {
    const bank = soundBank(lines('# Backend', 'Why?', '## Python', 'What?'))
    const [id = ''] = bank.questions.keys()
    const read = soundBank(notesFile(bank, new Map([[id, 'So.']])))
    expect(read.questions.get(id)?.note).toBe('So.')
  })

  test('has nothing in it that a bank may not have', () => {
    const bank = soundBank('Why?')
    const [id = ''] = bank.questions.keys()
    const file = notesFile(bank, new Map([[id, 'a\u0000b\u202Ec\u2028d\u0085\ve\r\n\r\n\r\n\r\n  f  ']]))
    expect(onlyQuestion(file).note).toBe('abc\nde\n\n  f')
  })
})

describe('merging notes into a bank', () => {
  test.each(realBanks)('of $id adds what it lacks and changes nothing else', ({ text, bank }) => {
    const had = notesOf(bank)
    fc.assert(
      fc.property(notesOn(bank), (notes) => {
        const file = notesFile(bank, notes)
        const merged = mergeNotes(text, file)
        const read = soundBank(merged.text)
        const wanted = notesOf(parseText(file).bank)
        expect([...read.questions.keys()]).toEqual([...bank.questions.keys()])
        expect(notesOf(read)).toEqual(new Map([...wanted, ...had]))
        expect(merged.added).toBe(notesOf(read).size - had.size)
        expect(merged.conflicts.length).toBe(wanted.size - merged.added)
        expect(isKeptIn(text, merged.text)).toBe(true)
        expect(mergeNotes(merged.text, file)).toMatchObject({ text: merged.text, added: 0 })
      }),
      { numRuns: 40 },
    )
  })

  test('puts an answer below the words and the choices of its question', () => {
    const bank = lines('## Python', 'Why', '  so?', '', 'Which?', '', '- [x] this', '- [ ] that', 'What?')
    const notes = lines('## Python', 'Why so?', '> A', '> B', 'Which?', '> C', 'What?', '> D')
    expect(mergeNotes(bank, notes).text).toBe(
      lines(
        '## Python',
        'Why',
        '  so?',
        '> A',
        '> B',
        '',
        'Which?',
        '',
        '- [x] this',
        '- [ ] that',
        '> C',
        'What?',
        '> D',
      ),
    )
  })

  test('parts two questions of one line only where the first gets an answer', () => {
    const bank = lines('- What?How?Why?', '', 'When?', '')
    const to = (...questions: string[]) =>
      mergeNotes(bank, lines(...questions.flatMap((question) => [question, '> So.']))).text
    expect(to('Why?')).toBe(lines('- What?How?Why?', '> So.', '', 'When?', ''))
    expect(to('How?', 'Why?')).toBe(lines('- What?How?', '> So.', 'Why?', '> So.', '', 'When?', ''))
    expect(to('What?')).toBe(lines('- What?', '> So.', 'How?Why?', '', 'When?', ''))
  })

  test('ends lines as the file does, which may begin with a byte order mark', () => {
    const bank = '\uFEFF## Python\r\nWhy?\r\nWhat?'
    const notes = lines('## Python', 'Why?', '> A', 'What?', '> B', '> C')
    expect(mergeNotes(bank, notes).text).toBe('\uFEFF## Python\r\nWhy?\r\n> A\r\nWhat?\r\n> B\r\n> C')
  })

  test('leaves an answer that is there, and shows both when they differ', () => {
    const bank = lines('Why?', '> So.', 'What?', '> This.', 'How?')
    const [, what] = questionsOf(soundBank(bank))
    const merged = mergeNotes(bank, lines('Why?', '>   So.', 'What?', '> That.', 'How?', '> Well.'))
    expect(merged).toEqual({
      text: `${bank}\n> Well.`,
      added: 1,
      conflicts: [{ question: what?.id, bank: 'This.', notes: 'That.' }],
      unknown: [],
    })
  })

  test('finds the questions above the first section of a bank without a title, by the name of its file', () => {
    const text = 'Why?\n'
    const { bank } = parseBank('my-bank', new TextEncoder().encode(text))
    const [id = ''] = bank.questions.keys()
    const file = notesFile(bank, new Map([[id, 'So.']]))
    expect(mergeNotes(text, file, 'my-bank').text).toBe('Why?\n> So.\n')
  })

  test('names the answers to questions that the bank has not', () => {
    const merged = mergeNotes('Why?', lines('Why?', '> So.', 'Lost?', '> Gone.', 'Lost too?'))
    expect(merged).toMatchObject({ added: 1, unknown: ['Lost?'] })
  })
})
