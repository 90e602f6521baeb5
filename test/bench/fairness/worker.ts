import { constants, setPriority } from 'node:os'
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

/** Phones do not wait for the server's processor. Who may not ask to go first does without: the timers tell. */
function goFirst(): void {
  try {
    setPriority(constants.priority.PRIORITY_HIGH)
  } catch {
    // Only an administrator may.
  }
}

/** Says 1 after every round, and at the end all that it saw. */
async function playAll(job: Job): Promise<void> {
  goFirst()
  const alarms = new Alarms()
  const played = () => process.send?.(1)
  let coming = job.rooms.length
  // While hundreds come in at once nobody presses: what timers are late by then changes nothing.
  const ready = () => void (--coming === 0 && alarms.errors.forget())
  const rooms = await Promise.all(job.rooms.map((plan, index) => playRoom({ plan, job, index, alarms, ready, played })))
  const answer: Played = { rooms, errors: alarms.errors.counts }
  process.send?.(answer)
}
