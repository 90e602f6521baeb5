import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RoomEvent } from '@knopka/shared/game'
import type { Ms } from '@knopka/shared/ids'
import type { Appended, Store } from '@knopka/server/store'

/** A store under test; what it is asked to keep in memory alone would be lost by `reopen`. */
export interface Bench {
  store: Store
  /** Another node's store on the same data, open until `end`; without it, one process alone uses the data. */
  another?(): Promise<Store>
  /** Lets time pass, for all that the store keeps. */
  pass(ms: Ms): Promise<void>
  /** Closes the store and opens another on the same data. */
  reopen(): Promise<Store>
  /** Closes the store and removes its data. */
  end(): Promise<void>
}

export type OpenBench = (settings: { roomTtlMs: Ms }) => Promise<Bench>

export const roomTtlMs = 3_600_000

/** An event that can be told from others by its number. */
export const numbered = (number: number): RoomEvent => ({
  type: 'renamed',
  seat: 'ann',
  name: `Ann ${number}`,
  at: 1_700_000_000_000.25 + number,
  by: 'ann',
})

export const events = (from: number, count: number): RoomEvent[] =>
  Array.from({ length: count }, (_, index) => numbered(from + index))

/** The promises of `server/src/store/store.ts`, for any adapter. */
export function storeContract(name: string, open: OpenBench): void {
  describe(`the store's promises, kept by ${name}`, () => {
    let bench: Bench
    let store: Store
    beforeEach(async () => {
      bench = await open({ roomTtlMs })
      store = bench.store
    })
    afterEach(() => bench.end())
    // For one process alone, all nodes are this one.
    const elsewhere = async () => (await bench.another?.()) ?? store

    describe('[RS1] events after the first `from`, oldest first', () => {
      test('from the beginning, from the middle, from the end and beyond it', async () => {
        await store.rooms.append('402817', 0, events(0, 12))
        expect(await store.rooms.read('402817', 0)).toStrictEqual(events(0, 12))
        expect(await store.rooms.read('402817', 9)).toStrictEqual(events(9, 3))
        expect(await store.rooms.read('402817', 12)).toStrictEqual([])
        expect(await store.rooms.read('402817', 100)).toStrictEqual([])
      })

      test('of this room alone, however alike the PINs are', async () => {
        const pins = ['111111', '111112', '11111', '1111110']
        for (const [index, pin] of pins.entries()) await store.rooms.append(pin, 0, events(index * 10, 3))
        for (const [index, pin] of pins.entries()) {
          expect(await store.rooms.read(pin, 0)).toStrictEqual(events(index * 10, 3))
        }
      })

      test('every letter and number as it was given', async () => {
        const name = `Аня 😀 "\\\n\u2028 ${'é'.repeat(70_000)} \ud800`
        const given: RoomEvent[] = [
          { type: 'joined', at: 0.1 + 0.2, by: 'ann', secret: { seat: { id: 'ann', name } } as never },
          { type: 'scoreCorrected', at: -1, by: 'host', secret: {} },
        ]
        await store.rooms.append('402817', 0, given)
        expect(await store.rooms.read('402817', 0)).toStrictEqual(given)
      })

      test('without the properties that were undefined', async () => {
        const vague = { ...numbered(0), secret: { commandId: undefined, kept: null } } as unknown as RoomEvent
        await store.rooms.append('402817', 0, [vague])
        expect(await store.rooms.read('402817', 0)).toStrictEqual([{ ...numbered(0), secret: { kept: null } }])
      })

      test('of a long log and of a large commit', async () => {
        await store.rooms.append('402817', 0, events(0, 9000))
        await store.rooms.append('402817', 9000, events(9000, 1))
        expect(await store.rooms.read('402817', 0)).toStrictEqual(events(0, 9001))
      })
    })

    test('[RS2] `[]` for a PIN that was never used', async () => {
      expect(await store.rooms.read('402817', 0)).toStrictEqual([])
      expect(await store.rooms.read('402817', 5)).toStrictEqual([])
    })

    test('[RS2] `[]` for a PIN whose time is over', async () => {
      await store.rooms.append('402817', 0, events(0, 3))
      await bench.pass(roomTtlMs - 1000)
      expect(await store.rooms.read('402817', 0)).toHaveLength(3)
      await bench.pass(1000)
      expect(await store.rooms.read('402817', 0)).toStrictEqual([])
    })

    describe('[RS3] adds all events or none, only if the log holds exactly `expected` events', () => {
      test('more are a conflict', async () => {
        await store.rooms.append('402817', 0, events(0, 3))
        for (const expected of [0, 1, 2]) {
          expect(await store.rooms.append('402817', expected, events(50, 5))).toBe('conflict')
        }
        expect(await store.rooms.read('402817', 0)).toStrictEqual(events(0, 3))
      })

      test('fewer are a conflict too', async () => {
        expect(await store.rooms.append('402817', 1, events(1, 1))).toBe('conflict')
        expect(await store.rooms.append('402817', 0, events(0, 3))).toBe('appended')
        expect(await store.rooms.append('402817', 4, events(4, 1))).toBe('conflict')
        expect(await store.rooms.append('402817', 3, events(3, 2))).toBe('appended')
        expect(await store.rooms.read('402817', 0)).toStrictEqual(events(0, 5))
      })

      test('what JSON cannot say is rejected whole', async () => {
        const circle: Record<string, unknown> = { ...numbered(1) }
        circle['self'] = circle
        const bad = [numbered(0), circle as unknown as RoomEvent, numbered(2)]
        await expect(store.rooms.append('402817', 0, bad)).rejects.toThrow()
        expect(await store.rooms.read('402817', 0)).toStrictEqual([])
        expect(await store.rooms.append('402817', 0, events(0, 1))).toBe('appended')
      })
    })

    test('[RS4] durable when it resolves, and seen by every read from then on', async () => {
      for (let version = 0; version < 20; version++) {
        await store.rooms.append('402817', version, [numbered(version)])
        expect(await store.rooms.read('402817', version)).toStrictEqual([numbered(version)])
      }
      store = await bench.reopen()
      expect(await store.rooms.read('402817', 0)).toStrictEqual(events(0, 20))
      expect(await store.rooms.append('402817', 0, events(0, 1))).toBe('conflict')
      expect(await store.rooms.append('402817', 20, events(20, 1))).toBe('appended')
    })

    describe('[RS5] of several writers at once that expect the same, one wins', () => {
      test('fifty at the same version', async () => {
        for (let version = 0; version < 10; version++) {
          const tries = Array.from({ length: 50 }, (_, writer) =>
            store.rooms.append('402817', version, [numbered(writer)]),
          )
          const outcomes = await Promise.all(tries)
          expect(outcomes.filter((outcome) => outcome === 'appended')).toHaveLength(1)
          const winner = outcomes.indexOf('appended')
          expect(await store.rooms.read('402817', version)).toStrictEqual([numbered(winner)])
        }
      })

      test('fifty who try until they have won ten times each: every event once, in each writer’s own order', async () => {
        const heard: Appended[] = []
        await store.rooms.follow('402817', (commit) => heard.push(commit))
        const wins = await Promise.all(Array.from({ length: 50 }, (_, writer) => writeTen(store, writer)))
        const log = await store.rooms.read('402817', 0)
        expect(log).toHaveLength(1000)
        wins.forEach((own, writer) => {
          expect(own).toStrictEqual(own.toSorted((a, b) => a - b))
          own.forEach((at, nth) => expect(log.slice(at, at + 2)).toStrictEqual(pair(writer, nth)))
        })
        expect(heard.map(({ from }) => from)).toStrictEqual(wins.flat().toSorted((a, b) => a - b))
        expect(heard.flatMap(({ events }) => events)).toStrictEqual(log)
      })
    })

    describe('[RS6] the room’s time to live', () => {
      test('an append renews it', async () => {
        await store.rooms.append('402817', 0, events(0, 1))
        await bench.pass(roomTtlMs - 1000)
        await store.rooms.append('402817', 1, events(1, 1))
        await bench.pass(roomTtlMs - 1000)
        expect(await store.rooms.read('402817', 0)).toStrictEqual(events(0, 2))
        await bench.pass(1000)
        expect(await store.rooms.read('402817', 0)).toStrictEqual([])
      })

      test('a conflict does not renew it, nor does reading', async () => {
        await store.rooms.append('402817', 0, events(0, 1))
        await bench.pass(roomTtlMs - 1000)
        await store.rooms.append('402817', 0, events(0, 1))
        await store.rooms.append('402817', 7, events(0, 1))
        await store.rooms.read('402817', 0)
        await bench.pass(1000)
        expect(await store.rooms.read('402817', 0)).toStrictEqual([])
      })

      test('when it is over the PIN is free, and nothing of the earlier room comes back', async () => {
        await store.rooms.append('402817', 0, events(0, 700))
        await bench.pass(roomTtlMs)
        expect(await store.rooms.append('402817', 700, events(700, 1))).toBe('conflict')
        expect(await store.rooms.append('402817', 0, events(5000, 2))).toBe('appended')
        expect(await store.rooms.read('402817', 0)).toStrictEqual(events(5000, 2))
        expect(await store.rooms.append('402817', 2, events(5002, 1))).toBe('appended')
        store = await bench.reopen()
        expect(await store.rooms.read('402817', 0)).toStrictEqual(events(5000, 3))
      })

      test('when it is over one of those who open it at once wins', async () => {
        await store.rooms.append('402817', 0, events(0, 700))
        await bench.pass(roomTtlMs)
        const openings = [1, 2, 3].map((host) => store.rooms.append('402817', 0, [numbered(host)]))
        const outcomes = await Promise.all(openings)
        expect(outcomes.toSorted()).toStrictEqual(['appended', 'conflict', 'conflict'])
        expect(await store.rooms.read('402817', 0)).toStrictEqual([numbered(outcomes.indexOf('appended') + 1)])
      })

      test('is as long as the last append says, where it says so', async () => {
        await store.rooms.append('402817', 0, events(0, 1), 10 * roomTtlMs)
        await bench.pass(roomTtlMs)
        await store.rooms.append('402817', 1, events(1, 1), 3 * roomTtlMs)
        await bench.pass(3 * roomTtlMs - 1000)
        expect(await (await elsewhere()).rooms.read('402817', 0)).toStrictEqual(events(0, 2))
        await bench.pass(1000)
        expect(await store.rooms.read('402817', 0)).toStrictEqual([])
        await store.rooms.append('402817', 0, events(5, 1), 2 * roomTtlMs)
        await store.rooms.append('402817', 1, events(6, 1))
        await bench.pass(roomTtlMs)
        expect(await store.rooms.read('402817', 0)).toStrictEqual([])
      })

      test('each room has its own', async () => {
        await store.rooms.append('402817', 0, events(0, 1))
        await bench.pass(roomTtlMs / 2)
        await store.rooms.append('555555', 0, events(0, 1))
        await bench.pass(roomTtlMs / 2)
        expect(await store.rooms.read('402817', 0)).toHaveLength(0)
        expect(await store.rooms.read('555555', 0)).toHaveLength(1)
      })
    })

    describe('[RS7] tells every append by anyone', () => {
      test('in the log’s order, none missing, with the version before it', async () => {
        await store.rooms.append('402817', 0, events(0, 2))
        const heard = await listen(store, '402817')
        const tries = [2, 3, 5, 3, 9].map((version) => store.rooms.append('402817', version, events(version, 1)))
        await Promise.all(tries)
        await store.rooms.append('402817', 4, events(4, 3))
        await heard.until(7)
        expect(heard.commits).toStrictEqual([
          { from: 2, events: events(2, 1) },
          { from: 3, events: events(3, 1) },
          { from: 4, events: events(4, 3) },
        ])
      })

      test('what is heard is what is read', async () => {
        const heard = await listen(store, '402817')
        await store.rooms.append('402817', 0, [{ ...numbered(0), secret: { commandId: undefined } } as never])
        await heard.until(1)
        expect(heard.commits[0]?.events).toStrictEqual(await store.rooms.read('402817', 0))
      })

      test('whoever follows and then reads misses nothing', async () => {
        const writing = writeTen(store, 0)
        const heard = await listen(store, '402817')
        const known = await store.rooms.read('402817', 0)
        await writing
        await heard.until(20)
        const log = [...known]
        for (const { from, events } of heard.commits) log.splice(from, events.length, ...events)
        expect(log).toStrictEqual(await store.rooms.read('402817', 0))
      })

      test('of this room alone', async () => {
        const heard = await listen(store, '402817')
        await store.rooms.append('555555', 0, events(0, 3))
        await store.rooms.append('402817', 0, events(0, 1))
        await heard.until(1)
        expect(heard.commits).toHaveLength(1)
      })

      test('to all who follow, and none after the returned function was called', async () => {
        const stays = await listen(store, '402817')
        const leaves = await listen(store, '402817')
        await store.rooms.append('402817', 0, events(0, 1))
        await Promise.all([stays.until(1), leaves.until(1)])
        leaves.leave()
        leaves.leave()
        await store.rooms.append('402817', 1, events(1, 1))
        await stays.until(2)
        expect(leaves.commits).toHaveLength(1)
        stays.leave()
        const late = await listen(store, '402817')
        await store.rooms.append('402817', 2, events(2, 1))
        await late.until(3)
        expect(stays.commits).toHaveLength(2)
        expect(late.commits).toStrictEqual([{ from: 2, events: events(2, 1) }])
      })

      test('none after the returned function was called, even by another who hears the same', async () => {
        let leave = () => {}
        const silent: Appended[] = []
        const heard = await listen(store, '402817', () => leave())
        leave = await store.rooms.follow('402817', (commit) => silent.push(commit))
        await store.rooms.append('402817', 0, events(0, 1))
        await heard.until(1)
        await store.rooms.append('402817', 1, events(1, 1))
        await heard.until(2)
        expect(silent).toStrictEqual([])
      })

      test('also a room that is opened again', async () => {
        await store.rooms.append('402817', 0, events(0, 5))
        const heard = await listen(store, '402817')
        await bench.pass(roomTtlMs)
        await store.rooms.append('402817', 0, events(100, 1))
        await heard.until(1)
        expect(heard.commits).toStrictEqual([{ from: 0, events: events(100, 1) }])
      })
    })

    describe('[RS8] removes a log for good', () => {
      test('nobody reads any of it, and the PIN is free', async () => {
        await store.rooms.append('402817', 0, events(0, 120))
        await store.rooms.append('555555', 0, events(0, 1))
        await store.rooms.erase('402817')
        expect(await (await elsewhere()).rooms.read('402817', 0)).toStrictEqual([])
        expect(await store.rooms.append('402817', 120, events(120, 1))).toBe('conflict')
        expect(await store.rooms.append('402817', 0, events(500, 2))).toBe('appended')
        store = await bench.reopen()
        expect(await store.rooms.read('402817', 0)).toStrictEqual(events(500, 2))
        expect(await store.rooms.read('555555', 0)).toHaveLength(1)
      })

      test('durable when it resolves, and the room that is opened then has its own time to live', async () => {
        await store.rooms.append('402817', 0, events(0, 3))
        await bench.pass(roomTtlMs / 2)
        await store.rooms.erase('402817')
        store = await bench.reopen()
        expect(await store.rooms.read('402817', 0)).toStrictEqual([])
        await store.rooms.append('402817', 0, events(9, 1))
        await bench.pass(roomTtlMs / 2)
        expect(await store.rooms.read('402817', 0)).toHaveLength(1)
      })

      test('tells those who follow, in the log’s order, at every node', async () => {
        const others = await listen(await elsewhere(), '402817')
        const own = await listen(store, '402817')
        await store.rooms.append('402817', 0, events(0, 2))
        await Promise.all([store.rooms.erase('402817'), store.rooms.append('402817', 0, events(7, 1))])
        for (const heard of [own, others]) {
          await heard.tells(3)
          expect(heard.commits).toStrictEqual([
            { from: 0, events: events(0, 2) },
            { from: 0, events: [] },
            { from: 0, events: events(7, 1) },
          ])
        }
      })

      test('where there is none, it does no harm and nobody hears of it', async () => {
        const heard = await listen(store, '402817')
        await store.rooms.erase('402817')
        await store.rooms.append('402817', 0, events(0, 1))
        await bench.pass(roomTtlMs)
        await store.rooms.erase('402817')
        await store.rooms.append('402817', 0, events(5, 1))
        await heard.tells(2)
        expect(heard.commits.map(({ events }) => events)).toStrictEqual([events(0, 1), events(5, 1)])
      })
    })

    describe('the shelf', () => {
      test('[SH1] a value takes the place of what was there, its time to live too', async () => {
        await store.shelf.put('plan/1', { title: 'Первый' }, 1000)
        await store.shelf.put('plan/1', { title: 'Второй' }, null)
        await bench.pass(1000)
        expect(await store.shelf.get('plan/1')).toStrictEqual({ title: 'Второй' })
        await store.shelf.put('plan/1', { title: 'Третий' }, 1000)
        await bench.pass(1000)
        expect(await store.shelf.get('plan/1')).toBeNull()
      })

      test('[SH1] values of all that JSON can say, under keys of their own', async () => {
        const values = {
          text: 'a😀\ud800',
          zero: 0,
          no: false,
          nothing: null,
          list: [1.5, [], {}],
          '': '',
          'text/': [1],
        }
        for (const [key, value] of Object.entries(values)) await store.shelf.put(`k/${key}`, value, null)
        for (const [key, value] of Object.entries(values)) {
          expect(await store.shelf.get(`k/${key}`)).toStrictEqual(value)
        }
      })

      test('[SH2] `null` where there is none or its time is over', async () => {
        expect(await store.shelf.get('plan/1')).toBeNull()
        await store.shelf.put('plan/1', 'x', 5000)
        await bench.pass(4000)
        expect(await store.shelf.get('plan/1')).toBe('x')
        await bench.pass(1000)
        expect(await store.shelf.get('plan/1')).toBeNull()
      })

      test('[SH3] keeps what is there, else puts the value without an end', async () => {
        expect(await store.shelf.putIfAbsent('key', 'first')).toBe('first')
        expect(await store.shelf.putIfAbsent('key', 'second')).toBe('first')
        await bench.pass(10 * 365 * 24 * 3_600_000)
        store = await bench.reopen()
        expect(await store.shelf.putIfAbsent('key', 'third')).toBe('first')
        expect(await store.shelf.get('key')).toBe('first')
      })

      test('[SH3] a value whose time is over is not there', async () => {
        await store.shelf.put('key', 'old', 1000)
        await bench.pass(1000)
        expect(await store.shelf.putIfAbsent('key', 'new')).toBe('new')
        await bench.pass(10_000)
        expect(await store.shelf.get('key')).toBe('new')
      })

      test('[SH3] the value that stands, for all alike', async () => {
        const asked = Array.from({ length: 20 }, (_, index) => store.shelf.putIfAbsent('key', index))
        const answers = new Set(await Promise.all(asked))
        expect([...answers]).toStrictEqual([await store.shelf.get('key')])
      })

      test('[SH4] deletes, and does no harm where there is nothing', async () => {
        await store.shelf.delete('card/1')
        await store.shelf.put('card/1', 1, 5000)
        await store.shelf.put('card/2', 2, null)
        await store.shelf.delete('card/1')
        expect(await store.shelf.get('card/1')).toBeNull()
        expect(await store.shelf.get('card/2')).toBe(2)
        await store.shelf.put('card/1', 3, null)
        await bench.pass(5000)
        expect(await store.shelf.get('card/1')).toBe(3)
      })

      describe('[SH5] a set', () => {
        const sorted = async (node: Store, key: string) => (await node.shelf.gathered(key)).toSorted()

        test('holds what was added, each once, under its own key', async () => {
          expect(await store.shelf.gathered('group/1')).toStrictEqual([])
          await store.shelf.gather('group/1', ['b', 'a', 'b'], null)
          await store.shelf.gather('group/1', ['a', 'Вопрос 1', ''], null)
          await store.shelf.gather('group/2', ['z'], null)
          await store.shelf.gather('group/2', [], null)
          expect(await sorted(store, 'group/1')).toStrictEqual(['', 'a', 'b', 'Вопрос 1'])
          expect(await sorted(await elsewhere(), 'group/2')).toStrictEqual(['z'])
        })

        test('takes what many add at once, at every node, and many members in one step', async () => {
          const other = await elsewhere()
          const at = (n: number) => (n % 2 === 0 ? store : other)
          const adding = Array.from({ length: 40 }, (_, n) => at(n).shelf.gather('group/1', [`q${n}`], null))
          await Promise.all(adding)
          expect(await store.shelf.gathered('group/1')).toHaveLength(40)
          const many = Array.from({ length: 9000 }, (_, n) => `many ${n}`)
          await store.shelf.gather('group/1', many, null)
          expect(await store.shelf.gathered('group/1')).toHaveLength(9040)
        })

        test('lives so long after the last that was added to it', async () => {
          await store.shelf.gather('group/1', ['a'], 5000)
          await bench.pass(4000)
          await store.shelf.gather('group/1', ['b'], 5000)
          await bench.pass(4000)
          expect(await sorted(store, 'group/1')).toStrictEqual(['a', 'b'])
          await bench.pass(1000)
          expect(await store.shelf.gathered('group/1')).toStrictEqual([])
          await store.shelf.gather('group/1', ['c'], 5000)
          await store.shelf.gather('group/1', ['d'], null)
          await bench.pass(10_000)
          expect(await sorted(store, 'group/1')).toStrictEqual(['c', 'd'])
        })

        test('can be deleted, and is durable until then', async () => {
          await store.shelf.gather('group/1', ['a'], 5000)
          await store.shelf.gather('group/2', ['b'], null)
          await store.shelf.delete('group/2')
          store = await bench.reopen()
          expect(await store.shelf.gathered('group/1')).toStrictEqual(['a'])
          expect(await store.shelf.gathered('group/2')).toStrictEqual([])
        })
      })

      describe('[SH6] counters', () => {
        test('are added to by name, all together', async () => {
          expect(await store.shelf.counts('use/1')).toStrictEqual({})
          await store.shelf.count('use/1', { asked: 1, right: 1, ms: 1234 })
          await store.shelf.count('use/1', { asked: 1, ms: -34 })
          await store.shelf.count('use/2', { 'Вопрос 1': 2, constructor: 1 })
          await store.shelf.count('use/2', {})
          expect(await (await elsewhere()).shelf.counts('use/1')).toStrictEqual({ asked: 2, right: 1, ms: 1200 })
          expect(await store.shelf.counts('use/2')).toStrictEqual({ 'Вопрос 1': 2, constructor: 1 })
        })

        test('lose nothing that many add at once, at every node', async () => {
          const other = await elsewhere()
          const at = (n: number) => (n % 2 === 0 ? store : other)
          const steps = Object.fromEntries(Array.from({ length: 3000 }, (_, n) => [`q${n}`, 2]))
          const adding = Array.from({ length: 40 }, (_, n) => at(n).shelf.count('use/1', { asked: 1, right: n }))
          await Promise.all([...adding, store.shelf.count('use/1', steps)])
          expect(await store.shelf.counts('use/1')).toStrictEqual({ ...steps, asked: 40, right: 780 })
        })

        test('are durable, and kept until they are deleted', async () => {
          await store.shelf.count('use/1', { asked: 1 })
          await bench.pass(10 * 365 * 24 * 3_600_000)
          store = await bench.reopen()
          await store.shelf.count('use/1', { asked: 1 })
          expect(await store.shelf.counts('use/1')).toStrictEqual({ asked: 2 })
          await store.shelf.delete('use/1')
          expect(await store.shelf.counts('use/1')).toStrictEqual({})
        })
      })

      test('[SH7] what is there is kept so long from now on', async () => {
        await store.shelf.put('plan/1', 'x', 5000)
        await store.shelf.gather('cards/1', ['a'], 5000)
        await store.shelf.renew('plan/2', 5000)
        await bench.pass(4000)
        for (const key of ['plan/1', 'cards/1']) await store.shelf.renew(key, 5000)
        await bench.pass(4000)
        expect(await store.shelf.get('plan/1')).toBe('x')
        expect(await store.shelf.gathered('cards/1')).toStrictEqual(['a'])
        expect(await store.shelf.get('plan/2')).toBeNull()
        await bench.pass(1000)
        await store.shelf.renew('plan/1', 5000)
        expect(await store.shelf.get('plan/1')).toBeNull()
        expect(await store.shelf.gathered('cards/1')).toStrictEqual([])
      })

      test('durable when its promises resolve', async () => {
        await store.shelf.put('card/1', 1, null)
        await store.shelf.put('card/2', 2, 5000)
        await store.shelf.put('card/3', 3, null)
        await store.shelf.delete('card/3')
        store = await bench.reopen()
        expect(await store.shelf.get('card/1')).toBe(1)
        expect(await store.shelf.get('card/2')).toBe(2)
        expect(await store.shelf.get('card/3')).toBeNull()
        await bench.pass(5000)
        expect(await store.shelf.get('card/2')).toBeNull()
      })

      test('a key is not a PIN', async () => {
        await store.shelf.put('402817', 'shelf', 1000)
        await store.rooms.append('402817', 0, events(0, 1))
        await store.shelf.delete('402817')
        expect(await store.rooms.read('402817', 0)).toHaveLength(1)
      })
    })

    describe('the signals', () => {
      test('[SG1] reach all who hear this room now, at every node, the teller’s own too', async () => {
        const other = await elsewhere()
        const hearers = await Promise.all([store, store, other].map((node) => overhear(node, '402817')))
        const stranger = await overhear(other, '402818')
        store.signals.tell('402817', { here: 3 })
        other.signals.tell('402818', 'next door')
        await Promise.all(hearers.map((hearer) => hearer.until(1)))
        await stranger.until(1)
        expect(hearers.map(({ messages }) => messages)).toStrictEqual(Array(3).fill([{ here: 3 }]))
        expect(stranger.messages).toStrictEqual(['next door'])
      })

      test('[SG1] are kept nowhere', async () => {
        const first = await overhear(store, '402817')
        store.signals.tell('402817', 'early')
        await first.until(1)
        const second = await overhear(await elsewhere(), '402817')
        store.signals.tell('402817', 'in time')
        await Promise.all([first.until(2), second.until(1)])
        expect(second.messages).toStrictEqual(['in time'])
        expect(await store.rooms.read('402817', 0)).toStrictEqual([])
      })

      test('[SG2] of one teller come in the order in which they were told', async () => {
        const told = Array.from({ length: 500 }, (_, index) => index)
        const hearer = await overhear(await elsewhere(), '402817')
        for (const number of told) store.signals.tell('402817', number)
        await hearer.until(500)
        expect(hearer.messages).toStrictEqual(told)
      })

      test('[SG2] none after the returned function was called', async () => {
        const stays = await overhear(store, '402817')
        const leaves = await overhear(store, '402817')
        store.signals.tell('402817', 1)
        await Promise.all([stays.until(1), leaves.until(1)])
        leaves.leave()
        leaves.leave()
        store.signals.tell('402817', 2)
        await stays.until(2)
        stays.leave()
        const late = await overhear(store, '402817')
        store.signals.tell('402817', 3)
        await late.until(1)
        expect([stays, leaves, late].map(({ messages }) => messages)).toStrictEqual([[1, 2], [1], [3]])
      })
    })

    describe('[AL1] an allowance', () => {
      const allowance = { name: 'knocks', points: 3, seconds: 3600 }

      test('counts what one address asks of all nodes', async () => {
        const other = await elsewhere()
        const here = store.limiter(allowance)
        const there = other === store ? here : other.limiter(allowance)
        await here.consume('10.0.0.1')
        await there.consume('10.0.0.1')
        expect(await here.get('10.0.0.1')).toMatchObject({ consumedPoints: 2, remainingPoints: 1 })
        await here.consume('10.0.0.1')
        await expect(there.consume('10.0.0.1')).rejects.toMatchObject({ remainingPoints: 0 })
        expect((await there.get('10.0.0.1'))?.msBeforeNext).toBeGreaterThan(3_000_000)
      })

      test('counts for each address, and under each name, apart', async () => {
        const limiter = store.limiter(allowance)
        await limiter.consume('10.0.0.1', 3)
        expect(await limiter.consume('10.0.0.2')).toMatchObject({ remainingPoints: 2 })
        const other = store.limiter({ ...allowance, name: 'rooms', points: 5 })
        expect(await other.consume('10.0.0.1')).toMatchObject({ remainingPoints: 4 })
      })
    })

    test('[ST3] the check resolves while the store is open, and not when it is closed', async () => {
      await store.check()
      const next = await bench.reopen()
      await next.check()
      await expect(store.check()).rejects.toThrow()
    })

    test('[ST1] the clock never goes back', () => {
      const readings = Array.from({ length: 1000 }, () => store.now())
      expect(readings).toStrictEqual(readings.toSorted((a, b) => a - b))
    })

    test('[ST2] close finishes what was begun; what is asked afterwards is rejected', async () => {
      const begun = [store.rooms.append('402817', 0, events(0, 9)), store.shelf.put('key', 'value', null)]
      const reopened = bench.reopen()
      await Promise.all(begun)
      const next = await reopened
      expect(await next.rooms.read('402817', 0)).toHaveLength(9)
      expect(await next.shelf.get('key')).toBe('value')
      await expect(store.rooms.append('402817', 9, events(9, 1))).rejects.toThrow()
      await expect(store.rooms.read('402817', 0)).rejects.toThrow()
      await expect(store.rooms.erase('402817')).rejects.toThrow()
      await expect(store.shelf.put('key', 'late', null)).rejects.toThrow()
      await expect(store.shelf.putIfAbsent('key', 'late')).rejects.toThrow()
      await expect(store.shelf.delete('key')).rejects.toThrow()
      await expect(store.shelf.get('key')).rejects.toThrow()
      await expect(store.shelf.gather('set', ['late'], null)).rejects.toThrow()
      await expect(store.shelf.gathered('set')).rejects.toThrow()
      await expect(store.shelf.count('counters', { late: 1 })).rejects.toThrow()
      await expect(store.shelf.counts('counters')).rejects.toThrow()
      await expect(store.shelf.renew('key', 5000)).rejects.toThrow()
      expect(await next.shelf.get('key')).toBe('value')
    })
  })
}

const pair = (writer: number, nth: number) => events(writer * 1000 + nth * 2, 2)

/** Appends ten pairs of events, whatever others do meanwhile. @returns the versions at which they went in */
async function writeTen(store: Store, writer: number): Promise<number[]> {
  const wins: number[] = []
  let version = 0
  while (wins.length < 10) {
    const outcome = await store.rooms.append('402817', version, pair(writer, wins.length))
    if (outcome === 'appended') wins.push(version)
    version += (await store.rooms.read('402817', version)).length
  }
  return wins
}

export interface Heard {
  commits: Appended[]
  /** Resolves when the log is known to be this long. */
  until(version: number): Promise<void>
  /** Resolves when so many commits were told. */
  tells(count: number): Promise<void>
  leave: () => void
}

export async function listen(store: Store, pin: string, then = () => {}): Promise<Heard> {
  const commits: Appended[] = []
  let news = () => {}
  const leave = await store.rooms.follow(pin, (commit) => {
    commits.push(commit)
    then()
    news()
  })
  const version = () => {
    const last = commits.at(-1)
    return last ? last.from + last.events.length : 0
  }
  return {
    commits,
    leave,
    async until(wanted) {
      while (version() < wanted) await new Promise<void>((resolve) => (news = resolve))
    },
    async tells(count) {
      while (commits.length < count) await new Promise<void>((resolve) => (news = resolve))
    },
  }
}

export interface Overheard {
  messages: unknown[]
  /** Resolves when so many were heard. */
  until(count: number): Promise<void>
  leave: () => void
}

export async function overhear(store: Store, pin: string): Promise<Overheard> {
  const messages: unknown[] = []
  let news = () => {}
  const leave = await store.signals.hear(pin, (message) => {
    messages.push(message)
    news()
  })
  return {
    messages,
    leave,
    async until(count) {
      while (messages.length < count) await new Promise<void>((resolve) => (news = resolve))
    },
  }
}
