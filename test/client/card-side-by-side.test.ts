import { expect, test } from 'vitest'
import type { CardItem } from '@knopka/shared/game'
import { addedItems, plannedLines, sectionLines, type Line } from '../../client/src/card/side-by-side.ts'
import { cardAfter } from '../support/cards.ts'

const table = (lines: Line<CardItem>[]) =>
  lines.map(({ item, cells }) => [item.text, ...cells.map((cell) => cell && cell.level)])

test('a question is the same by its id, also when its text was mended; typed ones by their text', () => {
  const vera = cardAfter([
    { questionId: 'a', text: 'Что такое GIL', first: 1 },
    { questionId: null, text: 'О проекте', first: 2 },
  ])
  const oleg = cardAfter([
    { questionId: 'a', text: 'Что такое GIL?', first: 3 },
    { questionId: null, text: 'О проекте', first: 4 },
  ])
  expect(table(plannedLines([vera, oleg]))).toEqual([
    ['Что такое GIL', 1, 3],
    ['О проекте', 2, 4],
  ])
})

test('the order is that of the plan; what only a later interview had stands where it stood there', () => {
  const vera = cardAfter([{ questionId: 'a' }, { questionId: 'c' }])
  const oleg = cardAfter([{ questionId: 'a' }, { questionId: 'b' }, { questionId: 'c' }, { questionId: 'd' }])
  const ids = plannedLines([vera, oleg]).map(({ item }) => item.questionId)
  expect(ids).toEqual(['a', 'b', 'c', 'd'])
})

test('one that was asked in one interview alone is empty in the other', () => {
  const lines = plannedLines([cardAfter([{ questionId: 'a', first: 2 }]), cardAfter([{ questionId: 'b', first: 3 }])])
  expect(lines.map(({ cells }) => cells.map((cell) => cell?.level ?? null))).toEqual([
    [null, 3],
    [2, null],
  ])
})

test('two that are typed alike are two lines', () => {
  const card = cardAfter([
    { questionId: null, text: 'Ещё?', first: 1 },
    { questionId: null, text: 'Ещё?', first: 2 },
  ])
  expect(table(plannedLines([card]))).toEqual([
    ['Ещё?', 1],
    ['Ещё?', 2],
  ])
})

test('what was added during a call is no line of the plan', () => {
  const card = cardAfter([{ first: 1 }, { added: true, text: 'А если диск полон?', first: 4 }])
  expect(plannedLines([card])).toHaveLength(1)
  expect(addedItems(card).map(({ text, level }) => [text, level])).toEqual([['А если диск полон?', 4]])
})

test('sections stand side by side by their titles', () => {
  const vera = cardAfter([{ section: 'SQL', first: 1 }, { section: 'WEB' }])
  const oleg = cardAfter([
    { section: 'SQL', first: 4 },
    { section: 'WEB', first: 2 },
  ])
  expect(
    sectionLines([vera, oleg]).map(({ item, cells }) => [item.title, ...cells.map((cell) => cell?.level)]),
  ).toEqual([
    ['SQL', 1, 4],
    ['WEB', null, 2],
  ])
})
