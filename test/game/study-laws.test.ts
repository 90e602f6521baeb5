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
  mineOf,
  redact,
  unopened,
  viewOf,
  whoseMine,
  type Replica,
  type RoomEvent,
  type RoomState,
  type Viewer,
} from '@knopka/shared/game'
import { chunksOf, commitOf, delivery } from '../support/commits.ts'
import { deepFreeze } from '../support/freeze.ts'
import {
  commandInSitting,
  lookers,
  memberSeats,
  ofStudies,
  sittings,
  wildSittingMove,
  type Sitting,
} from '../support/studies.ts'

vi.setConfig({ testTimeout: 120_000 })

const runs = { numRuns: 1000 }
const holds = (law: (sitting: Sitting) => void) => fc.assert(fc.property(sittings, law), runs)

function same(actual: unknown, expected: unknown) {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toStrictEqual(expected)
}

const cutSittings = fc
  .tuple(sittings, fc.nat(1_000_000))
  .map(([sitting, cut]) => ({ sitting, cut: cut % (sitting.events.length + 1) }))
const stateAt = ({ states }: Sitting, version: number) => states[version] as RoomState
const lookAt = (sitting: Sitting, version: number, viewer: Viewer): Replica => ({
  version,
  state: viewOf(stateAt(sitting, version), viewer),
})
const received = ({ events }: Sitting, viewer: Viewer, from = 0, to = events.length) =>
  events.slice(from, to).map((event) => redact(event, viewer))
const marks = (bytes: unknown, mark: RegExp) => JSON.stringify(bytes).match(mark) ?? []
const [anna] = lookers as [Viewer]

test('the random sittings hold everything that can happen in one', () => {
  const sample = fc.sample(sittings, { seed: 1, numRuns: 500 })
  const seen = new Set(sample.flatMap(({ events }) => events.map(({ type }) => type)))
  const others = ['joined', 'renamed', 'questionAsked', 'buzzersOpened', 'buzzed', 'floorGiven', 'voted', 'removed']
  expect(
    [...Object.keys(ofStudies), ...others, 'paused', 'resumed'].filter((type) => !seen.has(type as never)),
  ).toEqual([])
  const backTo = new Set(
    sample.flatMap(({ events }) => events.flatMap((event) => (event.type === 'steppedBack' ? [event.to] : []))),
  )
  expect([...backTo].sort()).toEqual(['answer', 'previous', 'question'])
})

test('folding what a viewer is sent gives what a viewer is shown', () => {
  fc.assert(
    fc.property(cutSittings, ({ sitting, cut }) => {
      for (const viewer of lookers) {
        const items = received(sitting, viewer)
        const first = advance(lookAt(sitting, 0, viewer), { from: 0, items: items.slice(0, cut) }) as Replica
        same(first, lookAt(sitting, cut, viewer))
        same(advance(first, { from: cut, items: items.slice(cut) }), lookAt(sitting, items.length, viewer))
      }
    }),
    runs,
  )
})

test('an event is quiet only where it changes nothing', () => {
  holds((sitting) => {
    sitting.events.forEach((event, index) => {
      if (!isQuiet(redact(event, anna))) return
      same(viewOf(stateAt(sitting, index + 1), anna), viewOf(stateAt(sitting, index), anna))
    })
  })
})

test('nobody is sent how well another knew it, nor what all think and write before it is shown', () => {
  fc.assert(
    fc.property(cutSittings, ({ sitting, cut }) => {
      const until = sitting.events.slice(0, cut)
      const out = new Set(
        until.flatMap((event) =>
          event.type === 'studyRevealed' ? [event.note, ...event.shown.map(({ text }) => text)] : [],
        ),
      )
      const ties = new Set(until.flatMap((event) => (event.type === 'floorGiven' ? [event.tieSecret] : [])))
      for (const viewer of lookers) {
        const bytes = [...received(sitting, viewer, 0, cut), viewOf(stateAt(sitting, cut), viewer)]
        const hushed = viewer.role === 'member' ? /hush-(?!invitation-)[\w-]+/g : /hush-[\w-]+/g
        same(
          marks(bytes, hushed).filter((mark) => !out.has(mark) && !ties.has(mark)),
          [],
        )
        same(
          marks(bytes, /"(rating|ratings|rated":\{|votes|written|progress|brought|seed|roomId|trust|tieRanks?)":/g),
          [],
        )
        const shown = sitting.states[cut]?.turn?.studied?.shown ?? null
        if (shown === null && viewer.role !== 'member') same(marks(bytes, /"(notes|noted|invitation)":/g), [])
      }
    }),
    runs,
  )
})

test('what a seat knows of itself changes only with an event that is its own', () => {
  holds((sitting) => {
    sitting.events.forEach((event, index) => {
      const [before, after] = [stateAt(sitting, index), stateAt(sitting, index + 1)]
      const whose = whoseMine(event, after)
      for (const seat of memberSeats) {
        if (whose === seat || whose === '*') continue
        const [mine, then] = [before, after].map((state) => mineOf(state, 0, seat)?.study)
        // Who comes in hears all there is; whoever pressed or has the floor sees it in the room.
        if (mine && then) same(then, mine)
      }
    })
  })
})

test('what was rated is never lost, and each time anew it counts more', () => {
  holds((sitting) => {
    const revisions = new Map<string, number>()
    for (const event of sitting.events) {
      if (event.type !== 'rated') continue
      const key = `${event.by}/${event.turn}`
      const { revision = 0 } = event.secret?.rated ?? {}
      expect(revision).toBeGreaterThan(revisions.get(key) ?? 0)
      revisions.set(key, revision)
    }
  })
})

test('no question has the number of another, and none comes twice in a session unless it was taken back', () => {
  holds((sitting) => {
    const numbers = sitting.events.flatMap((event) => (event.type === 'questionAsked' ? [event.turn] : []))
    same(new Set(numbers).size, numbers.length)
  })
})

test('a log folds to the same room, however it is cut into commits, also after it was written down', () => {
  fc.assert(
    fc.property(sittings, fc.array(fc.integer({ min: 1, max: 7 })), (sitting, lengths) => {
      const stored = JSON.parse(JSON.stringify(sitting.events)) as RoomEvent[]
      const last = stateAt(sitting, stored.length)
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
    fc.property(sittings, fc.array(delivery, { maxLength: 20 }), fc.nat(2), (sitting, deliveries, which) => {
      const viewer = lookers[which] as Viewer
      const items = received(sitting, viewer)
      let replica = lookAt(sitting, 0, viewer)
      for (const { from, length } of deliveries) {
        const commit = commitOf(items, from % (items.length + 1), length)
        const next = advance(replica, commit)
        replica = next === 'gap' ? lookAt(sitting, commit.from, viewer) : next
        same(replica, lookAt(sitting, replica.version, viewer))
      }
    }),
    runs,
  )
})

test('every room that can be reached answers every command', () => {
  fc.assert(
    fc.property(cutSittings, fc.array(wildSittingMove, { minLength: 20, maxLength: 20 }), ({ sitting, cut }, moves) => {
      const state = stateAt(sitting, cut)
      for (const move of moves) {
        const decision = decide(state, deepFreeze(commandInSitting(sitting, state, move)), sitting.now)
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
      if (command.type !== 'openStudy') same(decide(states[version] as RoomState, command, now), [])
    }
  })
})

test('what is taken back step by step leads to how it was', () => {
  holds((sitting) => {
    sitting.events.forEach((event, index) => {
      if (event.type !== 'steppedBack') return
      const { turn, study } = stateAt(sitting, index + 1)
      if (event.to === 'answer') expect(turn?.studied?.shown ?? null).toBeNull()
      if (event.to === 'question') expect(turn?.floor).toBeNull()
      if (event.to === 'previous') expect(turn?.turn).toBeLessThan(event.turn)
      expect(study?.turns).toBeGreaterThanOrEqual(turn?.turn ?? 0)
    })
  })
})
