import type { Round } from '../simulation/scorer.ts'
import { Alarms } from './alarms.ts'
import type { Job } from './plan.ts'
import { playRoom } from './room.ts'

/** What one process has seen. */
export interface Played {
  /** In the order of the job's rooms. */
  rooms: Round[][]
  /** How far its timers were off: how often by each step of {@link Errors}. */
  errors: number[]
}

process.once('disconnect', () => process.exit(1))
process.once('message', (job: Job) => {
  playAll(job).catch((fault: unknown) => {
    process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`)
    process.exit(1)
  })
})

/** Says 1 after every round, and at the end all that it saw. */
async function playAll(job: Job): Promise<void> {
  const alarms = new Alarms()
  const played = () => process.send?.(1)
  const rooms = await Promise.all(job.rooms.map((plan, index) => playRoom({ plan, job, index, alarms, played })))
  const answer: Played = { rooms, errors: alarms.errors.counts }
  process.send?.(answer)
}
