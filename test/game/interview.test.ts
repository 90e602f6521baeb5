import { expect, test } from 'vitest'
import {
  decide,
  differs,
  evolve,
  isRefusal,
  nextItem,
  ownOpinion,
  scorecardOf,
  timeLeft,
  timeSpent,
  unopened,
  type Command,
  type Role,
  type RoomState,
} from '@knopka/shared/game'
import type { Unspoken } from '../support/commands.ts'
import { item, opening } from '../support/interviews.ts'

const begun = 1_000_000
let ids = 0
const as = (role: Role | 'server', unspoken: Unspoken): Command => ({
  ...unspoken,
  by: role,
  role,
  commandId: `command-${++ids}`,
})

type Rules = Parameters<typeof opening>[1]
const opened = (items: number, rules?: Rules): RoomState => said(unopened, as('server', opening(items, rules)), begun)

function said(state: RoomState, command: Command, now = begun): RoomState {
  const decision = decide(state, command, now)
  if (isRefusal(decision)) throw new Error(`${command.type} was refused: ${decision.refused}`)
  return decision.reduce(evolve, state)
}

const refused = (state: RoomState, command: Command, now = begun) => {
  const decision = decide(state, command, now)
  return isRefusal(decision) ? decision.refused : null
}

const show = (item: string): Unspoken => ({ type: 'showItem', item })
const rate = (item: string, rating: 0 | 1 | 2 | 3 | 4): Unspoken => ({ type: 'assess', item, rating })
const finish: Unspoken = { type: 'finish', finished: true }
const end: Unspoken = { type: 'endInterview' }

test('the first question that is shown begins the call, and its clock runs from there', () => {
  const state = said(opened(3, { seconds: 90, minutes: 15 }), as('host', show('item-2')), begun + 5000)
  expect(state.phase).toBe('playing')
  expect(state.interview).toMatchObject({ beganAt: begun + 5000, shown: { item: 'item-2', endsAt: begun + 95_000 } })
  expect(timeLeft(state, begun + 65_000)).toBe(14 * 60_000)
})

test('time is counted for each question, over all times that it was shown, and stands still in a pause', () => {
  let state = said(opened(2), as('host', show('item-1')), begun)
  state = said(state, as('host', show('item-2')), begun + 10_000)
  state = said(state, as('cohost', show('item-1')), begun + 15_000)
  state = said(state, as('host', { type: 'pause' }), begun + 20_000)
  expect(timeSpent(state, 'item-1', begun + 50_000)).toBe(15_000)
  state = said(state, as('host', { type: 'resume', leadMs: 0 }), begun + 50_000)
  expect(timeSpent(state, 'item-1', begun + 51_000)).toBe(16_000)
  expect(timeSpent(state, 'item-2', begun + 51_000)).toBe(5000)
})

test('the candidate goes on alone where the plan says so, once for each press', () => {
  const state = said(opened(3, { mayMoveOn: true }), as('host', show('item-1')))
  const next = said(state, as('candidate', { type: 'moveOn', item: 'item-1' }))
  expect(next.interview?.shown?.item).toBe('item-2')
  expect(said(next, as('candidate', { type: 'moveOn', item: 'item-1' })).interview?.shown?.item).toBe('item-2')
})

test('where it does not, or before the first question, the candidate cannot', () => {
  const moveOn: Unspoken = { type: 'moveOn', item: 'item-1' }
  expect(refused(said(opened(2), as('host', show('item-1'))), as('candidate', moveOn))).toBe('not-yours')
  expect(refused(opened(2, { mayMoveOn: true }), as('candidate', moveOn))).toBe('not-started')
})

test('behind the last question come those that were passed over', () => {
  let state = said(opened(3, { mayMoveOn: true }), as('host', show('item-3')))
  expect(nextItem(state)?.id).toBe('item-1')
  state = said(state, as('host', show('item-1')))
  state = said(state, as('host', show('item-2')))
  expect(nextItem(state)).toBeUndefined()
  expect(refused(state, as('candidate', { type: 'moveOn', item: 'item-2' }))).toBe('no-questions-left')
})

test('numbers count what was shown, not where it stands in the plan', () => {
  let state = said(opened(5, { showsNumbers: true }), as('host', show('item-4')))
  state = said(state, as('host', show('item-2')))
  expect(state.interview?.shown).toMatchObject({ number: 2, of: 5 })
  expect(said(opened(5), as('host', show('item-4'))).interview?.shown).toMatchObject({ number: null, of: null })
})

test('both rate the same question at once, and each for themselves', () => {
  let state = said(opened(1), as('host', show('item-1')))
  state = said(state, as('host', rate('item-1', 4)))
  state = said(state, as('cohost', rate('item-1', 1)))
  expect(ownOpinion(state, { role: 'host', seat: 'host' }, 'item-1').rating).toBe(4)
  expect(ownOpinion(state, { role: 'cohost', seat: 'cohost' }, 'item-1').rating).toBe(1)
  expect(differs(state, 'item-1')).toBe(false)
  expect(differs(said(state, as('host', end)), 'item-1')).toBe(true)
})

test('a question that was never asked gets no level, but may be noted and called not asked', () => {
  const state = opened(2)
  expect(refused(state, as('host', rate('item-1', 2)))).toBe('never-asked')
  expect(refused(state, as('host', { type: 'assess', item: 'item-9', note: 'x' }))).toBe('no-such-item')
  expect(refused(state, as('host', { type: 'assess', item: 'item-1', rating: 'not-asked', note: 'x' }))).toBeNull()
})

test('opinions open when both have finished, not when one has', () => {
  const one = said(opened(1), as('cohost', finish))
  expect(one.secret.opinions).toBeUndefined()
  expect(refused(one, as('host', { type: 'agree', item: 'item-1', level: 2 }))).toBe('still-blind')
  expect(refused(one, as('host', { type: 'conclude', recommendation: 'yes' }))).toBe('still-blind')
  const back = said(one, as('cohost', { type: 'finish', finished: false }))
  expect(said(back, as('host', finish)).secret.opinions).toBeUndefined()
  expect(said(one, as('host', finish)).secret.opinions).toEqual({ first: {}, second: {} })
})

test('after the call is over ratings are mended in the open, and questions are not asked any more', () => {
  let state = said(opened(2), as('host', show('item-1')))
  state = said(state, as('host', end), begun + 60_000)
  expect(state).toMatchObject({ phase: 'over', interview: { endedAt: begun + 60_000, shown: null } })
  state = said(state, as('cohost', rate('item-1', 3)))
  expect(state.secret.opinions?.second['item-1']?.rating).toBe(3)
  expect(refused(state, as('host', show('item-2')))).toBe('game-over')
})

test('a question that is added stands behind the one it follows up', () => {
  const add = (questionId: string, found: ReturnType<typeof item> | null): Unspoken => ({
    type: 'addItem',
    question: { id: questionId },
    after: 'item-1',
    itemId: 'added',
    found: found && { ...found, id: questionId, line: 1 },
  })
  const state = said(opened(2), as('host', add('new', item(7))))
  expect(state.secret.agenda?.map(({ id }) => id)).toEqual(['item-1', 'added', 'item-2'])
  expect(state.secret.agenda?.[1]).toMatchObject({ questionId: 'new', added: true, note: item(7).note })
  expect(refused(state, as('host', add('new', item(7))))).toBe('already-planned')
  expect(refused(state, as('host', add('gone', null)))).toBe('no-such-item')
})

test('the commands of a quiz are none of an interview, nor the other way round', () => {
  expect(refused(opened(1), as('host', { type: 'end' }))).toBe('other-mode')
  expect(refused(opened(1), as('player', { type: 'join', name: 'Кто-то' }))).toBe('other-mode')
})

test('on the scorecard counts what the two agreed on, else the mean of their levels', () => {
  let state = said(opened(3), as('host', show('item-1')))
  state = said(state, as('host', rate('item-1', 4)))
  state = said(state, as('cohost', rate('item-1', 1)))
  state = said(state, as('host', show('item-2')), begun + 30_000)
  state = said(state, as('host', rate('item-2', 2)))
  state = said(state, as('host', end), begun + 50_000)
  const card = scorecardOf(state)
  expect(card.items.map(({ level, spentMs, differs }) => [level, spentMs, differs])).toEqual([
    [2.5, 30_000, true],
    [2, 20_000, false],
    [null, null, false],
  ])
  expect(card.sections).toEqual([
    { title: 'SQL', first: 4, second: 1, level: 2.5, rated: 1, items: 2 },
    { title: 'Python', first: 2, second: null, level: 2, rated: 1, items: 1 },
  ])
  expect(card.level).toBe(2.25)
  const agreed = scorecardOf(said(state, as('host', { type: 'agree', item: 'item-1', level: 3 })))
  expect(agreed.items[0]).toMatchObject({ level: 3, agreed: 3 })
})
