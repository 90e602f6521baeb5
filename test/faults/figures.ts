import { appendFileSync } from 'node:fs'
import type { Balance } from '../support/ledger.ts'

/** What one kind of fault did, and what was left of the evening after it. */
export interface Figures {
  fault: string
  /** How often it struck. */
  kills: number
  events: number
  acknowledged: number
  lost: number
  doubled: number
  replicas: number
}

/** Adds a line of JSON to the file that KNOPKA_FIGURES names, if it names one. */
export function report(fault: string, kills: number, ...balances: Balance[]): void {
  const file = process.env.KNOPKA_FIGURES
  if (!file) return
  const sum = (count: 'events' | 'acknowledged' | 'lost' | 'doubled' | 'replicas') =>
    balances.reduce((sum, balance) => sum + balance[count], 0)
  const counts = { events: sum('events'), acknowledged: sum('acknowledged'), lost: sum('lost') }
  const figures: Figures = { fault, kills, ...counts, doubled: sum('doubled'), replicas: sum('replicas') }
  appendFileSync(file, `${JSON.stringify(figures)}\n`)
}
