import { readFileSync } from 'node:fs'
import { allSections, outline, parseBank, type Bank, type ParsedBank, type Question } from '@knopka/shared/bank'
import { expect } from 'vitest'

const content = (name: string) => new URL(`../../content/${name}`, import.meta.url)

export const realId = 'backend_interview_python'
export const realBytes = readFileSync(content(`${realId}.md`))
export const realText = realBytes.toString('utf8')
export const formatPage = readFileSync(content('README.md'), 'utf8')

export const bytesOf = (text: string) => new TextEncoder().encode(text)
export const parseText = (text: string) => parseBank('bank', bytesOf(text))

/** A bank that must have no mistakes. */
export function soundBank(text: string): Bank {
  const { bank, mistakes } = parseText(text)
  expect(mistakes).toEqual([])
  return bank
}

export const questionsOf = ({ questions }: Bank): Question[] => [...questions.values()]

/** The only question of a bank. */
export function onlyQuestion(text: string): Question {
  const questions = questionsOf(soundBank(text))
  expect(questions).toHaveLength(1)
  return questions[0] as Question
}

/** `12: what is wrong`, one a line, as they are reported. */
export const mistakesOf = ({ mistakes }: ParsedBank) => mistakes.map(({ line, message }) => `${line}: ${message}`)

/** What holds of everything that `parseBank` ever returns. */
export function expectConsistent({ bank, mistakes }: ParsedBank): void {
  const lines = mistakes.map(({ line }) => line)
  expect(lines).toEqual([...lines].sort((a, b) => a - b))
  expect(lines.every((line) => Number.isInteger(line) && line >= 1)).toBe(true)
  expect(mistakes.filter(({ message }) => !/^\S.+$/.test(message))).toEqual([])

  const listed = allSections(bank.sections).flatMap(({ questions }) => questions)
  expect(listed).toHaveLength(bank.questions.size)
  expect(new Set(listed)).toEqual(new Set(bank.questions.keys()))
  expect(questionsOf(bank).every(({ id }) => bank.questions.get(id)?.id === id)).toBe(true)

  const counts = outline(bank)
  expect(counts.reduce((sum, { total }) => sum + total, 0)).toBe(bank.questions.size)
  for (const { own, total, sections } of allSections(counts)) {
    expect(total).toBe(sections.reduce((sum, below) => sum + below.total, own))
  }
  if (mistakes.length === 0) expect(bank.questions.size).toBeGreaterThan(0)
}
