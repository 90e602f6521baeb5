import { describe, expect, test } from 'vitest'
import { ankiText, cardsOf, dueOrMissed, type AnkiItem } from '@knopka/shared/study'
import { after, rated } from '../support/reviews.ts'

const item: AnkiItem = { id: 'bank/q1', question: 'Что такое GIL?', note: 'Блокировка.', section: 'Python', tags: [] }

const heads = ['#separator:tab', '#html:false', '#guid column:1', '#tags column:4', '#deck column:5']
const rowOf = (changes: Partial<AnkiItem>, bankTitle = 'Backend') =>
  ankiText({ bankTitle, items: [{ ...item, ...changes }] }).slice(heads.join('\n').length + 1)

describe('a text for Anki', () => {
  test('says what its columns are, and has a row a question', () => {
    const items = [item, { ...item, id: 'bank/q2', note: null, tags: ['due', 'к собеседованию'] }]
    expect(ankiText({ bankTitle: 'Backend', items }).split('\n')).toEqual([
      ...heads,
      'bank/q1\tЧто такое GIL?\tБлокировка.\t\tBackend::Python',
      'bank/q2\tЧто такое GIL?\t\tdue к_собеседованию\tBackend::Python',
      '',
    ])
  })

  test('keeps lines, tabs and quotes of an answer within its column', () => {
    expect(rowOf({ note: 'a\tb\r\n"c"' })).toBe('bank/q1\tЧто такое GIL?\t"a\tb\n""c"""\t\tBackend::Python\n')
  })

  test('has no question that Anki would take for a remark', () => {
    expect(rowOf({ id: '#1', question: '# -*- coding -*-' })).toMatch(/^"#1"\t"# -\*- coding -\*-"\t/)
  })

  test('makes no deck of two colons in a title', () => {
    expect(rowOf({ section: 'std::vector' }, 'C++::STL')).toMatch(/\tC\+\+:STL::std:vector\n$/)
  })

  test('is empty but for its head when nothing goes out', () => {
    expect(ankiText({ bankTitle: 'Backend', items: [] })).toBe(`${heads.join('\n')}\n`)
  })
})

test('what goes out is what is due, and what was not known when it was asked last', () => {
  const cards = cardsOf([
    rated('due', 'good', -3),
    rated('missed', 'again', -0.01),
    rated('known', 'easy', -3),
    rated('missed once', 'again', -3),
    rated('missed once', 'easy', 0),
  ])
  expect(dueOrMissed(cards, after(0)).sort()).toEqual(['due', 'missed'])
})
