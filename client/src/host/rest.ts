import type { RoundSettings } from '@knopka/shared/contracts'
import type { PickedRound } from '@knopka/shared/bank'
import type { RoomState } from '@knopka/shared/game'
import { drawn, faultOf, type Fault } from '../ui/round-setup.ts'
import type { Tree } from '../ui/tree.ts'
import { roundsText } from './rounds-text.ts'

/** As many as the server takes. */
export const mostRounds = 20

/** How many rounds can be no others any more: in the lobby, all of them can. */
export const keptOf = ({ phase, round }: RoomState): number => (phase === 'lobby' ? 0 : round)

/** The rounds to come, as they were set up. */
export const restOf = (state: RoomState): RoundSettings[] => (state.secret.programme ?? []).slice(keptOf(state))

/** Of all the room has for them, by the number of questions that were really drawn. */
export const drawnCount = ({ rounds }: RoomState, number: number, { count }: RoundSettings): number =>
  Math.min(count, rounds[number - 1]?.count ?? count)

/**
 * What these rounds would have behind the first `kept`, as the server draws them; which questions come before others
 * it alone knows, so where rounds share sections it may be one more or less.
 */
export function drawnRest(
  tree: Tree,
  { rounds, secret }: RoomState,
  kept: number,
  rest: RoundSettings[],
  missed: string[],
): PickedRound[] {
  const { seed = '', plan = [] } = secret
  const own = rounds.slice(0, kept).reduce((sum, { count }) => sum + count, 0)
  return drawn(tree, { rounds: rest, seed }, {}, { asked: plan.slice(0, own), missed }, kept + 1)
}

/** Why the host cannot have this round. @param picked `null` where the bank is not at hand */
export function whyNotPlay(tree: Tree | null, round: RoundSettings, picked: PickedRound | null): Fault | null {
  if (round.missed) return null
  if (tree && picked) return faultOf(tree, round, picked)
  return round.sections.length === 0 ? { code: 'no-sections' } : null
}

export const likeIt = (round: RoundSettings): RoundSettings => ({ ...round, title: null })

/** A round of tonight's questions that nobody has answered right, under the rules of another; they ask for no number. */
export const missedRound = ({ rules, order }: RoundSettings, count: number): RoundSettings => ({
  title: roundsText().missedTitle,
  sections: [],
  missed: true,
  count,
  order,
  rules: { ...rules, typing: rules.typing?.kind === 'number' ? null : (rules.typing ?? null) },
})

/** @param by −1 for one place earlier, 1 for one later; beyond the ends nothing moves */
export function moved<Item>(items: Item[], index: number, by: number): Item[] {
  const item = items[index]
  const to = index + by
  return item === undefined || to < 0 || to >= items.length ? items : items.toSpliced(index, 1).toSpliced(to, 0, item)
}
