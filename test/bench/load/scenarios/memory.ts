import { setTimeout } from 'node:timers/promises'
import type { Place } from '../game.ts'
import { Hall } from '../hall.ts'
import { rssBytes } from '../proc.ts'
import { embedded, type Measured, type Scenario } from '../scenario.ts'

/** Not all goes at once: what a first one finds dead may have kept other things alive. */
const collections = 5
const betweenMs = 1000
/** Links are remembered for a minute: after it a phone takes as much as it ever will. */
const filledMs = 55_000
const begunMs = 5000
/** With more phones a question that is being read keeps one core from anything else. */
const mostAtTable = 1000

/** S4: what a connected player costs in resident memory, after forced collections. */
export const memory: Scenario = {
  id: 'S4',
  counts: 'players',
  setups: [embedded],
  sizes: (quick) => (quick ? [1000] : [1000, 5000]),
  rounds: () => 3,
  collects: true,
  figures: {
    lobby: { what: 'memory per player, waiting', metric: 'memory', unit: 'KB' },
    table: { what: 'memory per player, a question on the table', metric: 'memory', unit: 'KB' },
  },
  measure: weigh,
}

async function weigh(place: Place, n: number, quick: boolean): Promise<Measured> {
  const hall = await Hall.open(place, 0)
  const before = await collected(place)
  const perPlayer = async () => ((await collected(place)) - before) / n / 1024
  await hall.join(n)
  // On a floor nothing grows once everyone is in, and nothing else is on the table.
  const isFloor = place.kind !== 'ours'
  const waitMs = quick || isFloor ? begunMs : filledMs
  await setTimeout(waitMs)
  const lobby = await perPlayer()
  const done = (table: number): Measured => ({ figures: { lobby, table }, sizes: hall.sizes, busy: 0 })
  if (isFloor) return done(lobby)
  if (quick || n > mostAtTable) return { ...done(0), figures: { lobby } }
  await hall.until('questionAsked', () => hall.game.ask())
  await setTimeout(waitMs)
  return done(await perPlayer())
}

/** @returns resident bytes once what can be freed is freed */
async function collected({ pids }: Place): Promise<number> {
  for (let done = 0; done < collections; done++) {
    for (const pid of pids) process.kill(pid, 'SIGUSR2')
    await setTimeout(betweenMs)
  }
  return rssBytes(pids)
}
