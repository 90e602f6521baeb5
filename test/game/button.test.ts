import { describe, expect, test } from 'vitest'
import { buttonFace, mineOf, pressable, viewOf, type ButtonFace, type Mine, type Rules } from '@knopka/shared/game'
import {
  asked,
  buzzed,
  falseStarted,
  firstIn,
  floorGiven,
  gameEnded,
  letBackIn,
  opened,
  paused,
  removed,
  resumed,
  skipped,
  turnClosed,
  verdictGiven,
  verdictUndone,
} from '../support/events.ts'
import { under, type Fact } from '../support/given.ts'

/** Ann's button, drawn from no more than what her phone gets. */
function annSees(facts: Fact[], { now = 1000, rules = {} }: { now?: number; rules?: Partial<Rules> } = {}): ButtonFace {
  const { state } = under(rules).given(...facts)
  const view = viewOf(state, { role: 'player', seat: 'ann' })
  return buttonFace(view, mineOf(state, 1, 'ann') as Mine, now)
}

const open = [asked(), opened()]
const annAnswers = [...open, buzzed('ann'), floorGiven('ann')]
const bobAnswers = [...open, buzzed('bob'), floorGiven('bob')]
const reopen: Partial<Rules> = { afterWrong: 'reopen' }

describe('the button', () => {
  test.each<[ButtonFace, string, Fact[]]>([
    ['wait', 'in the lobby', []],
    ['ready', 'while the host reads', [asked()]],
    ['press', 'when the buzzers are open', open],
    ['sent', 'when I pressed and the order is not known yet', [...open, firstIn('ann')]],
    ['sent', 'when others pressed too and the order is not known yet', [...open, firstIn('bob'), buzzed('ann')]],
    ['press', 'when others pressed and the order is not known yet', [...open, firstIn('bob')]],
    ['first', 'when I was first', annAnswers],
    ['join-queue', 'while someone else answers', bobAnswers],
    ['other', 'when I wait in the queue', [...bobAnswers, buzzed('ann')]],
    ['other', 'when I am next but one', [...bobAnswers, buzzed('cat'), buzzed('ann')]],
    ['locked', 'when I was wrong', [...annAnswers, verdictGiven('ann', 'wrong', 0), opened()]],
    ['locked', 'in a tie-break of others', [asked(1, { only: ['bob', 'cat'] }), opened()]],
    ['press', 'in a tie-break of mine', [asked(1, { only: ['ann', 'cat'] }), opened()]],
    [
      'closed',
      'when the question was answered',
      [...annAnswers, verdictGiven('ann', 'right', 1), turnClosed('answered')],
    ],
    ['closed', 'when it was skipped', skipped()],
    [
      'closed',
      'when I was wrong and nobody is left',
      [...annAnswers, verdictGiven('ann', 'wrong', 0), turnClosed('nobody')],
    ],
    ['closed', 'when time is up', [...open, turnClosed('time-out')]],
    ['paused', 'in a pause', [...open, paused()]],
    ['over', 'when the game is over', [...skipped(), gameEnded()]],
    [
      'first',
      'when my wrong answer was taken back',
      [...annAnswers, verdictGiven('ann', 'wrong', 0), opened(), verdictUndone('ann'), floorGiven('ann')],
    ],
    [
      'press',
      'when the buzzers open once more and I was not wrong',
      [...bobAnswers, verdictGiven('bob', 'wrong', 0), opened()],
    ],
    ['press', 'when I was let back in', [...open, removed('ann'), letBackIn('ann')]],
    [
      'ready',
      'with the next question, though I was wrong before',
      [...annAnswers, verdictGiven('ann', 'wrong', 0), turnClosed('nobody'), asked(2)],
    ],
  ])('is %s %s', (face, _, facts) => {
    expect(annSees(facts)).toBe(face)
  })

  test('is other while someone else answers and there is no queue', () => {
    expect(annSees(bobAnswers, { rules: reopen })).toBe('other')
  })

  test('is press until someone else answers, also where there is no queue', () => {
    expect(annSees([...open, firstIn('bob')], { rules: reopen })).toBe('press')
  })

  test('is first when I answer and there is no queue', () => {
    expect(annSees(annAnswers, { rules: reopen })).toBe('first')
  })

  test('is early after a false start, until its time is over', () => {
    const facts = [asked(), falseStarted('ann', 1250)]
    expect(annSees(facts, { now: 1249 })).toBe('early')
    expect(annSees(facts, { now: 1250 })).toBe('ready')
    expect(annSees([...facts, opened()], { now: 1249 })).toBe('early')
    expect(annSees([...facts, opened()], { now: 1250 })).toBe('press')
  })

  test('lights up at the instant of the opening, not when the news come', () => {
    const facts = [asked(), opened({ opensAt: 1000 })]
    expect(annSees(facts, { now: 999 })).toBe('ready')
    expect(annSees(facts, { now: 1000 })).toBe('press')
  })

  test('lights up later by what a pause took', () => {
    const facts = [asked(), opened({ opensAt: 1000 }), paused(), resumed(500)]
    expect(annSees(facts, { now: 1499 })).toBe('ready')
    expect(annSees(facts, { now: 1500 })).toBe('press')
  })

  test('goes down where a press would count, also as a false start', () => {
    expect([...pressable].sort()).toEqual(['early', 'join-queue', 'press', 'ready'])
  })
})
