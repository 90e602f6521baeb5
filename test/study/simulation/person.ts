import type { Ms, QuestionId } from '@knopka/shared/ids'
import { seededRandom, type Random } from '@knopka/shared/random'
import { dayMs, ratings, type Rating } from '@knopka/shared/study'
import { default_w, fsrs, type FSRS } from 'ts-fsrs'

type Shares = readonly (readonly [share: number, rating: Rating])[]

/** How people rate what they see for the first time: some of it they know from elsewhere. */
const atFirst: Shares = [
  [0.3, 'again'],
  [0.2, 'hard'],
  [0.35, 'good'],
  [0.15, 'easy'],
]

/** How people rate what they still know. */
const whenKnown: Shares = [
  [0.15, 'hard'],
  [0.7, 'good'],
  [0.15, 'easy'],
]

interface Trace {
  stability: number
  difficulty: number
  at: Ms
}

/** Somebody who forgets as FSRS says, but by figures of their own that no scheduler knows. */
export class Person {
  readonly #memory: FSRS
  readonly #random: Random
  readonly #traces = new Map<QuestionId, Trace>()

  /** @param noise how far each figure is from that of most people: 0.1 for about a tenth */
  constructor(seed: string, noise: number) {
    this.#random = seededRandom(seed)
    const w = default_w.map((figure) => figure * Math.exp(noise * this.#normal()))
    this.#memory = fsrs({ w, enable_fuzz: false, learning_steps: [], relearning_steps: [] })
  }

  /** What they say of a question after they have tried to answer it; `known` is null at first sight. */
  answer(question: QuestionId, at: Ms): { known: boolean | null; rating: Rating } {
    const trace = this.#traces.get(question)
    const days = trace ? (at - trace.at) / dayMs : 0
    const known = trace ? this.#random() < this.#memory.forgetting_curve(days, trace.stability) : null
    const rating = known === false ? 'again' : this.#oneOf(known ? whenKnown : atFirst)
    const next = this.#memory.next_state(trace ?? null, days, ratings.indexOf(rating) + 1)
    this.#traces.set(question, { ...next, at })
    return { known, rating }
  }

  #oneOf(shares: Shares): Rating {
    let left = this.#random()
    for (const [share, rating] of shares) if ((left -= share) < 0) return rating
    return 'good'
  }

  /** @see G. E. P. Box and M. E. Muller, "A note on the generation of random normal deviates", 1958 */
  #normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.#random())) * Math.cos(2 * Math.PI * this.#random())
  }
}
