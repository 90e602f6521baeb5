import { decide, evolve, isRefusal, unopened, viewOf, type Command, type RoomState } from '@knopka/shared/game'
import { expect, test } from 'vitest'
import { actionOf, actionsOf, comingItem } from '../../client/src/call/actions.ts'
import { groupsOf } from '../../client/src/call/plan.ts'
import { opening } from '../support/interviews.ts'

const host = { role: 'host', seat: 'host' } as const
const second = { role: 'cohost', seat: 'cohost' } as const
const opened = { ...opening(4), by: 'server', role: 'server' }
const by = (role: string, command: object) => ({ ...command, by: role, role })
const show = (item: string) => by('host', { type: 'showItem', item })
const rate = (item: string, rating: unknown, role = 'host') => by(role, { type: 'assess', item, rating })

const call = (...commands: object[]): RoomState =>
  [opened, ...commands].reduce<RoomState>((state, command) => {
    const decision = decide(state, command as Command, 1000)
    if (isRefusal(decision)) throw new Error(decision.refused)
    return decision.reduce(evolve, state)
  }, unopened)

/** What the keys do for the first interviewer, who looks at this question. */
const keysAt = (id: string, ...commands: object[]) => {
  const state = viewOf(call(...commands), host)
  const item = state.secret.agenda?.find((one) => one.id === id)
  if (!item) throw new Error('no such question')
  return actionsOf(state, host, item)
}
const at = (code: string, shiftKey = false) => ({ code, shiftKey })

test('a digit rates the question in the middle, and takes its own rating back', () => {
  const fresh = actionOf(keysAt('item-1', show('item-1')), at('Digit3'))
  expect(fresh?.sayings).toEqual([{ type: 'assess', item: 'item-1', rating: 3 }])
  const again = actionOf(keysAt('item-1', show('item-1'), rate('item-1', 3)), at('Numpad3'))
  expect(again?.sayings).toEqual([{ type: 'assess', item: 'item-1', rating: null }])
})

test('what was never asked cannot be rated, and says so; that it is not asked can be said', () => {
  const keys = keysAt('item-2', show('item-1'))
  expect(actionOf(keys, at('Digit0'))?.why).toBe('never-asked')
  expect(actionOf(keys, at('Minus'))).toMatchObject({ why: null, sayings: [{ rating: 'not-asked' }] })
  expect(actionOf(keys, at('KeyN'))).toBe(actionOf(keys, at('Minus')))
})

test('forth goes to what the candidate has not seen, back to what they have', () => {
  const keys = keysAt('item-2', show('item-1'), show('item-2'))
  expect(actionOf(keys, at('ArrowRight'))?.sayings).toEqual([{ type: 'showItem', item: 'item-3' }])
  expect(actionOf(keys, at('ArrowLeft'))?.sayings).toEqual([{ type: 'showItem', item: 'item-1' }])
  expect(actionOf(keysAt('item-1', show('item-1')), at('ArrowLeft'))?.why).toBe('no-such-item')
})

test('what the interviewer does not want to ask is passed over', () => {
  const state = viewOf(call(show('item-1'), rate('item-2', 'not-asked')), host)
  expect(comingItem(state, host)?.id).toBe('item-3')
  const all = ['item-2', 'item-3', 'item-4'].map((id) => rate(id, 'not-asked'))
  expect(actionOf(keysAt('item-1', show('item-1'), ...all), at('ArrowRight'))?.why).toBe('no-questions-left')
})

test('to skip is to rate it as not asked, and to go on', () => {
  expect(actionOf(keysAt('item-1', show('item-1')), at('KeyS'))?.sayings).toEqual([
    { type: 'assess', item: 'item-1', rating: 'not-asked' },
    { type: 'showItem', item: 'item-2' },
  ])
})

test('during a pause nothing is shown, and the same key goes on', () => {
  const keys = keysAt('item-1', show('item-1'), by('host', { type: 'pause' }))
  expect(actionOf(keys, at('ArrowRight'))?.why).toBe('paused')
  expect(actionOf(keys, at('KeyP'))).toMatchObject({ why: null, sayings: [{ type: 'resume' }] })
})

test('the two agree with a digit and shift, once both may see what the other thinks', () => {
  const shown = show('item-1')
  expect(actionOf(keysAt('item-1', shown), at('Digit2', true))).toBeUndefined()
  const keys = keysAt('item-1', shown, by('host', { type: 'endInterview' }))
  expect(actionOf(keys, at('Digit2', true))?.sayings).toEqual([{ type: 'agree', item: 'item-1', level: 2 }])
  expect(actionOf(keys, at('Digit2'))?.sayings).toEqual([{ type: 'assess', item: 'item-1', rating: 2 }])
})

test('the plan shows each interviewer their own ratings alone', () => {
  const state = call(show('item-1'), rate('item-1', 1), rate('item-1', 4, 'cohost'))
  const ratings = (viewer: typeof host | typeof second) =>
    groupsOf(viewOf(state, viewer), viewer).flatMap(({ cells }) => cells.map(({ own }) => own.rating))
  expect(ratings(host)).toEqual([1, null, null, null])
  expect(ratings(second)).toEqual([4, null, null, null])
})

test('a title comes again where its questions do', () => {
  const groups = groupsOf(viewOf(call(), host), host)
  expect(groups.map(({ title }) => title)).toEqual(['SQL', 'Python', 'SQL', 'Python'])
})
