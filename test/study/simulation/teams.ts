import { readFileSync } from 'node:fs'
import { parseBank } from '@knopka/shared/bank'
import { season, type Plan, type Season } from './season.ts'

const file = new URL('../../../content/backend_interview_python.md', import.meta.url)
const pool = [...parseBank('backend_interview_python', readFileSync(file)).bank.questions.keys()]

/** Five people over 90 days on the real bank, 40 questions on Mondays, Wednesdays and Fridays. */
export const usual: Omit<Plan, 'seed'> = {
  pool,
  newPercent: 20,
  noise: 0.1,
  people: 5,
  days: 90,
  sessionDays: [0, 2, 4],
  questionsInSession: 40,
}

const names = ['team 1', 'team 2', 'team 3', 'team 4']

export const teams = (): Season[] => names.map((seed) => season({ ...usual, seed }))
