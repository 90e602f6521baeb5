import type { RoomSettings, RoundSettings, Rules } from '@knopka/shared/contracts'

/** An evening of one round, in the fewest words. */
export type OneRound = Omit<RoomSettings, 'rules' | 'rounds'> &
  Omit<RoundSettings, 'title' | 'rules'> & { rules: Rules }

/** As a server takes it; `rounds` are played after the first. */
export function eveningOf(
  { rules, sections, count, order, board, missed, ...evening }: OneRound,
  rounds: RoundSettings[] = [],
): RoomSettings {
  const { pressSeconds, answerSeconds, scoring, afterWrong, choices, typing, ...common } = rules
  const own = { pressSeconds, answerSeconds, scoring, afterWrong, choices, typing }
  return {
    ...evening,
    rules: common,
    rounds: [{ title: null, sections, count, order, board, missed, rules: own }, ...rounds],
  }
}
