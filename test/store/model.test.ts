import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import type { RoomEvent } from '@knopka/shared/game'
import { events, roomTtlMs, type Bench } from './contract.ts'
import { openBench } from './embedded-bench.ts'

/** The store as one would write it without a disk. */
class Model {
  now = 0
  logs = new Map<string, { events: RoomEvent[]; end: number }>()
  shelf = new Map<string, { value: unknown; end: number }>()

  read(pin: string, from: number): RoomEvent[] {
    const log = this.logs.get(pin)
    return log && this.now < log.end ? log.events.slice(from) : []
  }

  append(pin: string, expected: number, added: RoomEvent[]): 'appended' | 'conflict' {
    const known = this.read(pin, 0)
    if (known.length !== expected) return 'conflict'
    this.logs.set(pin, { events: [...known, ...added], end: this.now + roomTtlMs })
    return 'appended'
  }

  erase(pin: string): void {
    this.logs.delete(pin)
  }

  get(key: string): unknown {
    const kept = this.shelf.get(key)
    return kept && this.now < kept.end ? kept.value : null
  }

  put(key: string, value: unknown, ttlMs: number | null): void {
    this.shelf.set(key, { value, end: this.now + (ttlMs ?? Infinity) })
  }

  putIfAbsent(key: string, value: unknown): unknown {
    if (this.get(key) === null) this.put(key, value, null)
    return this.get(key)
  }
}

type Step =
  | { do: 'append'; pin: string; off: number; count: number }
  | { do: 'read'; pin: string; from: number }
  | { do: 'erase'; pin: string }
  | { do: 'pass'; ms: number }
  | { do: 'put'; key: string; value: unknown; ttlMs: number | null }
  | { do: 'putIfAbsent'; key: string; value: unknown }
  | { do: 'get' | 'delete'; key: string }
  | { do: 'reopen' }

const pin = fc.constantFrom('1', '2', '12')
const key = fc.constantFrom('a', 'b', 'ab')
// By way of text, as JSON has no -0; `null` stands for nothing.
const value = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)) ?? 0)
const ms = fc.constantFrom(1, roomTtlMs / 3, roomTtlMs - 1, roomTtlMs)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('append' as const),
      pin,
      // Mostly the version that is right.
      off: fc.constantFrom(0, 0, 0, 0, -2, -1, 1, 2),
      count: fc.constantFrom(1, 2, 120),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('read' as const), pin, from: fc.nat(200) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('erase' as const), pin }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), ms }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('put' as const), key, value, ttlMs: fc.option(ms) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('putIfAbsent' as const), key, value }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('get' as const, 'delete' as const), key }) },
  { weight: 1, arbitrary: fc.constant({ do: 'reopen' as const }) },
)

test('any sequence of steps does what a store in memory would do', async () => {
  const bench = await openBench({ roomTtlMs })
  onTestFinished(() => bench.end())
  let run = 0
  const law = fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
    // A name of its own for each run, as all runs share a store.
    const own = `run ${run++} `
    const model = new Model()
    for (const step of steps) await check(bench, model, own, step)
    for (const pin of ['1', '2', '12']) {
      expect(await bench.store.rooms.read(own + pin, 0)).toStrictEqual(model.read(pin, 0))
    }
  })
  await fc.assert(law, { numRuns: 80 })
}, 120_000)

async function check(bench: Bench, model: Model, own: string, step: Step): Promise<void> {
  const { rooms, shelf } = bench.store
  switch (step.do) {
    case 'append': {
      const expected = Math.max(0, model.read(step.pin, 0).length + step.off)
      const added = events(expected, step.count)
      const outcome = await rooms.append(own + step.pin, expected, added)
      return expect(outcome).toBe(model.append(step.pin, expected, added))
    }
    case 'read':
      return expect(await rooms.read(own + step.pin, step.from)).toStrictEqual(model.read(step.pin, step.from))
    case 'erase':
      model.erase(step.pin)
      return rooms.erase(own + step.pin)
    case 'put':
      model.put(step.key, step.value, step.ttlMs)
      return shelf.put(own + step.key, step.value, step.ttlMs)
    case 'putIfAbsent': {
      const stands = await shelf.putIfAbsent(own + step.key, step.value)
      return expect(stands).toEqual(model.putIfAbsent(step.key, step.value))
    }
    case 'get':
      return expect(await shelf.get(own + step.key)).toEqual(model.get(step.key))
    case 'delete':
      model.shelf.delete(step.key)
      return shelf.delete(own + step.key)
    case 'pass':
      model.now += step.ms
      return bench.pass(step.ms)
    case 'reopen':
      await bench.reopen()
  }
}
