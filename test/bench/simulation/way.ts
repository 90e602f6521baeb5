import type { Ms } from '@knopka/shared/ids'
import type { Random } from '@knopka/shared/random'
import { between, exponential, pareto } from './chance.ts'

export interface WayKind {
  baseMs: readonly [least: Ms, most: Ms]
  jitterMs: Ms
  /** The share of messages that are much later than the rest. */
  tailShare: number
}

export interface Trouble {
  from: Ms
  to: Ms
  addedMs?: Ms
}

const tail = { leastMs: 20, shape: 1.5, mostMs: 500 }

/** One direction of a link: base delay, jitter, queues and stalls; as on TCP, nothing overtakes. */
export class Way {
  readonly baseMs: Ms
  readonly #kind: WayKind
  readonly #stalls: readonly Trouble[]
  readonly #queues: readonly Trouble[]
  readonly #random: Random
  #stall = 0
  #queue = 0
  #lastAt = -Infinity

  /** @param stalls and `queues` in order of time */
  constructor(kind: WayKind, stalls: readonly Trouble[], queues: readonly Trouble[], random: Random) {
    this.#kind = kind
    this.#stalls = stalls
    this.#queues = queues
    this.#random = random
    this.baseMs = between(random, kind.baseMs)
  }

  /** When a message comes out that goes in at `sentAt`; to be asked in order of time. */
  carry(sentAt: Ms): Ms {
    const { jitterMs, tailShare } = this.#kind
    const leavesAt = this.#afterStall(sentAt)
    let delayMs = this.baseMs + exponential(this.#random, jitterMs) + this.#queueAt(leavesAt)
    if (this.#random() < tailShare) delayMs += pareto(this.#random, tail.leastMs, tail.shape, tail.mostMs)
    this.#lastAt = Math.max(this.#lastAt, leavesAt + delayMs)
    return this.#lastAt
  }

  #afterStall(at: Ms): Ms {
    while ((this.#stalls[this.#stall]?.to ?? Infinity) <= at) this.#stall++
    const stall = this.#stalls[this.#stall]
    return stall && stall.from <= at ? stall.to : at
  }

  /** A queue swells and drains again. */
  #queueAt(at: Ms): Ms {
    while ((this.#queues[this.#queue]?.to ?? Infinity) <= at) this.#queue++
    const queue = this.#queues[this.#queue]
    if (!queue || queue.from > at) return 0
    return (queue.addedMs ?? 0) * Math.sin((Math.PI * (at - queue.from)) / (queue.to - queue.from))
  }
}
