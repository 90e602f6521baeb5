import { setTimeout } from 'node:timers/promises'
import { Busy } from '../busy.ts'
import { median, percentile } from '../figures.ts'
import type { Place } from '../game.ts'
import { Hall } from '../hall.ts'
import { cpuMs } from '../proc.ts'
import { embedded, redis, type Scenario } from '../scenario.ts'

const withinMs = 1000
const questions = 3
const deadlineMs = 60_000

/** S5: everyone chooses an option, each at some instant of one second, but for one, whose answer would end it. */
export const burst: Scenario = {
  id: 'S5',
  counts: 'players',
  setups: [embedded, redis],
  sizes: () => [1000],
  rounds: () => 3,
  figures: {
    ack: { what: 'answer to its acknowledgement', metric: 'p50', unit: 'ms' },
    worst: { what: 'answer to its acknowledgement', metric: 'p99', unit: 'ms' },
    cpu: { what: 'server, per 10,000 answers', metric: 'cpu', unit: 'ms' },
  },
  measure: async (place, n) => {
    const hall = await Hall.open(place, n + 1, 0, 'choices')
    const busy = new Busy()
    await answerAll(place, hall, new Busy())
    const bursts: Burst[] = []
    while (bursts.length < questions) bursts.push(await answerAll(place, hall, busy))
    const took = bursts.flatMap(({ took }) => took)
    const cpu = (median(bursts.map(({ cpu }) => cpu)) / n) * 10_000
    const figures = { ack: median(took), worst: percentile(took, 0.99), cpu }
    return { figures, sizes: hall.sizes, busy: busy.share }
  },
}

interface Burst {
  took: number[]
  cpu: number
}

/** Counted until the host has heard of all answers. */
async function answerAll({ pids }: Place, hall: Hall, busy: Busy): Promise<Burst> {
  await hall.ready()
  const told = allTold(hall)
  const cpu = cpuMs(pids)
  const relax = busy.watch()
  const took = await Promise.all(
    hall.phones.slice(1).map(async (phone) => {
      await setTimeout(Math.random() * withinMs)
      const saidAt = performance.now()
      await hall.game.answer(phone)
      return performance.now() - saidAt
    }),
  )
  relax()
  await told
  const spent = cpuMs(pids) - cpu
  await hall.close()
  return { took, cpu: spent }
}

/** A commit may tell the host of many at once. */
function allTold(hall: Hall): Promise<void> {
  const word = Buffer.from('"chosen"')
  let left = hall.phones.length - 1
  return new Promise((resolve, reject) => {
    const late = setTimeout(deadlineMs, undefined, { ref: false })
    void late.then(() => reject(new Error(`The host did not hear of ${left} answers`)))
    hall.onHost = (frame) => {
      for (let at = frame.indexOf(word); at >= 0; at = frame.indexOf(word, at + 1)) left--
      if (left <= 0) resolve()
    }
  })
}
