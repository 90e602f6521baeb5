import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import {
  advance,
  blankReplica,
  decide,
  evolve,
  isQuiet,
  isRefusal,
  redact,
  scorecardOf,
  unopened,
  viewOf,
  type Replica,
  type RoomEvent,
  type RoomState,
  type Viewer,
} from '@knopka/shared/game'
import { chunksOf, commitOf, delivery } from '../support/commits.ts'
import { deepFreeze } from '../support/freeze.ts'
import { callers, calls, ofInterviews, commandInCall, wildCallMove, type Call } from '../support/interviews.ts'

vi.setConfig({ testTimeout: 120_000 })

const runs = { numRuns: 2000 }
const holds = (law: (call: Call) => void) => fc.assert(fc.property(calls, law), runs)

function same(actual: unknown, expected: unknown) {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toStrictEqual(expected)
}

const cutCalls = fc
  .tuple(calls, fc.nat(1_000_000))
  .map(([call, cut]) => ({ call, cut: cut % (call.events.length + 1) }))
const stateAt = ({ states }: Call, version: number) => states[version] as RoomState
const lookAt = (call: Call, version: number, viewer: Viewer): Replica => ({
  version,
  state: viewOf(stateAt(call, version), viewer),
})
const received = ({ events }: Call, viewer: Viewer, from = 0, to = events.length) =>
  events.slice(from, to).map((event) => redact(event, viewer))
const marks = (bytes: unknown, mark: RegExp) => JSON.stringify(bytes).match(mark) ?? []

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

test('folding what a viewer is sent gives what a viewer is shown', () => {
  fc.assert(
    fc.property(cutCalls, ({ call, cut }) => {
      for (const viewer of callers) {
        const items = received(call, viewer)
        const first = advance(lookAt(call, 0, viewer), { from: 0, items: items.slice(0, cut) }) as Replica
        same(first, lookAt(call, cut, viewer))
        same(advance(first, { from: cut, items: items.slice(cut) }), lookAt(call, items.length, viewer))
      }
    }),
    runs,
  )
})

test('an event is quiet only where it changes nothing', () => {
  holds((call) => {
    for (const viewer of callers) {
      call.events.forEach((event, index) => {
        if (!isQuiet(redact(event, viewer))) return
        same(viewOf(stateAt(call, index + 1), viewer), viewOf(stateAt(call, index), viewer))
      })
    }
  })
})

test('the candidate is sent no rating, no note, no plan, no link, and of the questions those that were shown', () => {
  fc.assert(
    fc.property(cutCalls, ({ call, cut }) => {
      for (const viewer of callers.filter(({ role }) => role !== 'host' && role !== 'cohost')) {
        const bytes = [...received(call, viewer, 0, cut), viewOf(stateAt(call, cut), viewer)]
        const shown = new Set(
          call.events.slice(0, cut).flatMap((event) => (event.type === 'itemShown' ? [event.text] : [])),
        )
        same(
          marks(bytes, /hush-[\w-]+/g).filter((mark) => !shown.has(mark)),
          [],
        )
        same(
          marks(
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
    same(marks(bytes, /\\"(number|of)\\":\d/g), [])
  })
})

test('neither interviewer is sent what the other thinks before both have finished or the call is over', () => {
  fc.assert(
    fc.property(cutCalls, ({ call, cut }) => {
      const opened = call.events.findIndex(({ type }) => type === 'opinionsOpened')
      const until = opened < 0 ? cut : Math.min(cut, opened)
      for (const [viewer, other] of [
        [host, /hush-second-|"second":/g],
        [cohost, /hush-first-|"first":/g],
      ] as const) {
        const bytes = [...received(call, viewer, 0, until), viewOf(stateAt(call, until), viewer)]
        same(marks(bytes, other), [])
      }
      if (opened >= 0) {
        const [one, two] = [host, cohost].map((viewer) => viewOf(stateAt(call, opened + 1), viewer).secret.opinions)
        same(one, two)
      }
    }),
    runs,
  )
})

test('a log folds to the same room, however it is cut into commits, also after it was written down', () => {
  fc.assert(
    fc.property(calls, fc.array(fc.integer({ min: 1, max: 7 })), (call, lengths) => {
      const stored = JSON.parse(JSON.stringify(call.events)) as RoomEvent[]
      const last = stateAt(call, stored.length)
      same(stored.reduce(evolve, unopened), last)
      const replica = chunksOf(stored, lengths).reduce(
        (known, commit) => advance(known, commit) as Replica,
        blankReplica,
      )
      same(replica, { version: stored.length, state: last })
    }),
    runs,
  )
})

test('commits that come twice, overlap or leave a gap lead everyone to the same replica', () => {
  fc.assert(
    fc.property(calls, fc.array(delivery, { maxLength: 20 }), fc.nat(4), (call, deliveries, which) => {
      const viewer = callers[which] as Viewer
      const items = received(call, viewer)
      let replica = lookAt(call, 0, viewer)
      for (const { from, length } of deliveries) {
        const commit = commitOf(items, from % (items.length + 1), length)
        const next = advance(replica, commit)
        replica = next === 'gap' ? lookAt(call, commit.from, viewer) : next
        same(replica, lookAt(call, replica.version, viewer))
      }
    }),
    runs,
  )
})

test('every room that can be reached answers every command', () => {
  fc.assert(
    fc.property(cutCalls, fc.array(wildCallMove, { minLength: 20, maxLength: 20 }), ({ call, cut }, moves) => {
      const state = stateAt(call, cut)
      for (const move of moves) {
        const decision = decide(state, deepFreeze(commandInCall(call, state, move)), call.now)
        if (!isRefusal(decision)) decision.reduce(evolve, state)
      }
    }),
    runs,
  )
})

test('a command that comes again changes nothing', () => {
  holds(({ decided, states, now }) => {
    let version = 0
    for (const { command, count } of decided) {
      version += count
      if (command.type !== 'openInterview') same(decide(states[version] as RoomState, command, now), [])
    }
  })
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
