import { presets } from '@knopka/shared/fair'
import type { Ms } from '@knopka/shared/ids'
import { seededRandom } from '@knopka/shared/random'
import { between } from './chance.ts'
import { probeAt } from './phone.ts'
import { playersOf, type Evening } from './room.ts'
import { truthOf, type Round } from './scorer.ts'

/** The same people on the same links where whoever's press arrives first wins, and the light is sent to all at once. */
export function playByArrival(evening: Evening): Round[] {
  const players = playersOf(evening)
  const { truth } = presets[evening.setting]
  const host = seededRandom(`${evening.seed} host`)
  let now = 2000
  return Array.from({ length: evening.rounds }, () => {
    now += between(host, [7000, 9000])
    const opensAt = now
    const arrivals = players.map(() => Infinity)
    const reactions = players.map(({ phone }, index) => {
      const reactsInMs = phone.hearLight({ lightAt: -Infinity, opensAt, truth }, probeAt(opensAt))
      phone.send(Infinity, ({ kind }, cameAt) => {
        // What comes before the light is too early here as well, and costs nothing.
        if (kind === 'press' && cameAt >= opensAt) arrivals[index] = Math.min(arrivals[index] as Ms, cameAt)
      })
      return reactsInMs
    })
    return roundOf(
      arrivals,
      reactions,
      players.map(({ phone }) => phone.kind),
    )
  })
}

function roundOf(arrivals: readonly Ms[], reactions: readonly (Ms | null)[], classes: readonly string[]): Round {
  const first = Math.min(...arrivals)
  const winner = first === Infinity ? null : arrivals.indexOf(first)
  return { ...truthOf(reactions), winner, classes, delayMs: 0, leadMs: 0 }
}
