import { allSections, parseBank, type Bank } from '@knopka/shared/bank'
import { seededRandom, shuffled } from '@knopka/shared/random'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesOf, onlyQuestion, questionsOf, realBytes, realId, realText, soundBank } from './banks.ts'

/** A section as one would write it; titles differ among siblings, texts within a section. */
interface Written {
  title: string
  texts: string[]
  sections: Written[]
}

const words = fc.constantFrom(
  'Что',
  'такое',
  'dict',
  '`is`',
  '*args',
  '<b>',
  'a/b',
  '?',
  '{}',
  '№',
  '😀',
  'ё',
  '#',
  '\\n',
)
const phrase = fc.tuple(fc.constantFrom('Как', 'why', 'Ёж', '_x_', '«'), fc.array(words, { maxLength: 4 }))
const line = phrase.map(([first, more]) => [first, ...more].join(' '))
const title = line.map((text) => `${text}.`)
const texts = (maxLength: number) => fc.uniqueArray(line, { maxLength })

const written: fc.Arbitrary<Written[]> = sectionsOf(3)

function sectionsOf(depth: number): fc.Arbitrary<Written[]> {
  const sections: fc.Arbitrary<Written[]> = depth === 1 ? fc.constant([]) : sectionsOf(depth - 1)
  const section = fc.record({ title, texts: texts(4), sections })
  return fc.uniqueArray(section, { maxLength: 3, selector: (one) => one.title })
}

/** A bank with a question at least: one without is a mistake. */
const banks = written.map((sections) => [...sections, { title: 'Last', texts: ['The last?'], sections: [] }])
const seeds = fc.string()

const print = (sections: Written[], level = 2): string =>
  sections
    .map((section) => [
      `${'#'.repeat(level)} ${section.title}`,
      ...section.texts.map((text) => `${text}\n`),
      print(section.sections, level + 1),
    ])
    .flat()
    .join('\n')

/** Ids by where the question stands and what it says. */
const idsOf = (bank: Bank) => new Map(questionsOf(bank).map(({ id, path, text }) => [JSON.stringify([path, text]), id]))
const idsIn = (text: string) => idsOf(soundBank(text))
const sectionIdsIn = (text: string) => new Set(allSections(soundBank(text).sections).map(({ id }) => id))

/** The same sections, each changed by hand. */
const each = (sections: Written[], change: (section: Written) => Partial<Written>): Written[] =>
  sections.map((section) => {
    const below = each(section.sections, change)
    return { ...section, sections: below, ...change({ ...section, sections: below }) }
  })

const mixed = (sections: Written[], seed: string) =>
  shuffled(
    each(sections, (section) => ({
      texts: shuffled(section.texts, seededRandom(seed)),
      sections: shuffled(section.sections, seededRandom(seed)),
    })),
    seededRandom(seed),
  )

const holds = (law: (sections: Written[], seed: string) => void) => fc.assert(fc.property(banks, seeds, law))

describe('the ids stay the same', () => {
  test('when questions change their order within their section, and sections among their siblings', () => {
    holds((sections, seed) => {
      expect(idsIn(print(mixed(sections, seed)))).toEqual(idsIn(print(sections)))
      expect(sectionIdsIn(print(mixed(sections, seed)))).toEqual(sectionIdsIn(print(sections)))
    })
  })

  test('when questions and sections are added anywhere, also above the first heading', () => {
    const added = (text: string) => `Added ${text}`
    holds((sections, seed) => {
      const more = each(sections, (section) => ({
        texts: shuffled([...section.texts, ...section.texts.map(added), 'Added?'], seededRandom(seed)),
        sections: [{ title: 'Added', texts: ['Added?'], sections: [] }, ...section.sections],
      }))
      const after = idsIn(`Added above all?\n${print(more)}\n## Added\nAdded?`)
      expect([...after]).toEqual(expect.arrayContaining([...idsIn(print(sections))]))
    })
  })

  test('when other questions and sections are deleted', () => {
    holds((sections, seed) => {
      const random = seededRandom(seed)
      const some = <T>(items: T[]) => items.filter(() => random() < 0.5)
      const fewer = each(sections, (section) => ({ texts: some(section.texts), sections: some(section.sections) }))
      const after = idsIn(`${print(fewer)}\n## Kept\nKept?`)
      const before = idsIn(`${print(sections)}\n## Kept\nKept?`)
      expect([...before]).toEqual(expect.arrayContaining([...after]))
    })
  })

  test('when other questions are reworded', () => {
    holds((sections) => {
      const first = (section: Written) => section.texts.slice(0, 1)
      const before = each(sections, (section) => ({ texts: first(section) }))
      const after = each(sections, (section) => ({
        texts: [...first(section), ...section.texts.slice(1).map((text) => `${text} now`)],
      }))
      expect([...idsIn(print(after))]).toEqual(expect.arrayContaining([...idsIn(print(before))]))
    })
  })

  test('when answers and choices are added below the questions', () => {
    const below = '> note\n> more\n- [x] right\n- [ ] wrong\n'
    holds((sections) => {
      const answered = each(sections, ({ texts }) => ({ texts: texts.map((text) => `${text}\n${below}`) }))
      expect(idsIn(print(answered))).toEqual(idsIn(print(sections)))
    })
  })

  test.each([
    ['line ends become CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['line ends become CR', (text: string) => text.replaceAll('\n', '\r')],
    ['a byte order mark is added', (text: string) => `\uFEFF${text}`],
    ['lines get trailing blanks', (text: string) => text.replace(/$/gm, ' \t ')],
    ['blank lines are taken away', (text: string) => text.replace(/\n+/g, '\n')],
    ['blank lines are added', (text: string) => text.replaceAll('\n', '\n\n\n')],
    ['list marks are added', (text: string) => text.replace(/^(?=[^#\s])/gm, '- ')],
    ['front matter and a title are added', (text: string) => `---\ntitle: T\n---\n# Evening\n${text}`],
    ['questions are indented into a continued line', (text: string) => text.replace(/^([^#\s]\S*) /gm, '$1\n  ')],
  ])('when %s', (_name, change) => {
    holds((sections) => {
      const text = print(sections)
      expect(idsIn(change(text))).toEqual(idsIn(text))
      expect(sectionIdsIn(change(text))).toEqual(sectionIdsIn(text))
    })
  })

  test('in the bank that ships here, with a byte order mark, CRLF and trailing blanks', () => {
    const windows = `\uFEFF${realText.replaceAll('\n', '  \r\n')}`
    const [before, after] = [parseBank(realId, realBytes), parseBank(realId, bytesOf(windows))]
    expect(after).toEqual(before)
  })
})

describe('a question becomes another one', () => {
  const { id } = onlyQuestion('## A\n### B\nWhy?')

  test.each([
    ['is reworded', '## A\n### B\nWhy so?'],
    ['moves to another section', '## A\n### C\nWhy?'],
    ['moves a level up', '## A\nWhy?'],
    ['gets an id of its own', '## A\n### B\nWhy? {#why}'],
  ])('when it %s', (_name, text) => {
    expect(onlyQuestion(text).id).not.toBe(id)
  })

  test('when a section above it gets another name', () => {
    expect(onlyQuestion('## Z\n### B\nWhy?').id).not.toBe(id)
  })

  test('in every section where its text stands', () => {
    const sections = ['## A', '## B', '### A', '### B']
    const ids = questionsOf(soundBank(sections.map((heading) => `${heading}\nWhy?`).join('\n'))).map((one) => one.id)
    expect(new Set(ids).size).toBe(4)
  })
})
