import { describe, expect, test, vi } from 'vitest'
import { ask, join, pageOf, press, say, settle, studyRoom, type Said } from '../support/study-page.ts'

vi.stubGlobal('navigator', { languages: ['ru-RU'] })
const { noteOf } = await import('../../client/src/study/note.ts')
const { readStudy, firstStudy } = await import('../../client/src/study/remembered.ts')
const { askedIn, daysUntil } = await import('../../client/src/study/summary.ts')
const { toMarkdown } = await import('../../client/src/study/markdown.ts')
const { missedForAnki } = await import('../../client/src/study/missed.ts')

const session: Said[] = [
  join('anna', 'Аня'),
  join('boris', 'Борис'),
  ask(1, 'anna', 'Ответ банка'),
  say('boris', { type: 'write', turn: 1, text: 'Замок\nодин' }),
  press(1, 'anna'),
  settle(1),
  say('boris', { type: 'vote', turn: 1, verdict: 'right' }),
  say('boris', { type: 'reveal', turn: 1 }),
  say('anna', { type: 'rate', turn: 1, rating: 'hard' }),
  say('boris', { type: 'rate', turn: 1, rating: 'easy' }),
  ask(2, 'boris'),
  say('boris', { type: 'reveal', turn: 2 }),
]
const pageAfter = (seat: string, ...said: Said[]) => pageOf(studyRoom({ typesFirst: true }, ...session, ...said), seat)
const writes = (by: string, text: string, was: number) =>
  say(by, { type: 'writeNote', questionId: 'question-1', text, was })

describe('the summary of a session', () => {
  test('says what was asked, how it went, and of ratings one’s own', () => {
    const { state, mine } = pageAfter('anna')
    const asked = askedIn(state, mine)
    expect(asked.map(({ text, rating }) => [text, rating])).toEqual([
      ['Вопрос 1?', 'hard'],
      ['Вопрос 2?', null],
    ])
    expect(asked[0]).toMatchObject({ answered: 'Аня', votes: { right: 1, partly: 0, wrong: 0 }, isNew: true })
    expect(asked[0]?.texts).toEqual([{ name: 'Борис', text: 'Замок\nодин' }])
    expect(asked[1]).toMatchObject({ answered: null, note: null })
    expect(JSON.stringify([state, mine])).not.toContain('easy')
  })

  test('goes along as Markdown in which nobody’s text is more than text', () => {
    const { state, mine } = pageAfter('anna')
    const text = toMarkdown('# Вторник <b>', 0, askedIn(state, mine))
    expect(text).toContain('# \\# Вторник \\<b\\>')
    expect(text).toContain('## 1. Вопрос 1?')
    expect(text).toContain('Python / GIL · вслух Аня · знает: 1, частично: 0, не знает: 0 · Ваша оценка: трудно')
    expect(text).toContain('Борис:\n\n> Замок\n> один')
    expect(text).toContain('Ответ:\n\n> Ответ банка')
  })

  test('takes to Anki what was not recalled, with its answer, and nothing else', () => {
    const { state, mine } = pageAfter('anna', say('anna', { type: 'rate', turn: 2, rating: 'good' }))
    const rows = missedForAnki('bank', 'Вторник', askedIn(state, mine))
      .split('\n')
      .filter((row) => !/^#|^$/.test(row))
    expect(rows).toEqual(['bank/question-1\tВопрос 1?\tОтвет банка\t\tВторник::GIL'])
  })

  test('counts days by midnight', () => {
    const evening = new Date(2026, 0, 9, 23, 0).getTime()
    expect(daysUntil(evening + 3_600_000, evening)).toBe(1)
    expect(daysUntil(evening + 1000, evening)).toBe(0)
    expect(daysUntil(evening - 1000, evening)).toBe(0)
    expect(daysUntil(evening + 72 * 3_600_000, evening)).toBe(3)
  })
})

describe('the answer to a question', () => {
  const noteAfter = (...said: Said[]) => {
    const { state } = pageAfter('anna', say('anna', { type: 'stepBack', turn: 2 }), ...said)
    if (state.turn?.turn === 2) throw new Error('still the second question')
    return state.turn && noteOf(state, state.turn)
  }
  const back = say('anna', { type: 'stepBack', turn: 2 })

  test('is the bank’s until somebody writes one, and then theirs with their name', () => {
    expect(noteAfter(back)).toEqual({ text: 'Ответ банка', version: null, versions: [] })
    expect(noteAfter(back, writes('boris', 'Новый', 0))).toMatchObject({ text: 'Новый', version: { name: 'Борис' } })
  })

  test('is nobody’s where the room’s own was shown and then emptied: of the bank’s this page knows nothing', () => {
    const again = [say('anna', { type: 'stepBack', turn: 1 }), writes('boris', 'Новый', 0)]
    const shown = say('anna', { type: 'reveal', turn: 1 })
    expect(noteAfter(back, ...again, shown)).toMatchObject({ text: 'Новый' })
    expect(noteAfter(back, ...again, shown, writes('anna', '', 1))).toMatchObject({ text: null, version: null })
  })

  test('is the bank’s again where the last version is empty', () => {
    expect(noteAfter(back, writes('boris', 'Новый', 0), writes('anna', '', 1))).toMatchObject({
      text: 'Ответ банка',
      version: null,
    })
  })
})

test.each([null, 'x', [], {}, { bank: 1, study: { sections: 'all', newPercent: 200, typesFirst: 1 } }])(
  'what is no study room to be remembered (%j) is the first one',
  (kept) => {
    expect(readStudy(kept)).toEqual(firstStudy)
  },
)
