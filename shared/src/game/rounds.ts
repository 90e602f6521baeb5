import type { QuestionId, SeatId } from '../ids.ts'
import { seatNamed } from './ask.ts'
import type { Board, Member, Picker, RoomState, Round, RoundRules, Rules } from './state.ts'

/** How many questions of the plan were asked. */
export const askedOf = ({ turn }: RoomState): number => turn?.turn ?? 0

/** Where the questions of the present round end in the plan. */
export const endOfRound = ({ rounds, round }: RoomState): number =>
  rounds.slice(0, round).reduce((sum, { count }) => sum + count, 0)

export const roundOf = ({ rounds, round }: RoomState): Round | undefined => rounds[round - 1]

/** All rules that hold in a round of its own: what its set-up leaves out, it does not have from the round before. */
export const rulesIn = (rules: Rules, own: RoundRules): Rules => ({ ...rules, choices: null, typing: null, ...own })

/** How the questions of a round are played; `mixed`: by choosing where there are options, else by the buzzer. */
export type RoundKind = 'buzzer' | 'choices' | 'mixed' | 'text' | 'number' | 'board'

/** @param round where it does not say to how many questions there are options, there may be some */
export function kindOfRound(
  { count, options, board }: Pick<Round, 'count' | 'options'> & { board?: object | null | undefined },
  { choices, typing }: Pick<Rules, 'choices' | 'typing'>,
): RoundKind {
  if (board) return 'board'
  if (typing) return typing.kind
  if (!choices || options === 0) return 'buzzer'
  return options !== undefined && options >= count ? 'choices' : 'mixed'
}

/** How a round is set up to be played: by the buzzer, in writing, by guessing a number, or on a board. */
export const ways = ['buzzer', 'text', 'number', 'board'] as const
export type Way = (typeof ways)[number]

export interface RoundPlay {
  rules: RoundRules
  board?: object | null | undefined
}

export const wayOf = ({ board, rules }: RoundPlay): Way => (board ? 'board' : (rules.typing?.kind ?? 'buzzer'))

type Scoring = RoundRules['scoring']

/** The nearest guess wins and no other costs anything; what is typed or on a board has no place in a queue. */
const scorings: Record<Way, readonly Scoring[]> = {
  buzzer: ['plain', 'penalty', 'by-place'],
  text: ['plain', 'penalty'],
  number: ['plain'],
  board: ['plain', 'penalty'],
}

/** Which scorings fit the way in which a round is played. */
export const scoringsFor = (round: RoundPlay): readonly Scoring[] => scorings[wayOf(round)]

export const isScoringFit = (round: RoundPlay): boolean => scoringsFor(round).includes(round.rules.scoring)

/** The scoring of a round, or the plain one where that does not fit. */
export const fitScoring = (round: RoundPlay): Scoring => (isScoringFit(round) ? round.rules.scoring : 'plain')

/** The number that a board's final has among its cells. */
export const finalCell = ({ columns }: Board): number => columns.reduce((sum, { cells }) => sum + cells, 0)

/** What a cell is worth, by the row in which it stands. */
export function valueOf({ columns, step }: Board, cell: number): number {
  let row = cell
  for (const { cells } of columns) {
    if (row < cells) return (row + 1) * step
    row -= cells
  }
  return 0
}

/**
 * The next question of the plan; `undefined` when there is none, when it is for somebody to pick, or when this viewer
 * does not know it. One beside the plan (to break a tie, or to try the buttons) comes from what was drawn in reserve.
 */
export function nextQuestionId(state: RoomState, beside = false): QuestionId | undefined {
  const { total, secret } = state
  const planned =
    roundOf(state)?.board || askedOf(state) >= endOfRound(state) ? undefined : secret.plan?.[askedOf(state)]
  return beside ? (secret.plan?.[total] ?? planned) : planned
}

/**
 * Who picks the next cell: whoever was right last in this round and, before anyone was, nobody in particular. Nobody
 * loses the pick by a question that nobody knew.
 */
export function pickerOf({ turn, round }: RoomState): Member | null {
  if (turn?.round !== round) return null
  const right = turn.verdicts.findLast(({ verdict, late }) => verdict === 'right' && !late)
  return right ? { seat: right.seat, team: right.team ?? null } : (turn.worth?.picker ?? null)
}

/** The same, by name. @returns `null` also where this replica has not heard the name */
export function whoPicks(state: RoomState): Picker | null {
  const { turn } = state
  const picker = pickerOf(state)
  if (!picker) return null
  const isPicker = ({ seat }: { seat: SeatId }) => seat === picker.seat
  const asked = turn?.worth?.picker
  const who =
    seatNamed(state, picker.seat) ?? turn?.presses.findLast(isPicker) ?? (asked && isPicker(asked) ? asked : null)
  return who && { ...picker, number: who.number, name: who.name, hidden: who.hidden }
}
