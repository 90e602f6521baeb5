import type { Ms } from '@knopka/shared/ids'

/** This process's reading of the monotonic clock that all processes of a machine share. */
export const now = (): Ms => Number(process.hrtime.bigint()) / 1e6

/** Less than this is not worth a timer, which counts whole milliseconds: what is due so soon is done at once. */
const soonMs = 0.5

/** Does things when they are due, as well as Node's timers can, and notes how well that was. */
export class Alarms {
  /** How far from its instant each thing was done. */
  readonly errors = new Errors()

  /** Not more than a millisecond too soon; at once if `instant` has passed. */
  at(instant: Ms, act: () => void): void {
    const from = now()
    if (instant - from < soonMs) return this.#do(instant, act)
    // Timers ring when the clock has come to a whole millisecond, and a little later: what is asked for is the one before.
    setTimeout(() => this.#do(instant, act), Math.floor(instant) - Math.floor(from))
  }

  until(instant: Ms): Promise<void> {
    return new Promise((resolve) => this.at(instant, resolve))
  }

  #do(instant: Ms, act: () => void): void {
    this.errors.add(now() - instant)
    act()
  }
}

/** Things that are done one after another, each when it is due: none overtakes another. */
export class Line {
  readonly #alarms: Alarms
  #waiting: { due: Ms; act: () => void }[] = []
  #lastDue: Ms = -Infinity
  #isArmed = false

  constructor(alarms: Alarms) {
    this.#alarms = alarms
  }

  put(due: Ms, act: () => void): void {
    this.#lastDue = Math.max(this.#lastDue, due)
    this.#waiting.push({ due: this.#lastDue, act })
    this.#arm()
  }

  #arm(): void {
    const [next] = this.#waiting
    if (this.#isArmed || !next) return
    this.#isArmed = true
    this.#alarms.at(next.due, () => {
      this.#isArmed = false
      this.#waiting.shift()
      next.act()
      this.#arm()
    })
  }
}

const stepsPerMs = 20
const mostMs = 200

/** A distribution of errors in steps of 0.05 ms: any number of them takes the same room. */
export class Errors {
  readonly counts: number[] = Array.from({ length: mostMs * stepsPerMs + 1 }, () => 0)

  /** Too early is as wrong as too late. */
  add(errorMs: Ms): void {
    this.#count(Math.min(mostMs * stepsPerMs, Math.floor(Math.abs(errorMs) * stepsPerMs)), 1)
  }

  join(counts: readonly number[]): void {
    counts.forEach((count, step) => this.#count(step, count))
  }

  forget(): void {
    this.counts.fill(0)
  }

  /** The upper end of the step in which this share of the errors is reached; 0 of none. */
  percentile(share: number): Ms {
    const all = this.counts.reduce((sum, count) => sum + count, 0)
    let reached = 0
    const step = this.counts.findIndex((count) => (reached += count) >= share * all)
    return all === 0 ? 0 : (step + 1) / stepsPerMs
  }

  #count(step: number, more: number): void {
    this.counts[step] = (this.counts[step] ?? 0) + more
  }
}
