import type { RoundSettings } from '@knopka/shared/contracts'
import type { RoomState } from '@knopka/shared/game'
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
