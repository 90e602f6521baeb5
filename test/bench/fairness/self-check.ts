import type { Ms } from '@knopka/shared/ids'
import { countRight } from '../simulation/scorer.ts'
import { ownCells } from './cells.ts'
import { playCells, type Result } from './lane.ts'
import { timerMostMs } from './rows.ts'

/** What the bench finds where links add nothing: then nothing is wrong but the bench, or the machine is too busy. */
export interface SelfCheck {
  lanes: number
  links: number
  rounds: number
  /** Percent right, of the gaps from 5 ms on. */
  right: number
  timerP99: Ms
}

const rightLeast = 99.5
const gapLeastMs = 5
const roundsPerLane = 500
const players = 4

/** As many rooms at once as the cells will have, on links without a delay. */
export async function selfCheck(lanes: number, links: number, seed: string): Promise<SelfCheck> {
  const cells = Array.from({ length: lanes }, (_, lane) =>
    ownCells({ mix: 'none', players, truth: 'voice' }, { seed: `${seed} check ${lane}`, rounds: roundsPerLane }),
  ).flat()
  const results: Result[] = []
  await playCells(cells, { lanes, links, played: () => {}, done: (result) => results.push(result) })
  const { hits, all } = countRight(
    results.flatMap(({ rooms }) => rooms.flat()),
    gapLeastMs,
    Infinity,
  )
  const right = (100 * hits) / all
  const timerP99 = Math.max(...results.map(({ errors }) => errors.percentile(0.99)))
  return { lanes, links, rounds: all, right, timerP99 }
}

/** Why nothing that is measured so can be believed. */
export function whyNotPassed({ right, timerP99 }: SelfCheck): string | null {
  if (timerP99 >= timerMostMs)
    return `In the self-check timers were ${timerP99} ms off (p99), and may be ${timerMostMs} at most`
  return right >= rightLeast
    ? null
    : `In the self-check ${right.toFixed(2)} % were right without a delay, ${rightLeast} needed`
}

/** The most lanes that pass; where none does, one. */
export async function findLanes(
  most: number,
  links: number,
  seed: string,
  say: (text: string) => void,
): Promise<SelfCheck> {
  for (let lanes = most; ; lanes--) {
    say(`self-check with ${lanes} ${lanes === 1 ? 'lane' : 'lanes'} of ${links} links`)
    const check = await selfCheck(lanes, links, seed)
    say(`self-check: ${check.right.toFixed(2)} % right, timers ${check.timerP99} ms off (p99)`)
    if (whyNotPassed(check) === null || lanes === 1) return check
  }
}
