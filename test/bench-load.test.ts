import { expect, test } from 'vitest'
import { median, medianRatio, percentile } from './bench/load/figures.ts'
import { answerFrame, askingFrame, eventFrame, paddedFrame, readBody, readFrame } from './bench/load/frames.ts'
import { readOptions } from './bench/load/options.ts'
import { rowsOf, rowsOfGrowth, type Rounds, type Row } from './bench/load/rows.ts'
import { embedded, redis, type Measured, type Scenario } from './bench/load/scenario.ts'
import { between, markdownTable, plainTable } from './bench/load/table.ts'
import { clientMessage, readMessages } from './bench/load/thin-socket.ts'

const frame = (text: string) => readFrame(Buffer.from(text))

test('a percentile is a value that was measured', () => {
  const values = [5, 1, 4, 2, 3]
  expect([0, 0.5, 0.99, 1].map((share) => percentile(values, share))).toEqual([1, 3, 5, 5])
  expect(percentile([], 0.5)).toBeNaN()
})

test('the median of an even count lies between its two middles', () => {
  expect([median([3]), median([1, 3]), median([9, 1, 2])]).toEqual([3, 2, 2])
})

test('a ratio compares each round with itself, so that a slow minute does not count', () => {
  expect(medianRatio([2, 200, 4], [1, 100, 1])).toBe(2)
})

test('frames are told apart by their heads', () => {
  expect(frame('0{"sid":"a"}')).toEqual({ kind: 'opened' })
  expect(frame('2')).toEqual({ kind: 'ping' })
  expect(frame('40{"sid":"b"}')).toEqual({ kind: 'joined' })
  expect(frame('44{"message":"no-room"}')).toEqual({ kind: 'refused' })
  expect(frame('6')).toEqual({ kind: 'other' })
  expect(frame('42["commit",{"from":2}]')).toEqual({ kind: 'event', id: '', name: 'commit' })
  expect(frame('4217["probe",{"nonce":1}]')).toEqual({ kind: 'event', id: '17', name: 'probe' })
  expect(frame('43205[{"ok":true}]')).toEqual({ kind: 'answer', id: 205 })
})

test('what a frame was made of is read from it', () => {
  expect(readBody(Buffer.from(eventFrame('commit', { from: 2 }, 'more')))).toEqual({ from: 2 })
  expect(readBody(Buffer.from(askingFrame(3, 'command', { type: 'end' })))).toEqual({ type: 'end' })
  expect(readBody(Buffer.from(answerFrame('7', 12.5)))).toBe(12.5)
})

test('a floor sends as many bytes as the product', () => {
  expect(Buffer.byteLength(paddedFrame('commit', 'buzzed', 400))).toBe(400)
  expect(readFrame(Buffer.from(paddedFrame('commit', 'buzzed', 400)))).toMatchObject({ name: 'commit' })
})

/** As a server sends it: not masked. */
function serverMessage(text: string, opcode = 1): Buffer {
  const data = Buffer.from(text)
  const long = Buffer.alloc(8)
  long.writeBigUInt64BE(BigInt(data.length))
  if (data.length < 126) return Buffer.concat([Buffer.from([128 | opcode, data.length]), data])
  if (data.length < 65_536) return Buffer.concat([Buffer.from([128 | opcode, 126]), long.subarray(6), data])
  return Buffer.concat([Buffer.from([128 | opcode, 127]), long, data])
}

const longTexts = ['', 'short', 'x'.repeat(125), 'y'.repeat(126), 'ы'.repeat(40_000)]

test('messages come out whole, however they are cut on the way', () => {
  const bytes = Buffer.concat(longTexts.map((text) => serverMessage(text)))
  for (const cut of [1, 7, 130, 4096]) {
    const came: string[] = []
    let rest: Buffer = Buffer.alloc(0)
    for (let at = 0; at < bytes.length; at += cut) {
      const read = readMessages(Buffer.concat([rest, bytes.subarray(at, at + cut)]))
      came.push(...read.messages.map(({ data }) => data.toString()))
      rest = read.rest
      if (cut === 1 && at > 1000) break
    }
    expect(came).toEqual(cut === 1 ? longTexts.slice(0, 4) : longTexts)
  }
})

test('a control ping is told from a text', () => {
  expect(readMessages(serverMessage('abcd', 9)).messages).toEqual([{ opcode: 9, data: Buffer.from('abcd') }])
})

test('a client masks what it sends, with zeros', () => {
  expect([...clientMessage(1, Buffer.from('hi'))]).toEqual([0x81, 0x82, 0, 0, 0, 0, 0x68, 0x69])
  expect([...clientMessage(1, Buffer.alloc(300)).subarray(0, 4)]).toEqual([0x81, 0xfe, 1, 44])
})

const scenario: Scenario = {
  id: 'S9',
  counts: 'players',
  setups: [embedded, redis],
  sizes: () => [10],
  rounds: () => 2,
  figures: {
    last: { what: 'press', metric: 'p50', unit: 'ms' },
    cpu: { what: 'server', metric: 'cpu', unit: 'ms' },
  },
  measure: () => Promise.reject(new Error('never run here')),
}

const measured = (last: number, cpu: number, busy = 0.2): Measured => ({
  figures: { last, cpu },
  sizes: { commitBytes: 1, welcomeBytes: 1 },
  busy,
})

const played = (n: number, { compares = false, wsBusy = 0.2 } = {}): Rounds => ({
  scenario: { ...scenario, compares },
  n,
  ours: [
    { setup: embedded, rounds: [measured(4, n), measured(8, n)] },
    { setup: redis, rounds: [measured(8, 5), measured(16, 5)] },
  ],
  ws: [measured(2, 5, wsBusy), measured(4, 5, wsBusy)],
  stock: [measured(4, 10), measured(8, 10)],
})

const rounds = (compares: boolean, wsBusy = 0.2) => rowsOf(played(10, { compares, wsBusy }))

test('each of our setups has a row a figure, beside both floors', () => {
  const rows = rounds(false)
  expect(rows).toHaveLength(4)
  expect(rows[0]).toMatchObject({ scenario: 'S9 press (embedded)', n: 10, metric: 'p50', value: 6, unit: 'ms' })
  expect(rows.map(({ ratioWs, ratioStock }) => [ratioWs, ratioStock])).toEqual([
    [2, 1],
    [2, 1],
    [4, 2],
    [1, 0.5],
  ])
})

test('two setups that are compared have a row of their own', () => {
  const rows: Row[] = rounds(true)
  expect(rows.slice(4)).toMatchObject([
    { scenario: 'S9 press (Redis : embedded)', value: 2, unit: 'x', ratioWs: null },
    { scenario: 'S9 server (Redis : embedded)', value: 0.5 },
  ])
})

test('a crowd is compared with a few, where both were there', () => {
  const growing: Scenario = { ...scenario, grows: { from: 10, to: 40, figures: ['cpu'] } }
  expect(rowsOfGrowth(growing, [played(10), played(20), played(40)])).toMatchObject([
    { scenario: 'S9 server (embedded, 40 : 10)', n: 40, value: 4, unit: 'x', ratioWs: null },
    { scenario: 'S9 server (Redis, 40 : 10)', value: 1 },
  ])
  expect(rowsOfGrowth(growing, [played(10), played(20)])).toEqual([])
  expect(rowsOfGrowth(scenario, [played(10), played(40)])).toEqual([])
})

test('what a saturated load measured is marked, except what the server itself used up', () => {
  const lines = plainTable(rounds(false, 0.95)).split('\n')
  expect(lines[1]).toMatch(/6\.00 ms +2\.00x ! +1\.00x$/)
  expect(lines[2]).toMatch(/10\.0 ms +2\.00x +1\.00x$/)
  expect(lines.join('\n')).toContain('! The load')
  expect(plainTable(rounds(false))).not.toContain('!')
})

test('the table stands between the marks of a page, and takes the place of the one before', () => {
  const table = markdownTable({ machine: { cores: 2 }, versions: { node: '20' }, rows: rounds(false) })
  expect(table).toContain('| S9 press (embedded) | 10 | p50 | 6.00 ms | 2.00x | 1.00x |')
  expect(table).toContain('cores 2, node 20.')
  const page = 'above\n<!-- bench -->\nold\n<!-- /bench -->\nbelow\n'
  const once = between(page, table, 'bench')
  expect(once).toBe(`above\n<!-- bench -->\n${table}\n<!-- /bench -->\nbelow\n`)
  expect(between(once, table, 'bench')).toBe(once)
  expect(() => between('no marks', table, 'bench')).toThrow('bench')
})

test('the command line names scenarios, sizes, rounds and stores that there are', () => {
  const read = (...args: string[]) => readOptions(args, [scenario])
  expect(read()).toMatchObject({ only: ['S9'], quick: false, rounds: null, sizes: null, stores: ['embedded', 'redis'] })
  expect(read('--only', 'S9', '--quick', '--rounds', '5', '--stores', 'redis')).toMatchObject({
    quick: true,
    rounds: 5,
    stores: ['redis'],
  })
  expect(read('--flags=--cpu-prof --cpu-prof-dir=/tmp/x').flags).toEqual(['--cpu-prof', '--cpu-prof-dir=/tmp/x'])
  expect(() => read('--only', 'S7')).toThrow('S7 is none of S9')
  expect(() => read('--rounds', '0')).toThrow('0 is no count')
})
