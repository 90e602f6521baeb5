import { allSections } from '@knopka/shared/bank'
import { describe, expect, test } from 'vitest'
import { formatPage, mistakesOf, onlyQuestion, parseText, questionsOf, soundBank } from './banks.ts'

const textsOf = (text: string) => questionsOf(soundBank(text)).map((question) => question.text)
const kindOf = (text: string) => onlyQuestion(text).kind
const titlesOf = (text: string) => allSections(soundBank(text).sections).map(({ title }) => title)

describe('the example in the description', () => {
  const [, example = ''] = /```markdown\n([\s\S]*?)```/.exec(formatPage) ?? []
  const bank = soundBank(example)
  const [paradigms, identity, immutable, grep, top] = questionsOf(bank)

  test('has the title and the language of its front matter', () => {
    expect(bank).toMatchObject({ title: 'Backend basics', language: 'en' })
  })

  test('has its four sections', () => {
    const tree = bank.sections.map(({ title, sections }) => [title, sections.map((below) => below.title)])
    expect(tree).toEqual([
      ['Python', ['Basics']],
      ['Linux', ['Commands']],
    ])
  })

  test('has its five questions', () => {
    expect(bank.questions.size).toBe(5)
    expect(paradigms).toMatchObject({ kind: 'question', text: 'Which paradigms does Python support?' })
    expect(paradigms).not.toHaveProperty('note')
    expect(paradigms).not.toHaveProperty('choices')
    expect(grep).toMatchObject({ kind: 'term', text: 'grep', path: ['Linux', 'Commands'] })
    expect(top).toMatchObject({ kind: 'term', text: 'top/htop', path: ['Linux', 'Commands'] })
  })

  test('has an answer of two lines', () => {
    expect(identity?.note).toBe(
      '`is` compares identity, `==` compares values.\n**Source:** the language reference, "Comparisons".',
    )
  })

  test('has a question with an id of its own and three choices, two of them right', () => {
    expect(immutable).toEqual({
      id: 'immutable',
      kind: 'question',
      text: 'Which of these are immutable?',
      path: ['Python', 'Basics'],
      choices: [
        { text: 'tuple', right: true },
        { text: 'frozenset', right: true },
        { text: 'bytearray', right: false },
      ],
      line: 16,
    })
  })
})

describe('the title', () => {
  test('is the first heading', () => {
    expect(soundBank('# Evening\n## A\nWhy?')).toMatchObject({ id: 'bank', title: 'Evening', language: 'ru' })
  })

  test('is the file’s name where nothing else gives one', () => {
    expect(soundBank('## A\nWhy?').title).toBe('bank')
  })

  test('is that of the front matter where both give one', () => {
    expect(soundBank('---\ntitle: Front\n---\n# Heading\n## A\nWhy?').title).toBe('Front')
  })
})

describe('front matter', () => {
  test.each(['ru', 'en', 'pt-BR', 'zh-Hant-TW'])('may name the language %s', (language) => {
    expect(soundBank(`---\nlanguage: ${language}\n---\nWhy?`).language).toBe(language)
  })

  test('may be empty, or hold remarks alone', () => {
    expect(soundBank('---\n---\nWhy?')).toMatchObject({ title: 'bank', language: 'ru' })
    expect(soundBank('---\n# later\n---\nWhy?')).toMatchObject({ title: 'bank', language: 'ru' })
  })

  test('is YAML: quotes and remarks are no part of the title', () => {
    expect(soundBank('---\ntitle: "C#: basics" # for juniors\n---\nWhy?').title).toBe('C#: basics')
  })

  test('counts as lines of the file', () => {
    expect(onlyQuestion('---\ntitle: Front\n---\n\nWhy?').line).toBe(5)
  })

  test('stands at the head alone: elsewhere its fence is a ruler', () => {
    expect(textsOf('Why?\n---\nHow?\n---')).toEqual(['Why?', 'How?'])
  })
})

describe('sections', () => {
  test('are headings of two to six marks, each in the one above it', () => {
    const question = onlyQuestion('# T\n## A\n### B\n#### C\n##### D\n###### E\nWhy?')
    expect(question.path).toEqual(['A', 'B', 'C', 'D', 'E'])
  })

  test('end where a heading of their level or above begins', () => {
    const bank = soundBank('## A\n### B\na?\n### C\nb?\n## D\nc?')
    expect(questionsOf(bank).map(({ path }) => path)).toEqual([['A', 'B'], ['A', 'C'], ['D']])
  })

  test('may hold questions and sections', () => {
    const [section] = soundBank('## A\na?\n### B\nb?').sections
    expect(section).toMatchObject({ title: 'A', questions: [expect.any(String)], sections: [{ title: 'B' }] })
  })

  test('are kept when they are empty', () => {
    expect(titlesOf('## A\n### B\n## C\nWhy?')).toEqual(['A', 'B', 'C'])
  })

  test('may have the same name under different headings', () => {
    const ids = allSections(soundBank('## A\n### Basics\na?\n## B\n### Basics\nb?').sections).map(({ id }) => id)
    expect(new Set(ids).size).toBe(4)
  })

  test('lose the marks that may close a heading, and nothing else', () => {
    expect(titlesOf('## A ##\n## C#\n## F # sharp\nWhy?')).toEqual(['A', 'C#', 'F # sharp'])
  })

  test('are called like the bank above the first heading, and end with it', () => {
    const bank = soundBank('# Evening\nfirst?\n## A\nsecond?')
    expect(questionsOf(bank).map(({ path }) => path)).toEqual([['Evening'], ['A']])
    expect(bank.sections.map(({ title }) => title)).toEqual(['Evening', 'A'])
  })
})

describe('questions', () => {
  test('are lines, with or without blank ones between', () => {
    expect(textsOf('a?\nb?\n\n\nc?')).toEqual(['a?', 'b?', 'c?'])
  })

  test.each(['- ', '* ', '+ ', '1. ', '12) '])('may follow the list mark %j', (mark) => {
    expect(onlyQuestion(`${mark}Why?`).text).toBe('Why?')
  })

  test.each(['-x means what?', '*args', '1.5 is what?', '2+2?', '— what?'])(
    'keep what only resembles a list mark: %j',
    (text) => expect(onlyQuestion(text).text).toBe(text),
  )

  test.each(['---', '***', '___', '- - -', '*****', '  ---'])('do not come from the ruler %j', (ruler) => {
    expect(textsOf(`a?\n${ruler}\nb?`)).toEqual(['a?', 'b?'])
  })

  test('keep HTML as it stands', () => {
    const text = '<script>alert("1")</script> &amp; <b onclick=x>What is printed?</b>'
    expect(onlyQuestion(text).text).toBe(text)
  })

  test('know the line on which they begin', () => {
    expect(questionsOf(soundBank('## A\n\na?\n  more\n> note\n\nb?')).map(({ line }) => line)).toEqual([3, 7])
  })
})

describe('an indented line', () => {
  test.each(['  ', '\t', '    '])('continues its question with a space, by %j', (indent) => {
    expect(textsOf(`Which of\n${indent}these?\n${indent}And why?\nNext?`)).toEqual([
      'Which of these? And why?',
      'Next?',
    ])
  })

  test('continues a choice', () => {
    const { choices } = onlyQuestion('Which?\n- [x] one\n  and a half\n- [ ] two')
    expect(choices?.map(({ text }) => text)).toEqual(['one and a half', 'two'])
  })

  test('continues a line of an answer, and never gives it away in the question', () => {
    expect(onlyQuestion('Which?\n> one\n> two\n  and more')).toMatchObject({
      text: 'Which?',
      note: 'one\ntwo and more',
    })
    const chosen = onlyQuestion('Which?\n- [x] a\n- [ ] b\n> one\n  and more')
    expect(chosen).toMatchObject({ note: 'one and more', choices: [{ text: 'a' }, { text: 'b' }] })
  })

  test('may hold an answer or a choice of its own', () => {
    const question = onlyQuestion('1. Which?\n   - [x] a\n   - [ ] b\n   > because')
    expect(question).toMatchObject({ text: 'Which?', note: 'because', choices: [{ text: 'a' }, { text: 'b' }] })
  })
})

describe('a backslash at the end of a line', () => {
  test('breaks the line and goes on in the next', () => {
    expect(onlyQuestion('What is printed?\\\nx = 1 \\  \n    print(x)').text).toBe('What is printed?\nx = 1\nprint(x)')
  })

  test('takes the next line whatever it looks like', () => {
    const question = onlyQuestion('What is it?\\\n# a remark\\\n>>> 1\\\n- item\\\n```')
    expect(question.text).toBe('What is it?\n# a remark\n>>> 1\n- item\n```')
  })

  test('breaks a choice as well', () => {
    const { choices } = onlyQuestion('Which?\n- [x] a\\\n  b\n- [ ] c')
    expect(choices).toEqual([
      { text: 'a\nb', right: true },
      { text: 'c', right: false },
    ])
  })

  test('stays as it is in an answer, where it is Markdown’s own', () => {
    expect(onlyQuestion('Why?\n> one\\\n> two').note).toBe('one\\\ntwo')
  })

  test('is text anywhere else', () => {
    expect(onlyQuestion('What is \\n in a string?').text).toBe('What is \\n in a string?')
  })
})

describe('an answer note', () => {
  test('keeps its Markdown, its line breaks and its indents', () => {
    const note = 'Like **this**:\n```python\nif x:\n    y()\n```\n- one\n> quoted'
    const quoted = note.replace(/^/gm, '> ')
    expect(onlyQuestion(`Why?\n${quoted}`).note).toBe(note)
  })

  test('needs no blank behind its mark', () => {
    expect(onlyQuestion('Why?\n>because').note).toBe('because')
  })

  test('goes on behind a blank line, as a paragraph of its own', () => {
    expect(onlyQuestion('Why?\n> one\n\n> two').note).toBe('one\n\ntwo')
    expect(onlyQuestion('Why?\n> one\n>\n>\n\n\n> two').note).toBe('one\n\ntwo')
  })

  test('may stand behind a blank line and belongs to the question before it', () => {
    const notes = questionsOf(soundBank('a?\n\n> to a\n\nb?\nc?\n> to c')).map(({ note }) => note)
    expect(notes).toEqual(['to a', undefined, 'to c'])
  })

  test('that is empty is none', () => {
    expect(onlyQuestion('Why?\n>\n> ')).not.toHaveProperty('note')
  })
})

describe('choices', () => {
  test.each(['-', '*', '+'])('may be listed with %s, and marked with a small or a large x', (mark) => {
    const { choices } = onlyQuestion(`Which?\n${mark} [x] a\n${mark} [X] b\n${mark} [ ] c`)
    expect(choices?.map(({ text, right }) => [text, right])).toEqual([
      ['a', true],
      ['b', true],
      ['c', false],
    ])
  })

  test('may stand around an answer', () => {
    const question = onlyQuestion('Which?\n\n- [x] a\n> because\n\n- [ ] b')
    expect(question).toMatchObject({ note: 'because', choices: [{ text: 'a' }, { text: 'b' }] })
  })

  test('keep what looks like an id, or like HTML', () => {
    expect(onlyQuestion('Which?\n- [x] {#a}\n- [ ] <b>').choices?.map(({ text }) => text)).toEqual(['{#a}', '<b>'])
  })

  test('are not a link in a list', () => {
    expect(onlyQuestion('- [x](https://example.org) is written how?').text).toBe(
      '[x](https://example.org) is written how?',
    )
  })
})

describe('a question mark directly before a capital letter', () => {
  test('ends one question and begins the next', () => {
    const questions = questionsOf(soundBank('## A\nWhat is a list?What is a tuple?Что такое dict?Ёж?'))
    expect(questions.map(({ text }) => text)).toEqual(['What is a list?', 'What is a tuple?', 'Что такое dict?', 'Ёж?'])
    expect(questions.every(({ line }) => line === 2)).toBe(true)
  })

  test('leaves the answer, the choices and the id to the last', () => {
    const [first, second] = questionsOf(soundBank('a?B? {#b}\n- [x] x\n- [ ] y\n> note'))
    expect(first).not.toHaveProperty('note')
    expect(first).not.toHaveProperty('choices')
    expect(second).toMatchObject({ id: 'b', text: 'B?', note: 'note', choices: [{ text: 'x' }, { text: 'y' }] })
  })

  test.each(['What? And why?', 'x?y', 'a?1', 'a??', 'a?«Б»'])('is needed: %j stays whole', (text) => {
    expect(textsOf(text)).toEqual([text])
  })
})

describe('kinds', () => {
  test.each([
    ['What is a list?', 'question'],
    ['What? Explain.', 'question'],
    ['?', 'question'],
    ['grep', 'term'],
    ['ss (или netstat)', 'term'],
    ['one two three four', 'term'],
    ['one two three four five', 'topic'],
    ['Stop.', 'topic'],
    ['Stop!', 'topic'],
    ['Stop…', 'topic'],
    ['Stop:', 'topic'],
    ['Stop;', 'topic'],
    ['OAuth2/JWT: scopes and refresh of tokens', 'topic'],
    ['.bashrc', 'term'],
  ])('%j is a %s', (text, kind) => {
    expect(kindOf(text)).toBe(kind)
  })

  test('do not depend on the answer, the choices or the id', () => {
    expect(kindOf('grep {#what}\n- [x] why?\n- [ ] how?\n> Really?')).toBe('term')
  })
})

describe('an id of its own', () => {
  test.each(['immutable', 'a.b_c-1', 'вопрос-1', 'x'.repeat(64)])('may be %j', (id) => {
    expect(onlyQuestion(`Why? {#${id}}`)).toMatchObject({ id, text: 'Why?' })
  })

  test('keeps the question the same one when its words or its sections change', () => {
    expect(onlyQuestion('## A\nWhy? {#a}').id).toBe(onlyQuestion('## B\n### C\nHow so?{#a}').id)
  })

  test('stands at the end alone', () => {
    expect(onlyQuestion('What does {#a} mean?').text).toBe('What does {#a} mean?')
  })

  test('may end a continued question', () => {
    expect(onlyQuestion('Which of\n  these? {#a}')).toMatchObject({ id: 'a', text: 'Which of these?' })
  })
})

describe('the limits', () => {
  test.each([
    ['a question of 600 characters', 'я'.repeat(600)],
    ['an answer of 20,000', `Why?\n> ${'я'.repeat(20_000)}`],
    ['front matter of 2,000', `---\ntitle: ${'я'.repeat(1_993)}\n---\nWhy?`],
    ['a file of 10 MB', `Why?\n${' '.repeat(10 * 1024 * 1024 - 5)}`],
  ])('let %s pass', (_name, text) => {
    expect(mistakesOf(parseText(text))).toEqual([])
  })

  test.each([
    ['a question of 601', 'я'.repeat(601)],
    ['an answer of 20,001', `Why?\n> ${'я'.repeat(20_001)}`],
    ['front matter of 2,001', `---\ntitle: ${'я'.repeat(1_994)}\n---\nWhy?`],
    ['a file of 10 MB and a byte', `Why?\n${' '.repeat(10 * 1024 * 1024 - 4)}`],
  ])('do not let %s pass', (_name, text) => {
    expect(mistakesOf(parseText(text))).toHaveLength(1)
  })
})
