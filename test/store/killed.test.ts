import { expect, test } from 'vitest'
import { openEmbeddedStore } from '@knopka/server/store/embedded'
import { events, roomTtlMs } from './contract.ts'
import { freshFolder } from './folder.ts'
import { Appender } from './process.ts'

const pins = ['100001', '100002', '100003', '100004', '100005', '100006', '100007', '100008']
/** Lines to wait for in each round before the process is killed: not at a round number of anything. */
const rounds = [7, 153, 401, 37, 613]

test('[RS4] a process is killed while it writes: what it acknowledged is there, and no half of a commit', async () => {
  const folder = freshFolder()
  let total = 0
  for (const lines of rounds) {
    const acknowledged = await runAndKill(folder, lines)
    const store = await openEmbeddedStore({ folder, roomTtlMs })
    for (const pin of pins) {
      const log = await store.rooms.read(pin, 0)
      expect(log.length).toBeGreaterThanOrEqual(acknowledged.get(pin) ?? 0)
      expect(log.length % 2).toBe(0)
      expect(log).toStrictEqual(events(0, log.length))
    }
    await store.close()
    total += acknowledged.size
  }
  expect(total).toBeGreaterThan(pins.length)
}, 120_000)

/** @returns the last version of each room that was acknowledged before the end */
async function runAndKill(folder: string, lines: number): Promise<Map<string, number>> {
  const appender = new Appender(folder, pins)
  await appender.said(1 + lines)
  await appender.kill()
  const acknowledged = appender.lines.slice(1).map((line) => line.split(' ') as [string, string])
  return new Map(acknowledged.map(([pin, version]) => [pin, Number(version)]))
}
