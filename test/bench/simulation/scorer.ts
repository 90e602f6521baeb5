import type { Ms } from '@knopka/shared/ids'

/** One round as it truly was and as it was decided. Seats are numbers from 0. */
export interface Round {
  /** Who would have pressed first, second, ... if links did nothing to time. */
  truth: readonly number[]
  /** From the first to the second of `truth`; null if there is no second. */
  gapMs: Ms | null
  winner: number | null
  /** The link class of each seat. */
  classes: readonly string[]
  /** From the first press's arrival to the decision. */
  delayMs: Ms
  /** What of it the rules waited, where that is measured by itself. */
  waitedMs?: Ms
  /** Presses that a real server did not take. */
  refused?: number
  /** From the host's key to the light. */
  leadMs: Ms
}

/** Shares in percent, times in milliseconds. */
export interface Score {
  rounds: number
  right: number
  rightGe20: number
  right5to20: number
  rightGe50: number
  /** How far link classes lie apart in what they win beyond what they deserve, in points. */
  spread: number
  delayP50: Ms
  delayP99: Ms
  /** `NaN` where it is not measured by itself. */
  waitedP99: Ms
  refused: number
  leadP50: Ms
  leadMax: Ms
}

/** Who was truly first, second, ...: by the time since their own light, or since the one voice. */
export function truthOf(reactions: readonly (Ms | null)[]): Pick<Round, 'truth' | 'gapMs'> {
  const pressed = reactions.flatMap((ms, seat) => (ms === null ? [] : [{ ms, seat }])).sort((a, b) => a.ms - b.ms)
  const [one, two] = pressed
  return { truth: pressed.map(({ seat }) => seat), gapMs: one && two ? two.ms - one.ms : null }
}

/** Each number of the score by itself, of rounds that somebody won. */
const numbers: { [Key in keyof Score]: (rounds: readonly Round[]) => number } = {
  rounds: (rounds) => rounds.length,
  right: (rounds) => rightIn(rounds, 0, Infinity),
  rightGe20: (rounds) => rightIn(rounds, 20, Infinity),
  right5to20: (rounds) => rightIn(rounds, 5, 20),
  rightGe50: (rounds) => rightIn(rounds, 50, Infinity),
  spread: spreadOf,
  delayP50: (rounds) => at(delays(rounds), 0.5),
  delayP99: (rounds) => at(delays(rounds), 0.99),
  // Whole, as the timers are that end the waiting.
  waitedP99: (rounds) => Math.round(at(sorted(rounds.map(({ waitedMs = NaN }) => waitedMs)), 0.99)),
  refused: (rounds) => rounds.reduce((sum, { refused = 0 }) => sum + refused, 0),
  leadP50: (rounds) => at(leads(rounds), 0.5),
  leadMax: (rounds) => at(leads(rounds), 1),
}

/** Rounds that nobody won are left out; where only one pressed, there was nothing to get wrong. */
export function scoreOf(all: readonly Round[]): Score {
  const rounds = all.filter(isWon)
  const entries = Object.entries(numbers).map(([key, number]) => [key, number(rounds)] as const)
  return Object.fromEntries(entries) as Record<keyof Score, number>
}

/** One number of the score. */
export const numberOf = (key: keyof Score, all: readonly Round[]): number => numbers[key](all.filter(isWon))

const isWon = ({ winner, truth }: Round): boolean => winner !== null && truth.length > 0
const delays = (rounds: readonly Round[]) => sorted(rounds.map(({ delayMs }) => delayMs))
const leads = (rounds: readonly Round[]) => sorted(rounds.map(({ leadMs }) => leadMs))

/** How many points of win rate a seat takes by cheating: two runs of the same seeds, in one of them it is honest. */
export const cheatGain = (cheating: readonly Round[], honest: readonly Round[], seatOf: SeatOf): number =>
  winRate(cheating, seatOf) - winRate(honest, seatOf)

/** The cheat's seat in the n-th round. */
export type SeatOf = (index: number) => number

export function winRate(rounds: readonly Round[], seatOf: SeatOf): number {
  return percent(rounds.filter(({ winner }, index) => winner === seatOf(index)).length, rounds.length)
}

/** How many rounds whose true gap lies between were won by the true first. */
export function countRight(all: readonly Round[], leastMs: Ms, mostMs: Ms): { hits: number; all: number } {
  const counted = all.filter(
    ({ winner, gapMs }) => winner !== null && gapMs !== null && gapMs >= leastMs && gapMs < mostMs,
  )
  return { hits: counted.filter(({ winner, truth }) => winner === truth[0]).length, all: counted.length }
}

function rightIn(rounds: readonly Round[], leastMs: Ms, mostMs: Ms): number {
  const { hits, all } = countRight(rounds, leastMs, mostMs)
  return percent(hits, all)
}

function spreadOf(rounds: readonly Round[]): number {
  const surplus = new Map<string, number>()
  const add = (kind: string | undefined, wins: number) =>
    kind === undefined ? surplus : surplus.set(kind, (surplus.get(kind) ?? 0) + wins)
  for (const { classes, winner, truth } of rounds) {
    add(classes[winner ?? -1], 1)
    add(classes[truth[0] ?? -1], -1)
  }
  const points = [...surplus.values()].map((wins) => percent(wins, rounds.length))
  return points.length === 0 ? 0 : Math.max(...points) - Math.min(...points)
}

const sorted = (values: readonly number[]): Float64Array => Float64Array.from(values).sort()
const at = (values: Float64Array, share: number): number => values[Math.round(share * (values.length - 1))] ?? NaN
const percent = (part: number, whole: number): number => (100 * part) / whole
