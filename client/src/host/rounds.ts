import { askedOf, endOfRound, roundOf, turnsOf, type Round, type RoomState } from '@knopka/shared/game'
import type { RoundSettings, Rules } from '@knopka/shared/contracts'
import { roundsText } from './rounds-text.ts'

/** How many questions of the present round were asked, practice and tie-breaks among them. */
export function askedInRound(state: RoomState): number {
  const before = endOfRound(state) - (roundOf(state)?.count ?? 0)
  return Math.max(0, askedOf(state) - before)
}

/** How many questions are not asked any more, should the next round begin now. */
export const leftInRound = (state: RoomState): number => Math.max(0, endOfRound(state) - askedOf(state))

/** `Раунд 2 «Разминка»` */
export const roundName = (number: number, { title }: Pick<Round, 'title'>): string =>
  title ? roundsText().named(number, title) : roundsText().round(number)

type Kind = 'buzzer' | 'text' | 'number' | 'board'

export const kindOf = (rules: Pick<Rules, 'typing'>, isBoard: boolean): Kind =>
  isBoard ? 'board' : (rules.typing?.kind ?? 'buzzer')

/** What a round is, in a few words each: how it is played, how long it is, what it gives. */
export function aboutRound({ count, board }: Pick<Round, 'count' | 'board'>, rules: RoundSettings['rules']): string[] {
  const { kinds, questions, themes, seconds, scorings, boardScorings, scoring, press, answer, typing } = roundsText()
  const clocks = rules.typing
    ? [`${typing} ${seconds(rules.typing.seconds)}`]
    : [`${press} ${seconds(rules.pressSeconds)}`, `${answer} ${seconds(rules.answerSeconds)}`]
  return [
    kinds[kindOf(rules, board !== null)],
    board ? `${themes(board.columns.length)}, ${questions(count)}` : questions(count),
    ...clocks,
    `${scoring}: ${(board ? boardScorings : scorings)[rules.scoring]}`,
  ]
}

/** The numbers of the questions with which the rounds behind the first began, and which round it was. */
export function beginnings(state: RoomState): Map<number, number> {
  const firsts = new Map<number, number>()
  let round = 1
  for (const turn of turnsOf(state)) {
    if (turn.round > round) firsts.set(turn.turn, turn.round)
    round = turn.round
  }
  return firsts
}
