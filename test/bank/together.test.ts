import {
  allBanks,
  allSections,
  idIn,
  ownPlace,
  parseBank,
  pickRounds,
  publicBank,
  questionsIn,
  sectionOfAll,
  together,
} from '@knopka/shared/bank'
import { QuestionId, RoundSettings } from '@knopka/shared/contracts'
import { describe, expect, test } from 'vitest'
import { bytesOf } from './banks.ts'

const read = (id: string, lines: string[]) => parseBank(id, bytesOf(lines.join('\n\n'))).bank
const aloud = read('aloud', ['# Aloud', '## Basics', 'What? {#same}', 'Why?', '### Deep', 'How?'])
const chosen = read('chosen', ['# Chosen', '## Basics', 'Which? {#same}\n- [x] this\n- [ ] that', 'Where?'])
const all = together([aloud, chosen])

describe('all banks together', () => {
  test('have a section for each bank, and all its sections below that', () => {
    const titles = allSections(all.sections).map(({ title }) => title)
    expect(titles).toEqual(['Aloud', 'Basics', 'Deep', 'Chosen', 'Basics'])
    expect(new Set(allSections(all.sections).map(({ id }) => id)).size).toBe(5)
    expect(publicBank(all).sections.map(({ sections }) => sections[0]?.questions.length)).toEqual([2, 2])
  })

  test('tell questions apart that are called alike in two banks', () => {
    expect(all.questions.size).toBe(5)
    for (const [id, question] of all.questions) expect(question.id).toBe(id)
    const [one, other] = ['aloud/same', 'chosen/same'].map((id) => all.questions.get(id))
    expect([one?.text, one?.choices, one?.path]).toEqual(['What?', undefined, ['Basics']])
    expect([other?.text, other?.choices?.length]).toEqual(['Which?', 2])
  })

  test('know whose each question is', () => {
    for (const [id] of all.questions) {
      const own = ownPlace(allBanks, id)
      const bank = own.bank === 'aloud' ? aloud : chosen
      expect(bank.questions.get(own.id)?.text).toBe(all.questions.get(id)?.text)
      expect(idIn(allBanks, own.bank, own.id)).toBe(id)
      expect(ownPlace(own.bank, own.id)).toEqual(own)
      expect(idIn(own.bank, own.bank, own.id)).toBe(own.id)
    }
  })

  test('give each round what it wants of each of them, and nothing twice', () => {
    const round = { count: 9, order: 'bank' as const }
    const rounds = [
      { ...round, sections: [sectionOfAll('chosen', chosen.sections[0]?.id)] },
      { ...round, sections: [sectionOfAll('aloud'), sectionOfAll('chosen')] },
    ]
    const [first, second] = pickRounds(all, rounds, 'seed').rounds.map(({ questions }) => questions)
    expect(first).toEqual(questionsIn(all, [sectionOfAll('chosen')]))
    expect(second).toEqual(questionsIn(all, [sectionOfAll('aloud')]))
  })

  test('have ids that a room takes, also where a bank and a question have the longest ones', () => {
    const [bank, id] = ['b'.repeat(100), 'q'.repeat(64)]
    const [longest] = together([read(bank, ['# Long', '## One', `What? {#${id}}`])]).questions.keys()
    expect(QuestionId.parse(longest)).toBe(`${bank}/${id}`)
    expect(RoundSettings.shape.sections.safeParse([sectionOfAll(bank), sectionOfAll(bank, id)]).success).toBe(true)
  })
})
