import { readFileSync } from 'node:fs'
import { allSections, parseBank } from '@knopka/shared/bank'
import { expect, test } from 'vitest'
import { questionsOf } from './banks.ts'

const file = new URL('../../content/backend_choices.md', import.meta.url)
const { bank, mistakes } = parseBank('backend_choices', readFileSync(file))
const rights = questionsOf(bank).map(({ choices = [] }) => choices.filter(({ right }) => right).length)
const options = questionsOf(bank).map(({ choices = [] }) => choices.length)

test('the bank with options has five questions in each of its eight sections, and no mistake', () => {
  expect(mistakes).toEqual([])
  expect(bank.title).toBe('Бэкенд: выберите ответ')
  expect(allSections(bank.sections).map(({ questions }) => questions.length)).toEqual(Array(8).fill(5))
})

test('every question of it has two to five options, no two alike, and an answer', () => {
  expect(options.every((count) => count >= 2 && count <= 5)).toBe(true)
  for (const { text, choices = [], note } of questionsOf(bank)) {
    expect(new Set(choices.map(({ text }) => text)).size, text).toBe(choices.length)
    expect(note, text).toBeTruthy()
  }
})

test('six of its questions have two right options, all others one; five are true or false', () => {
  expect(rights.filter((count) => count === 2)).toHaveLength(6)
  expect(rights.filter((count) => count === 1)).toHaveLength(34)
  const yesOrNo = questionsOf(bank).filter(({ choices = [] }) => choices.length === 2)
  expect(yesOrNo.map(({ choices = [] }) => choices.map(({ text }) => text))).toEqual(
    Array(5).fill(['Верно', 'Неверно']),
  )
})

test('what is right stands at no one place', () => {
  const places = questionsOf(bank).map(({ choices = [] }) => choices.findIndex(({ right }) => right))
  for (const place of [0, 1, 2]) expect(places.filter((one) => one === place).length).toBeGreaterThan(5)
})

test('an option fits on a phone', () => {
  const longest = questionsOf(bank).flatMap(({ choices = [] }) => choices.map(({ text }) => text.length))
  expect(Math.max(...longest)).toBeLessThanOrEqual(120)
})
