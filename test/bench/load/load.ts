import type { Place } from './game.ts'
import { scenarios } from './scenarios/index.ts'

/** The people, as a process of their own: measures one round of one scenario and answers with its figures. */
export interface Job {
  scenario: string
  place: Place
  n: number
  quick: boolean
}

process.once('disconnect', () => process.exit(1))
process.once('message', (job: Job) => {
  measure(job).catch((fault: unknown) => {
    process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`)
    process.exit(1)
  })
})

async function measure({ scenario: id, place, n, quick }: Job): Promise<void> {
  const scenario = scenarios.find((scenario) => scenario.id === id)
  process.send?.(await scenario?.measure(place, n, quick))
}
