import { describe, expect, test, vi } from 'vitest'
import { fileOf } from '../../client/src/card/files.ts'
import { speak } from '../../client/src/lib/text/language.svelte.ts'
import { readCsv } from '../server/csv.ts'
import { cardAfter, irina } from '../support/cards.ts'

/** Words follow the browser's languages, and Node need not know any. */
vi.hoisted(() => vi.stubGlobal('navigator', { languages: ['ru-RU'] }))

const card = cardAfter(irina, {
  conclusion: { recommendation: 'yes', strengths: 'Сама находит ошибку.', gaps: '# asyncio\nгонки' },
})

test('files are named after the candidate and the day, whatever the name holds', () => {
  const named = (candidate: string) => fileOf({ ...card, candidate }, 'csv').name
  expect(named('Ирина С.')).toBe('knopka-Ирина-С-2026-11-23.csv')
  expect(named('../../etc/passwd "x"')).toBe('knopka-etc-passwd-x-2026-11-23.csv')
  expect(named('…')).toBe('knopka-2026-11-23.csv')
})

test('JSON is the scorecard as it is', () => {
  expect(JSON.parse(fileOf(card, 'json').body)).toEqual(card)
})

describe('CSV', () => {
  test('has a row a question, with what each made of it', () => {
    const [head = [], ...rows] = readCsv(fileOf(card, 'csv').body.replace(/^\uFEFF/, ''))
    expect(rows).toHaveLength(12)
    const row = Object.fromEntries(head.map((column, at) => [column, rows[3]?.[at]]))
    expect(row).toEqual({
      candidate: 'Ирина С.',
      plan: 'Backend, middle',
      number: '4',
      section: 'WEB · HTTP',
      path: 'WEB / HTTP',
      question: 'Какие методы HTTP идемпотентны?',
      added: '',
      seconds: '65',
      level: '3',
      first: '2',
      first_note: 'Разошлись: назвала PUT и DELETE, забыла HEAD.',
      first_flagged: '',
      second: '4',
      second_note: '',
      second_flagged: '',
      agreed: '3',
      differs: 'yes',
      answer: '',
    })
  })

  test('keeps lines and quotes of a note, and runs nothing', () => {
    const note = '=cmd("x")\nдальше, "так"'
    const [, row = []] = readCsv(fileOf(cardAfter([{ first: 1, firstNote: note }]), 'csv').body)
    expect(row).toContain(`'${note}`)
  })
})

describe('Markdown', () => {
  test('tells all of the page, in the language of the reader', () => {
    speak('ru')
    const { body } = fileOf(card, 'markdown')
    for (const part of [
      '# Ирина С.\n',
      'План «Backend, middle», 12 вопросов',
      'Рекомендация: **Да**',
      '> Сама находит ошибку.',
      '> # asyncio\n> гонки',
      'Ниже всего: Конкурентность 1,5',
      '| WEB · HTTP | 2,0 | 3,5 | 3,0 | 2 из 2 |',
      '### 4. Какие методы HTTP идемпотентны?',
      'WEB / HTTP · 1:05 · разошлись',
      'Марк: **2**, общая идея',
      'Вместе: **3**, уверенно',
      'Марк: **н**, не спрашивали',
      '- 4: глубоко',
    ])
      expect(body).toContain(part)
    speak('en')
    expect(fileOf(card, 'markdown').body).toContain('Recommendation: **Yes**')
  })

  test('what people wrote stays text on its own line', () => {
    const { body } = fileOf(cardAfter([{ first: 1, text: '# <b>x</b>\n| y' }], { candidate: '*Вера*' }), 'markdown')
    expect(body).toContain('# \\*Вера\\*\n')
    expect(body).toContain('### 1. \\# \\<b\\>x\\</b\\> \\| y\n')
  })

  test('an empty line of a note stays inside the quotation', () => {
    const { body } = fileOf(cardAfter([{ first: 1, firstNote: 'раз\n\nдва' }]), 'markdown')
    expect(body).toContain('> раз\n>\n> два')
  })
})
