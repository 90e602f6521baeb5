import type { PublicBank, PublicSection } from '@knopka/shared/bank'
import type { AgendaItem } from '@knopka/shared/game'
import { expect, test } from 'vitest'
import { findItems, followUps } from '../../client/src/call/find.ts'
import { clock, levelWords, taken } from '../../client/src/call/figures.ts'

const section = (title: string, texts: string[], sections: PublicSection[] = []) =>
  ({
    id: title,
    title,
    questions: texts.map((text) => ({ id: text, kind: 'question', text })),
    sections,
  }) as unknown as PublicSection
const bank = {
  sections: [
    section('Базы', ['Что такое индекс?'], [section('PostgreSQL', ['MVCC', 'VACUUM'])]),
    section('Сети', ['Учёт пакетов']),
  ],
} as PublicBank
const asked = (id: string, path: string[]) =>
  ({ id, questionId: id, path, text: id, section: '' }) as unknown as AgendaItem
const ids = (items: { questionId: string | null }[]) => items.map(({ questionId }) => questionId)

test('a question of the bank is found by its words in any order, ё or not', () => {
  expect(ids(findItems(bank, [], 'ПАКЕТОВ учет', 8))).toEqual(['Учёт пакетов'])
  expect(findItems(bank, [], '  ', 8)).toEqual([])
})

test('what is in the call already is not found again', () => {
  expect(findItems(bank, [asked('MVCC', [])], 'mvcc', 8)).toEqual([])
})

test('follow-ups come from the same section, then from the one above it', () => {
  const here = asked('MVCC', ['Базы', 'PostgreSQL'])
  expect(ids(followUps(bank, [here], here, 3))).toEqual(['VACUUM', 'Что такое индекс?'])
  expect(ids(followUps(bank, [here], here, 1))).toEqual(['VACUUM'])
})

test('a question that was typed in has no section to follow up', () => {
  expect(followUps(bank, [], asked('свой', []), 3)).toEqual([])
})

test('a clock counts down to nothing, and beyond', () => {
  expect([clock(78_000), clock(1), clock(-12_000)]).toEqual(['1:18', '0:01', '+0:12'])
  expect(taken(61_999)).toBe('1:01')
})

test('a level has a word, and a meaning where the plan gives one', () => {
  expect(levelWords('Не знает: молчит или мимо')).toEqual({ word: 'Не знает', meaning: 'молчит или мимо' })
  expect(levelWords('Уверенно')).toEqual({ word: 'Уверенно', meaning: '' })
})
