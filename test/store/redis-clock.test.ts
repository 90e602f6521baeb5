import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RedisClock } from '../../server/src/store/redis-clock.ts'

const epoch = 1_700_000_000_000

/** A node and a Redis whose clocks are moved by hand, and a way between them. */
class Bench {
  /** The node's monotonic clock. */
  here = 5000
  /** What Redis's clock is ahead of it. */
  offset = epoch
  /** How long a probe is on its way to Redis and back, one pair for each; the last one stays. */
  ways: [number, number][] = [[0.5, 0.5]]
  asked = 0
  clock = new RedisClock(
    () => this.#answer(),
    () => this.here,
  )

  pass(ms: number): number {
    this.here += ms
    return this.clock.now()
  }

  /** What the clock is ahead of Redis's. */
  get error(): number {
    return this.clock.now() - (this.here + this.offset)
  }

  #answer(): Promise<number> {
    const [there = 0, back = 0] = this.ways[Math.min(this.asked++, this.ways.length - 1)] ?? []
    this.here += there
    const time = this.here + this.offset
    this.here += back
    return Promise.resolve(time)
  }
}

async function started(ways?: [number, number][]): Promise<Bench> {
  const bench = new Bench()
  if (ways) bench.ways = ways
  await bench.clock.sync()
  return bench
}

test('the clock reads what Redis’s clock reads, whatever the node’s own one says', async () => {
  const bench = await started()
  expect(bench.asked).toBe(8)
  expect(bench.error).toBeCloseTo(0, 2)
  bench.pass(60_000)
  expect(bench.error).toBeCloseTo(0, 2)
})

test('of eight probes the one that was quickest decides', async () => {
  const slow: [number, number] = [1, 41]
  const bench = await started([slow, slow, slow, [0.3, 0.5], slow, slow, slow, slow])
  expect(bench.error).toBeCloseTo(-0.1, 2)
})

test('a small difference is made up for by 200 parts in a million at most, in both directions', async () => {
  for (const difference of [1, -1, 99, -99]) {
    const bench = await started()
    bench.offset += difference
    await bench.clock.sync()
    expect(bench.error).toBeCloseTo(-difference, 2)
    const from = bench.clock.now()
    bench.pass(2500)
    expect(bench.clock.now() - from).toBeCloseTo(2500 + Math.sign(difference) * 0.5, 2)
    bench.pass(1_000_000)
    expect(bench.error).toBeCloseTo(0, 2)
  }
})

test('it turns as far when it is read at every moment as when it is read once', async () => {
  const bench = await started()
  bench.offset += 50
  await bench.clock.sync()
  for (let reading = 0; reading < 100_000; reading++) bench.pass(0.1)
  expect(bench.error).toBeCloseTo(-48, 1)
})

test('a comparison in the middle of a turn goes on from where the clock is', async () => {
  const bench = await started()
  bench.offset += 4
  await bench.clock.sync()
  bench.pass(10_000)
  const before = bench.error
  expect(before).toBeCloseTo(-2, 1)
  await bench.clock.sync()
  expect(bench.error).toBeCloseTo(before, 1)
  bench.pass(10_000)
  expect(bench.error).toBeCloseTo(0, 1)
})

test('what is more than 100 ms ahead is jumped to', async () => {
  const bench = await started()
  bench.offset += 101
  await bench.clock.sync()
  expect(bench.error).toBeCloseTo(0, 2)
})

test('where Redis is more than 100 ms behind, time stands still until it fits', async () => {
  const bench = await started()
  bench.pass(1000)
  const stood = bench.clock.now()
  bench.offset -= 5000
  await bench.clock.sync()
  expect([bench.pass(1000), bench.pass(3000)]).toStrictEqual([stood, stood])
  bench.pass(2000)
  expect(bench.error).toBeCloseTo(0, 2)
})

test('while Redis does not answer the clock goes on as it did', async () => {
  let away = false
  let here = 0
  const answer = () => (away ? Promise.reject(new Error('away')) : Promise.resolve(epoch + here))
  const clock = new RedisClock(answer, () => here)
  await clock.sync()
  away = true
  await expect(clock.sync()).rejects.toThrow('away')
  here += 1234.5
  expect(clock.now()).toBeCloseTo(epoch + 1234.5, 2)
})

test('[ST1] it never goes back, whatever Redis’s clock does', async () => {
  const step = fc.record({
    pass: fc.double({ min: 0, max: 20_000, noNaN: true }),
    shift: fc.oneof(fc.constant(0), fc.double({ min: -1e6, max: 1e6, noNaN: true })),
    way: fc.tuple(fc.double({ min: 0, max: 50, noNaN: true }), fc.double({ min: 0, max: 50, noNaN: true })),
  })
  const law = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), async (steps) => {
    const bench = await started()
    const readings = [bench.clock.now()]
    for (const { pass, shift, way } of steps) {
      bench.offset += shift
      bench.ways = [way]
      await bench.clock.sync()
      readings.push(bench.clock.now(), bench.pass(pass))
    }
    expect(readings).toStrictEqual(readings.toSorted((a, b) => a - b))
  })
  await fc.assert(law)
})
