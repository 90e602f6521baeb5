import type { Ms } from '@knopka/shared/ids'
import type { Random } from '@knopka/shared/random'
import { between, starts } from './chance.ts'
import { Way, type WayKind } from './way.ts'

export type LinkClass = 'none' | 'lan' | 'wifi' | 'lte' | 'far' | 'bloat'

interface LinkKind {
  down: WayKind
  up: WayKind
  /** Nothing moves for half a second to a second, on one way or on both. */
  stallsPerSecond: number
  /** Someone's download fills the buffer on the way to the phone, and everything on it is late for a while. */
  queuesPerSecond: number
}

const quiet = { stallsPerSecond: 0, queuesPerSecond: 0 }

/**
 * Delays of one way: `baseMs` is drawn once for a link, jitter for each message.
 * Bases, the jitter of Wi-Fi and LTE, LTE's tail and how often links stall or queue are given. What was left open is
 * fitted: the other jitter and tails so that arrival order is right as often, and decisions take as long, as is known
 * of the mixed and the home links; the queues so that the rules do as well on bad links as they did when they were
 * designed. So bad links tell whether the rules got worse, not how good they are.
 */
export const linkKinds: Record<LinkClass, LinkKind> = {
  none: { ...quiet, down: way([0, 0], 0), up: way([0, 0], 0) },
  lan: { ...quiet, down: way([0.5, 1.5], 0.1), up: way([0.5, 1.5], 0.2) },
  wifi: { ...quiet, down: way([5, 15], 2.5, 0.025), up: way([6, 18], 3.5, 0.025) },
  lte: { ...quiet, down: way([15, 40], 5, 0.05), up: way([22, 70], 9, 0.05), stallsPerSecond: 0.006 },
  far: { ...quiet, down: way([85, 140], 3, 0.025), up: way([90, 155], 4, 0.025) },
  bloat: { ...quiet, down: way([8, 20], 3, 0.025), up: way([10, 25], 4, 0.025), queuesPerSecond: 0.12 },
}

/** Who plays together: the classes take turns. */
export const mixes = {
  mixed: ['lan', 'wifi', 'lte', 'far'],
  home: ['wifi'],
  mobile: ['lte'],
  bad: ['wifi', 'lte', 'far', 'bloat'],
  none: ['none'],
} satisfies Record<string, LinkClass[]>

export type Mix = keyof typeof mixes

export interface Ways {
  down: Way
  up: Way
}

const queueAddsMs = [60, 250] as const
const queueLastsMs = [500, 2500] as const

/** One phone's link with all that will happen to it up to `endsAt`. */
export function drawLink(kind: LinkClass, random: Random, endsAt: Ms): Ways {
  const { down, up, stallsPerSecond, queuesPerSecond } = linkKinds[kind]
  const stalls = starts(random, stallsPerSecond, 0, endsAt).map((from) => ({
    from,
    to: from + between(random, [500, 1000]),
    ways: Math.floor(random() * 3),
  }))
  const queues = starts(random, queuesPerSecond, 0, endsAt).map((from) => ({
    from,
    to: from + between(random, queueLastsMs),
    addedMs: between(random, queueAddsMs),
  }))
  return {
    down: new Way(
      down,
      stalls.filter(({ ways }) => ways !== 0),
      queues,
      random,
    ),
    up: new Way(
      up,
      stalls.filter(({ ways }) => ways !== 1),
      [],
      random,
    ),
  }
}

function way(baseMs: readonly [Ms, Ms], jitterMs: Ms, tailShare = 0): WayKind {
  return { baseMs, jitterMs, tailShare }
}
