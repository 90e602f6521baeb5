import { buttonFace, majorityOf } from '@knopka/shared/game'
import { describe, expect, test, vi } from 'vitest'
import { ask, join, pageOf, press, say, settle, studyRoom, type Said } from '../support/study-page.ts'

vi.stubGlobal('navigator', { languages: ['ru-RU'] })
const { actionOf, actionsOf } = await import('../../client/src/study/actions.ts')
const { captionOf } = await import('../../client/src/study/captions.ts')
const { peopleOf } = await import('../../client/src/study/people.ts')
const { sceneOf } = await import('../../client/src/study/scene.ts')

const both = [join('anna', 'Аня'), join('boris', 'Борис')]
const shown: Said[] = [...both, ask(1), press(1, 'anna'), settle(1), say('boris', { type: 'reveal', turn: 1 })]

/** What the keys do for somebody, after all this was said. */
function keysOf(seat: string, ...said: Said[]) {
  const { state, mine, now } = pageOf(studyRoom({}, ...said), seat)
  const actions = actionsOf(state, sceneOf(state, now), seat, mine.study)
  return (code: string) => actionOf(actions, { code })
}

function captionFor(seat: string, ...said: Said[]) {
  const { state, mine, now } = pageOf(studyRoom({}, ...said), seat)
  return captionOf(buttonFace(state, mine, now), state, mine, now)
}

describe('the keys of a study room', () => {
  test('Enter asks, then shows, then asks the next one', () => {
    expect(keysOf('anna', ...both)('Enter')?.saying).toEqual({ type: 'askNext', turn: 1 })
    expect(keysOf('anna', ...both, ask(1))('Enter')?.saying).toEqual({ type: 'reveal', turn: 1 })
    expect(keysOf('anna', ...shown)('ArrowRight')?.saying).toEqual({ type: 'askNext', turn: 2 })
  })

  test('digits are votes on who answers, and for oneself once all is shown', () => {
    const answered = [...both, ask(1), press(1, 'anna'), settle(1)]
    expect(keysOf('boris', ...answered)('Digit2')).toMatchObject({
      why: null,
      saying: { type: 'vote', verdict: 'partly' },
    })
    expect(keysOf('anna', ...answered)('Digit2')?.why).toBe('own-answer')
    expect(keysOf('anna', ...shown)('Digit4')?.saying).toEqual({ type: 'rate', turn: 1, rating: 'easy' })
    expect(keysOf('anna', ...both, ask(1))('Digit4')).toBeUndefined()
  })

  test('the key that is down takes its own rating back', () => {
    const rated = [...shown, say('anna', { type: 'rate', turn: 1, rating: 'hard' })]
    expect(keysOf('anna', ...rated)('Digit2')?.saying).toEqual({ type: 'rate', turn: 1, rating: null })
    expect(keysOf('boris', ...rated)('Digit2')?.saying).toEqual({ type: 'rate', turn: 1, rating: 'hard' })
  })

  test('a pause stands in the way of all but its end', () => {
    const keys = keysOf('anna', ...shown, say('boris', { type: 'pause' }))
    expect(keys('Enter')?.why).toBe('paused')
    expect(keys('Backspace')?.why).toBe('paused')
    expect(keys('Digit0')).toMatchObject({ why: null, saying: { type: 'resume' } })
  })

  test('after a session, and after a long pause, its summary is shown', () => {
    const { state, now } = studyRoom({}, ...shown)
    expect(sceneOf(state, now)).toBe('shown')
    expect(sceneOf(state, now + 7 * 3_600_000)).toBe('summary')
    const ended = studyRoom({}, ...shown, say('anna', { type: 'endSession' }))
    expect(sceneOf(ended.state, ended.now)).toBe('summary')
  })
})

describe('the button of a study room says', () => {
  test('who answers, and who is next', () => {
    const race = [...both, ask(1), press(1, 'anna', 200), { ...press(1, 'boris', 238), waitMs: 0 }, settle(1)]
    expect(captionFor('anna', ...race)).toEqual({
      head: 'Вы раньше всех',
      word: 'Отвечайте',
      line: 'Следом Борис, +38\u00a0мс',
    })
    expect(captionFor('boris', ...race)).toEqual({
      head: 'Отвечает Аня',
      word: '',
      line: 'Ваше место в очереди: 2, +38\u00a0мс',
    })
  })

  test('that anyone ends a pause', () => {
    expect(captionFor('anna', ...both, ask(1), say('boris', { type: 'pause' })).line).toBe('Продолжить может любой')
  })
})

test('those who are here are in the room, and not away; oneself always is', () => {
  const { state } = studyRoom({}, ...both, join('vera', 'Вера'))
  const people = peopleOf(state, { boris: { rttMs: 20 } }, 'anna')
  expect(people.map(({ name, isHere }) => [name, isHere])).toEqual([
    ['Аня', true],
    ['Борис', true],
    ['Вера', false],
  ])
})

test('a majority is more than half, and never one alone', () => {
  expect([1, 2, 3, 4, 5].map(majorityOf)).toEqual([2, 2, 2, 3, 3])
})
