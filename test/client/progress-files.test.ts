import { cardsOf, wordsOf, writeProgress, type Review } from '@knopka/shared/study'
import { expect, test } from 'vitest'
import { ankiFile, broughtBy } from '../../client/src/progress/files.ts'
import { keyIn } from '../../client/src/progress/key-in.ts'
import type { PlacedQuestion } from '../../client/src/progress/questions.ts'

const now = Date.UTC(2026, 2, 2)
const review = (id: string, changes: Partial<Review> = {}): Review => ({
  ...{ id, question: 'bank/q', at: now - 1000.25, rating: 'good', revision: 0 },
  ...changes,
})

test('a file brings what is not here, and what was revised in it', () => {
  const here = [review('room/1'), review('room/2', { revision: 3, rating: 'hard' }), review('room/3')]
  const file = [review('room/1'), review('room/2'), review('room/3', { revision: 1 }), review('room/4')]
  const brought = broughtBy(writeProgress(file), here, now)
  expect(brought).toEqual({ inFile: 4, fresh: [file[2], file[3]], skipped: 0 })
})

test('what cannot have been studied is counted, and not taken', () => {
  const file = writeProgress([review('room/1'), review('room/2', { at: now + 366 * 24 * 3_600_000 })])
  expect(broughtBy(file, [], now)).toMatchObject({ inFile: 1, skipped: 1 })
  expect(broughtBy(file.slice(0, 60), [], now)).toEqual({ refused: 'truncated' })
})

test('Anki gets what is due and what was not known, and nothing else', () => {
  const questions = ['due', 'missed', 'known', 'new'].map((name): PlacedQuestion => ({
    ...{ name, text: `${name}?`, kind: 'question', section: 's', sectionTitle: 'Python' },
  }))
  const at = (days: number) => now - days * 24 * 3_600_000
  const cards = cardsOf([
    review('room/1', { question: 'due', at: at(60) }),
    review('room/2', { question: 'missed', rating: 'again', at: at(0) }),
    review('room/3', { question: 'known', rating: 'easy', at: at(0) }),
  ])
  const file = ankiFile('Bank', questions, cards, now)
  expect(file.count).toBe(2)
  expect(file.text.split('\n').filter((line) => line.includes('?'))).toEqual([
    'due\tdue?\t\t\tBank::Python',
    'missed\tmissed?\t\t\tBank::Python',
  ])
})

test('a key is found in its words, its link and itself', () => {
  const key = 'AAAAAAAAAAAAAAAAAAAAAA'
  for (const typed of [key, wordsOf(key), ` https://knopka.club/progress#${key} `]) expect(keyIn(typed)).toBe(key)
  for (const typed of ['', 'word', `${key}A`, 'AAAAAAAAAAAAAAAAAAAAAB']) expect(keyIn(typed)).toBe(null)
})
