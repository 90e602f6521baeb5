import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { parseBank } from '@knopka/shared/bank'
import { seededRandom } from '@knopka/shared/random'
import {
  cardsOf,
  dayMs,
  mapOf,
  nextQuestion,
  ratings,
  teamMap,
  whatIsLeft,
  type Rating,
  type Review,
} from '@knopka/shared/study'
import { root } from '../support/server.ts'
import { median, medianRatio } from './load/figures.ts'
import { whereItRan } from './load/where.ts'

interface Row {
  what: string
  ms: number
  /** How many times as long as a plain sort of the same cards takes, each round against the sort beside it. */
  toSort: number | null
}

const people = 5
const reviewCount = 100_000
const rounds = 101
/** A screen that waits longer than this for its next question is slow. */
const mostMs = 50

const now = Date.UTC(2026, 2, 2, 17)
const { bank } = parseBank('bank', readFileSync(join(root, 'content/backend_interview_python.md')))
const pool = [...bank.questions.keys()]

const { json } = parseArgs({ options: { json: { type: 'string' } } }).values
const rows = measured()
process.stdout.write(table(rows))
if (json) writeFileSync(json, `${JSON.stringify({ ...whereItRan(), rows }, null, 2)}\n`)
process.exitCode = rows.some(({ ms, toSort }) => toSort !== null && ms > mostMs) ? 1 : 0

function measured(): Row[] {
  const team = Array.from({ length: people }, (_, index) => reviewsOf(`person ${index}`, reviewCount / people))
  const present = team.map((reviews, index) => ({ seat: `seat-${index}`, cards: cardsOf(reviews) }))
  const choosing = { present, pool, asked: new Set(pool.slice(0, 20)), newPercent: 20, seed: 'bench', now }
  const cards = present.flatMap(({ cards }) => [...cards.values()])
  const own = cardsOf(team.flat())
  const everyone = present.map(({ cards }) => cards)
  const sort = () => cards.toSorted((a, b) => a.stability - b.stability)
  return [
    {
      what: `plain sort of the ${cards.length} cards by stability`,
      ms: median(roundsOf(sort, sort).ours),
      toSort: null,
    },
    compared('choosing the next question', () => nextQuestion(choosing), sort),
    compared('what is left, and what is due next', () => whatIsLeft(choosing), sort),
    compared("one person's map", () => mapOf(bank.sections, own, now), sort),
    compared("the team's map", () => teamMap(bank.sections, everyone, now), sort),
    folded(team.flat()),
  ]
}

function compared(what: string, ours: () => unknown, sort: () => unknown): Row {
  const measured = roundsOf(ours, sort)
  return { what, ms: median(measured.ours), toSort: medianRatio(measured.ours, measured.sort) }
}

/** In turns, so that a slow moment of the machine is one of both. */
function roundsOf(ours: () => unknown, sort: () => unknown): { ours: number[]; sort: number[] } {
  const turns = Array.from({ length: rounds + 10 }, () => ({ ours: timeOf(ours), sort: timeOf(sort) })).slice(10)
  return { ours: turns.map(({ ours }) => ours), sort: turns.map(({ sort }) => sort) }
}

function folded(reviews: Review[]): Row {
  const times = Array.from({ length: 7 }, () => timeOf(() => cardsOf(reviews)))
  return { what: `the cards of ${reviews.length} reviews, once when somebody comes`, ms: median(times), toSort: null }
}

function timeOf(work: () => unknown): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

/** A year of them, over all questions but a few. */
function reviewsOf(seed: string, count: number): Review[] {
  const random = seededRandom(seed)
  const studied = pool.slice(0, -40)
  return Array.from({ length: count }, (_, turn) => ({
    id: `${seed}/${turn}`,
    question: studied[Math.floor(random() * studied.length)] as string,
    at: now - (1 - turn / count) * 365 * dayMs,
    rating: ratings[Math.floor(random() * ratings.length)] as Rating,
    revision: 0,
  }))
}

function table(rows: Row[]): string {
  const lines = rows.map(({ what, ms, toSort }) => [what, `${ms.toFixed(2)} ms`, toSort ? `${toSort.toFixed(2)}x` : ''])
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)))
  const padded = lines.map(([what = '', ...figures]) =>
    [what.padEnd(widths[0] ?? 0), ...figures.map((cell, at) => cell.padStart(widths[at + 1] ?? 0))]
      .join('  ')
      .trimEnd(),
  )
  const head = `${pool.length} questions, ${people} people, ${reviewCount} reviews; median of ${rounds} rounds, and how many sorts it takes`
  return [head, ...padded, ''].join('\n')
}
