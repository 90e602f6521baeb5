import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { mineOf, viewOf, whoseMine } from '@knopka/shared/game'
import { commandInSitting, lookers, memberSeats, ofStudies, sittings, wildSittingMove } from '../support/studies.ts'
import type { Played } from '../support/played.ts'
import { cutAnywhere, marksIn, received, same, stateAt, testRoomLaws } from '../support/room-laws.ts'

vi.setConfig({ testTimeout: 120_000 })

const runs = { numRuns: 1000 }
const holds = (law: (sitting: Played) => void) => fc.assert(fc.property(sittings, law), runs)

const cutSittings = cutAnywhere(sittings)

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

test('nobody is sent how well another knew it, nor what all think and write before it is shown', () => {
  fc.assert(
    fc.property(cutSittings, ({ room: sitting, cut }) => {
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
          marksIn(bytes, hushed).filter((mark) => !out.has(mark) && !ties.has(mark)),
          [],
        )
        same(
          marksIn(bytes, /"(rating|ratings|rated":\{|votes|written|progress|brought|seed|roomId|trust|tieRanks?)":/g),
          [],
        )
        const shown = sitting.states[cut]?.turn?.studied?.shown ?? null
        if (shown === null && viewer.role !== 'member') same(marksIn(bytes, /"(notes|noted|invitation)":/g), [])
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

testRoomLaws({
  rooms: sittings,
  viewers: lookers,
  wildMove: wildSittingMove,
  commandIn: commandInSitting,
  opening: 'openStudy',
  ...runs,
})
