import {
  askedOf,
  endOfRound,
  kindOfRound,
  roundOf,
  turnsOf,
  type Round,
  type RoomState,
  type RoundRules,
} from '@knopka/shared/game'
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

/** What a round is, in a few words each: how it is played, how long it is, what it gives. */
export function aboutRound(round: Round, rules: RoundRules): string[] {
  const { kinds, questions, themes } = roundsText()
  const { count, board } = round
  return [
    kinds[kindOfRound(round, rules)],
    board ? `${themes(board.columns.length)}, ${questions(count)}` : questions(count),
    ...clocksIn(round, rules),
    ...pointsIn(round, rules),
  ]
}

function clocksIn(round: Round, rules: RoundRules): string[] {
  const { seconds, press, answer, typing, choosing } = roundsText()
  if (rules.typing) return [`${typing} ${seconds(rules.typing.seconds)}`]
  const kind = kindOfRound(round, rules)
  const aloud = [`${press} ${seconds(rules.pressSeconds)}`, `${answer} ${seconds(rules.answerSeconds)}`]
  const chosen = [`${choosing} ${seconds(rules.choices?.seconds ?? null)}`]
  return [...(kind === 'choices' ? [] : aloud), ...(kind === 'choices' || kind === 'mixed' ? chosen : [])]
}

function pointsIn(round: Round, rules: RoundRules): string[] {
  const { scoring, choosingPoints, scorings, boardScorings } = roundsText()
  const kind = kindOfRound(round, rules)
  const aloud = (kind === 'board' ? boardScorings : scorings)[rules.scoring]
  if (!rules.choices || (kind !== 'choices' && kind !== 'mixed')) return [`${scoring}: ${aloud}`]
  const chosen = scorings[rules.choices.points]
  if (kind === 'choices') return [`${scoring}: ${chosen}`]
  return [`${scoring}: ${aloud}`, ...(chosen === aloud ? [] : [`${choosingPoints}: ${chosen}`])]
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
