import { createHash } from 'node:crypto'
import { allSections, outline, parseBank, type Question } from '@knopka/shared/bank'
import { describe, expect, test } from 'vitest'
import { expectConsistent, questionsOf, realBytes, realId, realText } from './banks.ts'

const parsed = parseBank(realId, realBytes)
const { bank } = parsed
const questions = questionsOf(bank)
const sections = allSections(bank.sections)
const lines = realText.split('\n')
const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest('hex')

const ofKind = (kind: string) => questions.filter((question) => question.kind === kind)

function groupedBy<K>(keyOf: (question: Question) => K): Map<K, Question[]> {
  const groups = new Map<K, Question[]>()
  for (const question of questions) groups.set(keyOf(question), [...(groups.get(keyOf(question)) ?? []), question])
  return groups
}

describe('the bank that ships here', () => {
  test('is byte for byte the file that was given', () => {
    expect(sha256(realBytes)).toBe('17dd809f345d3eb2dbb1056f0af8e2b9fd7a9ea014e268d363be5a228258aafd')
  })

  test('has no mistakes', () => {
    expect(parsed.mistakes).toEqual([])
    expectConsistent(parsed)
  })

  test('is called by its heading, in Russian', () => {
    expect(bank).toMatchObject({ id: realId, title: 'backend_interview_python', language: 'ru' })
  })

  test('has 112 sections below the title, as many as there are headings', () => {
    expect(sections).toHaveLength(112)
    expect(lines.filter((line) => /^##/.test(line))).toHaveLength(112)
  })

  test('has sections on 4 levels', () => {
    const depthOf = (section: (typeof sections)[number]): number => 1 + Math.max(0, ...section.sections.map(depthOf))
    expect(Math.max(...bank.sections.map(depthOf))).toBe(4)
    expect(bank.sections.map(({ title }) => title).slice(0, 3)).toEqual([
      'Python',
      'ООП',
      'Функции и функциональное программирование',
    ])
  })

  test('has 87 sections with questions of their own, and 6 with none at all below them', () => {
    const counts = allSections(outline(bank))
    expect(counts.filter(({ own }) => own > 0)).toHaveLength(87)
    expect(counts.filter(({ total }) => total === 0).map(({ title }) => title)).toEqual([
      'Байты (byte)',
      'Безопасность',
      'Flask',
      'Kubernetes',
      'Алгоритмы',
      'Паттерны',
    ])
  })

  test('has 1,296 questions: one a line, and one line that gives two', () => {
    const asked = lines.filter((line) => line.trim() !== '' && !line.startsWith('#'))
    expect(questions).toHaveLength(1296)
    expect(asked).toHaveLength(1295)
  })

  test('reads two questions on line 665, and one on every other line', () => {
    const onLine = groupedBy(({ line }) => line)
    expect([...onLine].filter(([, { length }]) => length > 1).map(([line]) => line)).toEqual([665])
    expect(onLine.get(665)?.map(({ text }) => text)).toEqual([
      'Как отфильтровать словарь по ключам или значениям?',
      'Как сделать словарь неизменяемым?',
    ])
  })

  test('has for terms exactly the commands that the Linux section lists', () => {
    const from = lines.findIndex((line) => line.startsWith('#### Команды'))
    const to = lines.indexOf('### Kubernetes')
    const commands = lines.slice(from, to).filter((line) => line !== '' && !line.startsWith('#'))
    expect(commands).toHaveLength(46)
    expect(ofKind('term').map(({ text }) => text)).toEqual(commands)
  })

  test('shows each command below the headings it is listed under', () => {
    expect(questions.find(({ text }) => text === 'grep')?.path).toEqual([
      'DevOps',
      'Linux',
      'Команды (ключевые слова/функции)',
      'Текст и поиск',
    ])
  })

  test('has 35 topics, and only questions else', () => {
    expect(ofKind('topic')).toHaveLength(35)
    expect(ofKind('topic').map(({ text }) => text)).toContain('Назови четыре основных принципа ООП.')
    expect(ofKind('question')).toHaveLength(1296 - 46 - 35)
    expect(ofKind('question').every(({ text }) => text.includes('?'))).toBe(true)
  })

  test('has one text in two sections, with an id in each', () => {
    const byText = groupedBy(({ text }) => text)
    const twice = [...byText.values()].filter(({ length }) => length > 1)
    expect(twice).toHaveLength(1)
    expect(twice[0]?.map(({ text, path }) => [text, path])).toEqual([
      ['Для чего используется декоратор @dataclass?', ['Python', 'Декораторы (Decorators)']],
      ['Для чего используется декоратор @dataclass?', ['ООП', 'Data Classes']],
    ])
    expect(new Set(twice[0]?.map(({ id }) => id)).size).toBe(2)
  })

  test('has 147 characters in its longest question', () => {
    expect(Math.max(...questions.map(({ text }) => text.length))).toBe(147)
  })

  test('knows of each question the line that holds its text', () => {
    expect(questions.filter(({ line, text }) => !lines[line - 1]?.includes(text))).toEqual([])
  })

  test('keeps the questions in the order of the file', () => {
    const order = sections.flatMap((section) => section.questions).map((id) => bank.questions.get(id)?.line ?? 0)
    expect(order).toEqual([...order].sort((a, b) => a - b))
  })

  test('names its questions as it did yesterday: plans and played lists outlive a release', () => {
    expect(new Set(questions.map(({ id }) => id)).size).toBe(1296)
    expect(questions[0]?.id).toBe('1kwzm44t0kvx1')
    expect(sha256(questions.map(({ id }) => id).join('\n'))).toBe(
      '4d863393e3dbf105793c40acc28e0d61f0cf4af5c7674832ec5ec08cb913da43',
    )
    expect(sha256(sections.map(({ id }) => id).join('\n'))).toBe(
      '06c4c84de15c68fd932472ff8ede828fb67591c07954c76bb10a23a461356eeb',
    )
  })
})
