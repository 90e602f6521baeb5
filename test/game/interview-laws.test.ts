import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { scorecardOf, viewOf, type RoomEvent, type Viewer } from '@knopka/shared/game'
import { callers, calls, ofInterviews, commandInCall, wildCallMove } from '../support/interviews.ts'
import type { Played } from '../support/played.ts'
import { cutAnywhere, marksIn, received, same, stateAt, testRoomLaws } from '../support/room-laws.ts'

vi.setConfig({ testTimeout: 120_000 })

const runs = { numRuns: 2000 }
const holds = (law: (call: Played) => void) => fc.assert(fc.property(calls, law), runs)

const cutCalls = cutAnywhere(calls)

const [host, cohost, candidate] = callers as [Viewer, Viewer, Viewer]

test('the random interviews hold everything that can happen in one', () => {
  const sample = fc.sample(calls, { seed: 1, numRuns: 500 })
  const seen = new Set(sample.flatMap(({ events }) => events.map(({ type }) => type)))
  expect([...everyEvent].filter((type) => !seen.has(type))).toEqual([])
})

const everyEvent: RoomEvent['type'][] = [
  ...(Object.keys(ofInterviews) as (keyof typeof ofInterviews)[]),
  ...(['paused', 'resumed', 'linksReplaced', 'addressChosen'] as const),
]

test('the candidate is sent no rating, no note, no plan, no link, and of the questions those that were shown', () => {
  fc.assert(
    fc.property(cutCalls, ({ room: call, cut }) => {
      for (const viewer of callers.filter(({ role }) => role !== 'host' && role !== 'cohost')) {
        const bytes = [...received(call, viewer, 0, cut), viewOf(stateAt(call, cut), viewer)]
        const shown = new Set(
          call.events.slice(0, cut).flatMap((event) => (event.type === 'itemShown' ? [event.text] : [])),
        )
        same(
          marksIn(bytes, /hush-[\w-]+/g).filter((mark) => !shown.has(mark)),
          [],
        )
        same(
          marksIn(
            bytes,
            /"(agenda|levels|planTitle|spent|first|second|opinions|finished|agreed|conclusion|card|rating|note|flagged|links)":/g,
          ),
          [],
        )
      }
    }),
    runs,
  )
})

test('the candidate cannot count what is to come, unless numbers are shown', () => {
  holds((call) => {
    if (stateAt(call, 1).interview?.showsNumbers) return
    const ids = (call.events[0]?.secret as { agenda: { id: string }[] }).agenda.map(({ id }) => id)
    const shown = new Set(call.events.flatMap((event) => (event.type === 'itemShown' ? [event.item] : [])))
    const bytes = JSON.stringify([...received(call, candidate), viewOf(stateAt(call, call.events.length), candidate)])
    for (const id of ids) if (!shown.has(id)) expect(bytes).not.toContain(`"${id}"`)
    same(marksIn(bytes, /\\"(number|of)\\":\d/g), [])
  })
})

test('neither interviewer is sent what the other thinks before both have finished or the call is over', () => {
  fc.assert(
    fc.property(cutCalls, ({ room: call, cut }) => {
      const opened = call.events.findIndex(({ type }) => type === 'opinionsOpened')
      const until = opened < 0 ? cut : Math.min(cut, opened)
      for (const [viewer, other] of [
        [host, /hush-second-|"second":/g],
        [cohost, /hush-first-|"first":/g],
      ] as const) {
        const bytes = [...received(call, viewer, 0, until), viewOf(stateAt(call, until), viewer)]
        same(marksIn(bytes, other), [])
      }
      if (opened >= 0) {
        const [one, two] = [host, cohost].map((viewer) => viewOf(stateAt(call, opened + 1), viewer).secret.opinions)
        same(one, two)
      }
    }),
    runs,
  )
})

test('a scorecard has every question once, and the time of all together is no longer than the call', () => {
  holds((call) => {
    const state = stateAt(call, call.events.length)
    const { items, sections, beganAt, endedAt } = scorecardOf(state)
    same(
      items.map(({ id }) => id),
      state.secret.agenda?.map(({ id }) => id),
    )
    expect(sections.reduce((sum, { items }) => sum + items, 0)).toBe(items.length)
    if (state.phase !== 'over' || beganAt === null) return
    const spent = items.reduce((sum, { spentMs }) => sum + (spentMs ?? 0), 0)
    expect(spent).toBe(endedAt - beganAt)
  })
})

testRoomLaws({
  rooms: calls,
  viewers: callers,
  wildMove: wildCallMove,
  commandIn: commandInCall,
  opening: 'openInterview',
  ...runs,
})
