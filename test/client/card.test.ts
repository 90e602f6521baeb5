import { describe, expect, test, vi } from 'vitest'
import { fullDay, level, mean, minutes, minutesInWords, rating, wholeTime } from '../../client/src/card/figures.ts'
import { hasVerdictOfBoth, isFlagged, ratersIn } from '../../client/src/card/raters.ts'
import { extremesOf } from '../../client/src/card/sections.ts'
import { speak } from '../../client/src/lib/text/language.svelte.ts'
import { cardAfter, irina } from '../support/cards.ts'

/** Words follow the browser's languages, and Node need not know any. */
vi.hoisted(() => vi.stubGlobal('navigator', { languages: ['ru-RU'] }))

const titles = (sections: { title: string }[]) => sections.map(({ title }) => title)

describe('who rated', () => {
  test('the second one has a column once there is anything of theirs', () => {
    const alone = cardAfter([{ first: 3 }])
    expect(ratersIn(alone)).toEqual([{ interviewer: 'first', name: 'Марк', mark: 'М' }])
    const noted = cardAfter([{ first: 3, secondNote: 'Медленно' }])
    expect(ratersIn(noted).map(({ mark }) => mark)).toEqual(['М', 'П'])
  })

  test('whoever came without a name is counted, and the first keeps the place without a rating', () => {
    const raters = ratersIn(cardAfter([{ second: 3 }], { interviewers: ['Марк'] }))
    expect(raters).toEqual([
      { interviewer: 'first', name: 'Марк', mark: 'М' },
      { interviewer: 'second', name: '', mark: '2' },
    ])
  })

  test.each([
    [
      ['Марк', 'Мария'],
      ['1', '2'],
    ],
    [
      ['Марк', 'Мила'],
      ['МА', 'МИ'],
    ],
    [
      ['марк', 'Олег'],
      ['М', 'О'],
    ],
    [
      ['Анна', 'анна'],
      ['1', '2'],
    ],
    [
      ['😀', '😃'],
      ['😀', '😃'],
    ],
  ])('%j are told apart as %j', (interviewers, marks) => {
    const raters = ratersIn(cardAfter([{ second: 1 }], { interviewers }))
    expect(raters.map(({ mark }) => mark)).toEqual(marks)
  })

  test('what counts has a column of its own where it may differ from the ratings of the first', () => {
    expect(hasVerdictOfBoth(cardAfter([{ first: 3 }]))).toBe(false)
    expect(hasVerdictOfBoth(cardAfter([{ first: 3, agreed: 2 }]))).toBe(true)
    expect(hasVerdictOfBoth(cardAfter([{ first: 3, second: 3 }]))).toBe(true)
  })

  test('a question is flagged when either has flagged it', () => {
    const [one, other] = cardAfter([{ first: 1, flagged: true }, { first: 1 }]).items
    expect([one, other].map((item) => item && isFlagged(item))).toEqual([true, false])
  })
})

describe('the best and the worst section', () => {
  test('are those with the highest and the lowest mean', () => {
    const { sections } = cardAfter(irina)
    const extremes = extremesOf(sections)
    expect(extremes).not.toBeTypeOf('string')
    if (typeof extremes === 'string') return
    expect(titles(extremes.highest)).toEqual(['Python'])
    expect(titles(extremes.lowest)).toEqual(['Конкурентность'])
  })

  test('are several where means are equal', () => {
    const rated = (section: string, level: 1 | 3) => [
      { section, first: level },
      { section, first: level },
    ]
    const { sections } = cardAfter([...rated('A', 3), ...rated('B', 1), ...rated('C', 3)])
    const extremes = extremesOf(sections)
    if (typeof extremes === 'string') throw new Error(extremes)
    expect([titles(extremes.highest), titles(extremes.lowest)]).toEqual([['A', 'C'], ['B']])
  })

  test('leave out a section in which one question was rated', () => {
    const { sections } = cardAfter([
      { section: 'A', first: 3 },
      { section: 'A', first: 3 },
      { section: 'B', first: 0 },
      { section: 'B', unseen: true },
    ])
    expect(extremesOf(sections)).toBe('too-few')
  })

  test('are none where nothing was rated, and none where all are alike', () => {
    expect(extremesOf(cardAfter([{}, {}]).sections)).toBe('too-few')
    const even = ['A', 'B'].flatMap((section) => [
      { section, first: 2 as const },
      { section, first: 2 as const },
    ])
    expect(extremesOf(cardAfter(even).sections)).toBe('even')
  })
})

describe('figures', () => {
  test('follow the language', () => {
    speak('ru')
    expect([mean(2.6666), mean(3), mean(null)]).toEqual(['2,7', '3,0', '—'])
    expect([level(2.5), level(3), level(null)]).toEqual(['2,5', '3', '—'])
    expect([rating(0), rating('not-asked'), rating(null)]).toEqual(['0', 'н', '—'])
    expect(minutesInWords(890_000)).toBe('14\u00a0мин 50\u00a0с')
    expect(fullDay(Date.UTC(2026, 10, 23, 11))).toMatch(/^23 ноября 2026/)
    speak('en')
    expect([mean(2.6666), level(2.5), rating('not-asked')]).toEqual(['2.7', '2.5', 'n'])
  })

  test('time is in minutes also beyond the hour, and none where nothing was shown', () => {
    expect([minutes(47_600), minutes(3_665_000), minutes(null)]).toEqual(['0:48', '61:05', '—'])
    expect(wholeTime(cardAfter([{ seconds: 50 }, { seconds: 10 }]))).toBe(60_000)
    expect(wholeTime(cardAfter([{ unseen: true }]))).toBeNull()
  })
})
