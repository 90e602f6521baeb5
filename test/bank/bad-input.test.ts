import { parseBank, type ParsedBank } from '@knopka/shared/bank'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  bytesOf,
  expectConsistent,
  mistakesOf,
  onlyQuestion,
  parseText,
  questionsOf,
  realBytes,
  realText,
  soundBank,
} from './banks.ts'

const noQuestion = '1: There is no question. Write each on a line of its own, below a heading.'

const parse = (...parts: (string | number[])[]): ParsedBank =>
  parseBank(
    'bank',
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Uint8Array.from(part)))),
  )

describe('a file that is no text', () => {
  const notUtf8 = 'These bytes are not UTF-8. Save the file in UTF-8.'
  const nul = 'There is a NUL byte: this is no text in UTF-8. Save it as plain text, in UTF-8.'

  test.each([
    ['a byte of Windows-1251', [0xcf]],
    ['half a letter', [0xd0]],
    ['a lone surrogate', [0xed, 0xa0, 0xbd]],
    ['an overlong slash', [0xc0, 0xaf]],
    ['a sign beyond Unicode', [0xf5, 0x80, 0x80, 0x80]],
  ])('is told by the line that holds %s', (_name, wrong) => {
    expect(mistakesOf(parse('## Раздел\n', 'Что?\n', 'Как ', wrong, ' так?\nЕщё?'))).toEqual([`3: ${notUtf8}`])
    expect(mistakesOf(parse('## A\r\nWhy?\r\n', wrong))).toEqual([`3: ${notUtf8}`])
    expect(mistakesOf(parse('## A\rWhy?\r', wrong, '\rb'))).toEqual([`3: ${notUtf8}`])
    expect(mistakesOf(parse(wrong))).toEqual([`1: ${notUtf8}`])
  })

  test('is told by its first wrong byte', () => {
    expect(mistakesOf(parse('a\n', [0xff], '\nb\n', [0xff]))).toEqual([`2: ${notUtf8}`])
  })

  test('is told by the line of its NUL', () => {
    expect(mistakesOf(parse('## A\nWhy?\n\0'))).toEqual([`3: ${nul}`])
    expect(mistakesOf(parse('## A\r\nWhy?\r\n\0'))).toEqual([`3: ${nul}`])
  })

  test('may be a picture, or UTF-16', () => {
    expect(mistakesOf(parse([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]))).toEqual([`3: ${nul}`])
    expect(parseBank('bank', Buffer.from('\uFEFFWhy?', 'utf16le')).mistakes).toEqual([{ line: 1, message: nul }])
  })

  test('may have 50 MB', () => {
    const parsed = parseBank('bank', new Uint8Array(50 * 1024 * 1024).fill(0x61))
    expect(mistakesOf(parsed)).toEqual(['1: The file has 50 MB; a bank may have 10. Split it into several banks.'])
  })

  test('holds no bank', () => {
    expect(parse('## A\nWhy?\n\0').bank).toMatchObject({ id: 'bank', title: 'bank', sections: [] })
  })
})

describe('a file without questions', () => {
  test.each([
    ['is empty', ''],
    ['has a byte order mark alone', '\uFEFF'],
    ['has blank lines alone', '\n \n\t\r\n'],
    ['has rulers alone', '***\n---\n'],
    ['has headings alone', '# T\n## A\n### B\n## C'],
    ['has front matter alone', '---\ntitle: T\n---\n'],
  ])('says so when it %s', (_name, text) => {
    expect(mistakesOf(parseText(text))).toEqual([noQuestion])
  })

  test('keeps its sections', () => {
    expect(parseText('## A\n### B').bank.sections).toMatchObject([{ title: 'A', sections: [{ title: 'B' }] }])
  })
})

describe('one mistake is named by its line and by what to do', () => {
  test.each<[name: string, text: string, mistake: string]>([
    [
      'a heading that jumps a level',
      '## A\n\n#### B\nWhy?',
      '3: The heading jumps a level: #### where ### is due. Write ### B',
    ],
    [
      'a first heading that is too deep',
      '### B\nWhy?',
      '1: The heading jumps a level: ### where ## is due. Write ## B',
    ],
    ['a heading without words', 'Why?\n##\nHow?', '2: The heading has no words. Give it a name, or delete it.'],
    ['a heading of marks alone', 'Why?\n## ##\nHow?', '2: The heading has no words. Give it a name, or delete it.'],
    ['a heading without a blank', 'Why?\n##Crowded\nHow?', '2: A heading needs a space after its #.'],
    ['a title without a blank', '#Crowded\nHow?', '1: A heading needs a space after its #.'],
    ['a heading of seven marks', 'Why?\n####### A', '2: A heading has six # at most. Take some away.'],
    ['a second title', '# A\n# B\nWhy?', '2: A bank has one title, at its head. Begin a section with ##.'],
    ['a title below a section', '## A\nWhy?\n# B', '3: A bank has one title, at its head. Begin a section with ##.'],
    ['a title below a question', 'Why?\n# B', '2: A bank has one title, at its head. Begin a section with ##.'],
    [
      'a section that stands twice',
      '## A\na?\n## B\nb?\n## A\nc?',
      '5: This section stands on line 1 already. Put both together, or rename one.',
    ],
    [
      'a section within a section that stands twice',
      '## A\n### B\na?\n### C\nb?\n### B\nc?',
      '6: This section stands on line 2 already. Put both together, or rename one.',
    ],
    [
      'a section that is called like the bank, below questions without one',
      '# T\na?\n## T\nb?',
      '3: This section stands on line 2 already. Put both together, or rename one.',
    ],
    [
      'a question twice in a section',
      '## A\na?\n\nb?\na?',
      '5: The same question stands on line 2 already. Change or delete one.',
    ],
    ['a question twice on a line', 'A?A?', '1: The same question stands on line 1 already. Change or delete one.'],
    [
      'an id that stands twice',
      '## A\na? {#x}\n## B\nb? {#x}',
      '4: The same id {#x} stands on line 2 already. Change or delete one.',
    ],
    ['an id without signs', 'Why? {#}', '1: The id {#} cannot be used. Take up to 64 letters, digits, ".", "_", "-".'],
    [
      'an id with other signs',
      'Why? {#a/b}',
      '1: The id {#a/b} cannot be used. Take up to 64 letters, digits, ".", "_", "-".',
    ],
    [
      'an id of 65 signs',
      `Why? {#${'x'.repeat(65)}}`,
      `1: The id {#${'x'.repeat(65)}} cannot be used. Take up to 64 letters, digits, ".", "_", "-".`,
    ],
    ['an id alone', 'Why?\n{#x}', '2: The question has no words. Write it before its {#id}.'],
    ['choices of which none is right', 'Why?\n- [ ] a\n- [ ] b', '1: No choice is right. Mark the right one: - [x].'],
    [
      'more choices than a phone may name',
      `\nWhy?\n${'- [x] a\n'.repeat(51)}`,
      '2: There are 51 choices. Leave at most 50.',
    ],
    ['one choice alone', '\nWhy?\n- [x] a', '2: There is one choice alone. Add another, or delete it.'],
    ['a choice without words', 'Why?\n- [x] a\n- [ ] b\n- [ ]', '4: A choice needs a space and words after its ].'],
    [
      'a choice without a blank',
      'Why?\n- [x] a\n- [ ] b\n  - [x]c',
      '4: A choice needs a space and words after its ].',
    ],
    ['an answer without a question', '## A\n> note\nWhy?', '2: This answer belongs to no question. Put it below one.'],
    ['a choice without a question', '- [x] a\nWhy?', '1: This choice belongs to no question. Put it below one.'],
    ['an answer below a heading', 'a?\n## A\n> note\nb?', '3: This answer belongs to no question. Put it below one.'],
    [
      'an indent without a question',
      '## A\n  more\nWhy?',
      '2: This line is indented but continues no question. Take the indent away.',
    ],
    [
      'an indent behind a blank line',
      'Why?\n\n  How?',
      '3: This line is indented but continues no question. Take the indent away.',
    ],
    [
      'a block of code outside an answer',
      'Why?\n```',
      '2: A block of code may stand in an answer only: begin each of its lines with >.',
    ],
    ['a backslash before a blank line', 'a?\\\n\nb?', '1: Nothing continues this line. Take the \\ at its end away.'],
    ['a backslash at the end of the file', 'a?\\', '1: Nothing continues this line. Take the \\ at its end away.'],
    [
      'a backslash before an answer',
      'a?\n- [x] a\n- [ ] b\\\n> note',
      '3: Nothing continues this line. Take the \\ at its end away.',
    ],
    ['a form feed', 'Why?\nHow\f?', '2: There is an invisible sign, U+000C. Delete it.'],
    ['a sign that turns text round', 'Why?\n\nHow \u202Eso?', '3: There is an invisible sign, U+202E. Delete it.'],
    ['a sign that isolates a direction', 'How \u2067so?', '1: There is an invisible sign, U+2067. Delete it.'],
    ['a sign for a terminal', 'Why\u001b[2J?', '1: There is an invisible sign, U+001B. Delete it.'],
    ['a control sign of eight bits', 'Why\u009b2J?', '1: There is an invisible sign, U+009B. Delete it.'],
    ['an invisible sign in an answer', 'Why?\n> so\u007f', '2: There is an invisible sign, U+007F. Delete it.'],
    [
      'a very long question',
      `a?\n${'Why? '.repeat(200)}`,
      '2: The question has 999 characters; 600 still fit on a wall. Shorten it, or move a part into its answer.',
    ],
    [
      'a very long answer',
      `a?\nb?\n${'> note\n'.repeat(5000)}`,
      '2: The answer has 24999 characters; up to 20000 are kept. Shorten it.',
    ],
  ])('%s', (_name, text, mistake) => {
    const parsed = parseText(text)
    expect(mistakesOf(parsed)).toEqual([mistake])
    expectConsistent(parsed)
  })
})

describe('front matter', () => {
  test.each<[name: string, text: string, mistake: string]>([
    ['that is not closed', '---\n## A\nWhy?', '1: The front matter is not closed. End it with a line of ---.'],
    [
      'that is no YAML',
      '---\nlanguage: ru\ntitle: [a\n---\nWhy?',
      '3: The front matter is no YAML: Flow sequence in block collection must be sufficiently indented and end with a ]. Write lines like title: My bank.',
    ],
    [
      'with a field twice',
      '---\ntitle: A\ntitle: B\n---\nWhy?',
      '3: The front matter is no YAML: Map keys must be unique. Write lines like title: My bank.',
    ],
    [
      'of words alone',
      '---\nMy bank\n---\nWhy?',
      '2: The front matter has no fields. Write lines like title: My bank.',
    ],
    [
      'that is a list',
      '---\n- title\n---\nWhy?',
      '2: The front matter has no fields. Write lines like title: My bank.',
    ],
    [
      'with a foreign field',
      '---\ntitle: A\n\nauthor: B\n---\nWhy?',
      '4: The front matter has a field author. It may have title and language.',
    ],
    [
      'with a field of every object',
      '---\n__proto__: A\n---\nWhy?',
      '2: The front matter has a field __proto__. It may have title and language.',
    ],
    [
      'with a title that is a number',
      '---\ntitle: 1984\n---\nWhy?',
      '2: The title in the front matter cannot be used. Write it like title: My bank.',
    ],
    [
      'with a blank title',
      '---\nlanguage: en\ntitle: " "\n---\nWhy?',
      '3: The title in the front matter cannot be used. Write it like title: My bank.',
    ],
    [
      'with a title without words',
      '---\ntitle:\n---\nWhy?',
      '2: The title in the front matter cannot be used. Write it like title: My bank.',
    ],
    [
      'with a title of several lines',
      '---\ntitle: "a\\nb"\n---\nWhy?',
      '2: The title in the front matter cannot be used. Write it like title: My bank.',
    ],
    [
      'with a hidden sign that YAML spells out',
      '---\ntitle: "a\\u202eb"\n---\nWhy?',
      '2: The title in the front matter cannot be used. Write it like title: My bank.',
    ],
    [
      'with a title that stands elsewhere',
      '---\ntitle: *elsewhere\n---\nWhy?',
      '2: The title in the front matter cannot be used. Write it like title: My bank.',
    ],
    [
      'with a language that is none',
      '---\ntitle: A\nlanguage: russian language\n---\nWhy?',
      '3: The language in the front matter cannot be used. Write it like language: ru.',
    ],
    [
      'with several languages',
      '---\nlanguage: [ru, en]\n---\nWhy?',
      '2: The language in the front matter cannot be used. Write it like language: ru.',
    ],
    [
      'that is too long',
      `---\n${'# remark\n'.repeat(1000)}---\nWhy?`,
      '1: The front matter has 8999 characters; up to 2000 are read. Keep title and language alone.',
    ],
  ])('%s', (_name, text, mistake) => {
    const parsed = parseText(text)
    expect(mistakesOf(parsed)).toEqual([mistake])
    expectConsistent(parsed)
  })

  test('names every wrong field on its own line', () => {
    expect(parseText('---\nauthor: A\ntitle: 1\nlanguage: 2\n---\nWhy?').mistakes.map(({ line }) => line)).toEqual([
      2, 3, 4,
    ])
  })

  test('that multiplies itself is never unfolded', () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...[...'bcdefghi'].map((name, index) => {
        const above = '*' + 'abcdefgh'.charAt(index)
        return `${name}: &${name} [${Array(9).fill(above).join(', ')}]`
      }),
      'title: *i',
    ]
    const { mistakes } = parseText(`---\n${bomb.join('\n')}\n---\nWhy?`)
    expect(mistakes).toHaveLength(10)
    expect(mistakes.at(-1)?.message).toBe('The title in the front matter cannot be used. Write it like title: My bank.')
  })

  test.each(['[', '{', '? ', '- '])('that is nested as deep as it can be, by %j, is a mistake', (opening) => {
    const parsed = parseText(`---\n${opening.repeat(2000 / opening.length)}\n---\nWhy?`)
    expect(parsed.mistakes.length).toBeGreaterThan(0)
    expectConsistent(parsed)
  })

  test('that is wrong does not hide the questions', () => {
    expect(questionsOf(parseText('---\ntitle: [\n---\nWhy?').bank)).toMatchObject([{ text: 'Why?', line: 4 }])
  })
})

test('all mistakes of a file are named, in the order of its lines', () => {
  const text = [
    '---',
    'author: me',
    '---',
    '> note',
    '### B',
    'a? {#x}',
    'b?',
    '- [ ] one',
    '',
    '##Crowded',
    'c\u202E? {#x}',
    '```',
    '####',
    'd?',
    'd?',
    '### B',
    `${'e'.repeat(601)} {#/}`,
    '- [ ] one',
    '- [ ] two',
    '# T',
    'f?\\',
  ]
  const { mistakes } = parseText(text.join('\n'))
  expect(mistakes.map(({ line }) => line)).toEqual([2, 4, 5, 7, 10, 11, 11, 12, 13, 15, 16, 16, 17, 17, 17, 20, 21])
})

describe('unusual text that is no mistake', () => {
  test.each([
    '<script>alert(document.cookie)</script>',
    '<img src=x onerror="alert(1)"> — что это?',
    "&lt;b&gt; &#x202E; ${7*7} {{7*7}} %s %00 '; drop table rooms;--",
    'javascript:alert(1)',
    '👩‍👩‍👧‍👦 и 🇷🇺 — сколько здесь знаков?',
    'e\u0301 и \u00e9: одно ли это?',
    'مرحبا, שלום: which way do they run?',
    '../../etc/passwd',
    '__proto__',
    'constructor',
  ])('%j is kept as it stands, in question, heading, answer and choice', (text) => {
    const question = onlyQuestion(`## ${text}\n${text}\n> ${text}\n- [x] ${text}\n- [ ] no`)
    expect(question).toMatchObject({ text, path: [text], note: text, choices: [{ text }, { text: 'no' }] })
  })

  test.each(['__proto__', 'constructor', 'toString'])('the id %s is one like any other', (id) => {
    const bank = soundBank(`Why? {#${id}}\nHow?`)
    expect(bank.questions.get(id)?.text).toBe('Why?')
    expect(bank.questions.size).toBe(2)
  })

  test('a byte order mark, CRLF and CR leave the same bank as LF', () => {
    const text = '---\ntitle: T\n---\n## A\nWhy?\n  so\\\nor not\n> one\n\n> two\n- [x] a\n- [ ] b\n'
    const expected = parseText(text)
    expect(expected.mistakes).toEqual([])
    for (const end of ['\r\n', '\r']) expect(parseText(`\uFEFF${text.replaceAll('\n', end)}`)).toEqual(expected)
  })

  test('a hundred thousand lines are read', () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => (index % 100 === 0 ? `## ${index}` : `Why ${index}?`))
    const parsed = parseText(lines.join('\n'))
    expect(parsed.mistakes).toEqual([])
    expect(parsed.bank.questions.size).toBe(99_000)
    expect(parsed.bank.sections).toHaveLength(1000)
  })

  test('a hundred thousand mistakes are all named', () => {
    expect(parseText(`${'##\n'.repeat(100_000)}Why?`).mistakes).toHaveLength(100_000)
  })

  test('a heading a thousand levels deep is a mistake, not a fall', () => {
    const deep = Array.from({ length: 1000 }, (_, index) => `${'#'.repeat(index + 1)} S${index}`)
    const parsed = parseText(`${deep.join('\n')}\nWhy?`)
    expect(parsed.mistakes).toHaveLength(994)
    expect(questionsOf(parsed.bank)[0]?.path).toEqual(['S1', 'S2', 'S3', 'S4', 'S5'])
  })

  test.each([
    ['blanks within a heading', `## a${' '.repeat(1_000_000)}b\nWhy?`],
    ['marks within a heading', `## a ${'# '.repeat(500_000)}b\nWhy?`],
    ['marks at the end of a heading', `## a${'#'.repeat(1_000_000)}b\nWhy?`],
    ['blanks within a question', `a${' '.repeat(1_000_000)}b`],
    ['ids within a question', `a${'{#x'.repeat(300_000)}`],
    ['blanks within a ruler', `a?\n-${' '.repeat(1_000_000)}x`],
    ['dashes that are no ruler', `a?\n${'- '.repeat(500_000)}x`],
    ['questions on a line', 'Why?'.repeat(250_000)],
    ['quotes', `a?\n${'>'.repeat(1_000_000)}`],
  ])('a million signs of %s do not hang the reader', (_name, text) => {
    expectConsistent(parseText(text))
  })
})

/** Lines that mean something, and signs that may spoil them. */
const pieces = fc.constantFrom(
  ...[
    '---',
    'title: T',
    'language: ru',
    'author: me',
    'title: [',
    '*a',
    '# T',
    '## A',
    '### B',
    '###### C',
    '##',
    '##D',
  ],
  ...['Why?', 'grep', 'a?B?', 'Why? {#x}', '{#}', '{#/}', '  more', '\tmore', 'more\\', '\\', '> note', '>', '>>> 1'],
  ...['- [x] a', '- [ ] b', '  - [X] c', '- [x]', '- [ ]d', '* list', '1. list', '```', '***', '- - -', '', ' ', '\0'],
  ...['\u202E', '\uFEFF', '\u2028', '\f', '😀', '<b>', '####### deep', '?', 'À', 'ё'],
)
const joints = fc.constantFrom('\n', '\n', '\n', '\r\n', '\r', '\n\n', ' ', '')
const texts = fc.array(fc.tuple(pieces, joints), { maxLength: 40 }).map((parts) => parts.flat().join(''))

const cuts = fc.record({
  at: fc.nat(realBytes.length),
  deleted: fc.oneof(fc.nat(4), fc.nat(realBytes.length)),
  inserted: fc.oneof(fc.uint8Array({ maxLength: 8 }), texts.map(bytesOf)),
})

describe('whatever the bytes, the reader does not throw, and what it returns is consistent', () => {
  test('for bytes at random', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => expectConsistent(parseBank('bank', bytes))),
      { numRuns: 1000 },
    )
  })

  test('for text at random', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => expectConsistent(parseText(text))),
      { numRuns: 500 },
    )
  })

  test('for lines of a bank in any order', () => {
    fc.assert(
      fc.property(texts, (text) => expectConsistent(parseText(text))),
      { numRuns: 2000 },
    )
  })

  test('for the bank that ships here, cut and pasted anywhere', () => {
    const law = (changes: { at: number; deleted: number; inserted: Uint8Array }[]) => {
      const changed = changes.reduce<Uint8Array>(
        (bytes, { at, deleted, inserted }) =>
          Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + deleted)]),
        realBytes,
      )
      expectConsistent(parseBank('bank', changed))
    }
    fc.assert(fc.property(fc.array(cuts, { minLength: 1, maxLength: 4 }), law), { numRuns: 150 })
  })

  test('for the lines of the bank that ships here, shuffled and mixed with others', () => {
    const lines = realText.split('\n').filter((line) => line !== '')
    const some = fc.array(fc.oneof(fc.constantFrom(...lines), pieces), { maxLength: 200 })
    fc.assert(
      fc.property(some, (mixed) => expectConsistent(parseText(mixed.join('\n')))),
      { numRuns: 300 },
    )
  })
})
