import { Busy } from '../busy.ts'
import type { Place } from '../game.ts'
import { Hall } from '../hall.ts'
import { embedded, redis, type Measured, type Scenario } from '../scenario.ts'

/** So many phones knock at the same time. */
const atOnce = 200
/** The first of them do not count, for a server that has just started is another one. */
const warmUps = 50

/** S3: everyone joins one room as fast as they can. One who is not let in ends the bench. */
export const join: Scenario = {
  id: 'S3',
  counts: 'players',
  setups: [embedded, redis],
  sizes: (quick) => (quick ? [1000] : [1000, 5000]),
  rounds: () => 3,
  figures: { joins: { what: 'players let in, each with a first look', metric: 'joins', unit: '/s' } },
  grows: { from: 1000, to: 5000, figures: ['joins'] },
  measure: storm,
}

async function storm(place: Place, n: number): Promise<Measured> {
  const hall = await Hall.open(place, warmUps)
  const busy = new Busy()
  const relax = busy.watch()
  const begunAt = performance.now()
  await hall.join(n - warmUps, atOnce)
  const seconds = (performance.now() - begunAt) / 1000
  relax()
  return { figures: { joins: (n - warmUps) / seconds }, sizes: hall.sizes, busy: busy.share }
}
