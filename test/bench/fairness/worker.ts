import type { Round } from '../simulation/scorer.ts'
import { Alarms } from './alarms.ts'
import type { Job } from './plan.ts'
import { playRoom } from './room.ts'

/** What one process has seen. */
export interface Played {
  /** In the order of the job's rooms. */
  rooms: Round[][]
  /** How far its timers were off, by steps. */
  errors: number[]
}

process.once('disconnect', () => process.exit(1))
process.once('message', (job: Job) => {
  playAll(job).catch((fault: unknown) => {
    process.stderr.write(`${fault instanceof Error ? fault.stack : String(fault)}\n`)
    process.exit(1)
  })
})

/** Tells after every room how many rounds it had, and at the end of all. */
async function playAll(job: Job): Promise<void> {
  const alarms = new Alarms()
  const rooms: Round[][] = []
  let next = 0
  const play = async () => {
    while (next < job.rooms.length) {
      const index = next++
      const plan = job.rooms[index]
      if (!plan) return
      rooms[index] = await playRoom(plan, job, job.index * 10_000 + index, alarms)
      process.send?.(rooms[index].length)
    }
  }
  await Promise.all(Array.from({ length: job.roomsAtOnce }, play))
  const played: Played = { rooms, errors: Array.from(alarms.errors.counts, (count) => count ?? 0) }
  process.send?.(played)
}
