import {
  isBetweenRounds,
  kindOfRound,
  roundOf,
  whoPicks,
  type Mine,
  type Picker,
  type RoomState,
  type RoundKind,
  type Rules,
  type Team,
  type Turn,
} from '@knopka/shared/game'
import { gain, points } from '../lib/text/form.ts'
import { contenderOf } from '../ui/teams.ts'
import { columnOf, hasFreeCells, isFinalNext } from './board.ts'
import { boardText } from './board-text.ts'
import type { Caption } from '../ui/caption.ts'
import { text } from './text.ts'

/** Who somebody plays for, as the hall calls them: a person, or a team. */
const contender = (teams: Team[], who: Picker): string => contenderOf(teams, who).name

/** What comes after a question that is over. */
export function nextLine(state: RoomState): string {
  const t = boardText()
  if (hasFreeCells(state)) return pickLine(state)
  if (isFinalNext(state)) return t.finalNext
  return isBetweenRounds(state) && state.round < state.rounds.length ? t.roundOver : text().closed.line
}

/** Whose pick it is, or what they have picked. */
function pickLine(state: RoomState): string {
  const t = boardText()
  const picker = whoPicks(state)
  const cell = pickedInWords(state)
  if (cell) return t.next(cell)
  return picker ? t.picks(contender(state.teams, picker)) : t.hostPicks
}

/** «Python, 300» */
function pickedInWords(state: RoomState): string | null {
  const { picked } = state
  return picked === null ? null : cellInWords(state, picked)
}

function cellInWords(state: RoomState, cell: number): string | null {
  const board = roundOf(state)?.board
  const column = board && columnOf(board, cell)
  const value = column?.cells.find((one) => one.cell === cell)?.value
  return column && value !== undefined ? boardText().cell(column.title, points(value)) : null
}

/** For whoever picks. @param mine with what the question before was worth */
export function captionOfPick(state: RoomState, mine: Mine): Caption {
  const t = boardText()
  const cell = pickedInWords(state)
  if (cell) return { head: t.picked(cell), word: '', line: t.opens }
  const won = state.turn?.verdicts.findLast(({ seat, verdict }) => seat === mine.seat && verdict === 'right')
  return { ...t.pick, line: won ? text().right(gain(won.points)) : '' }
}

export function captionOfStake({ worth, only }: Turn): Caption {
  const { final, team, double } = boardText().stake
  if (worth?.kind === 'final') return final
  return (only?.length ?? 1) > 1 ? team : double
}

/** Of a question that somebody else plays alone. */
export function captionOfOthersDouble({ teams }: RoomState, { worth }: Turn): Caption {
  const t = boardText()
  const stake = worth?.stake ?? null
  const who = worth?.picker ? contender(teams, worth.picker) : t.somebody
  return { head: t.plays(who), word: t.locked, line: stake === null ? t.awaitsStake : t.isStaked(points(stake)) }
}

/** What is played for, where it is of a board: «Python, 300». */
export function worthInWords(state: RoomState, { worth, path, round }: Turn): string | null {
  if (!worth || round !== state.round) return null
  const t = boardText()
  if (worth.kind === 'final') return [t.final, ...path].join(' · ')
  const cell = cellInWords(state, worth.cell)
  if (worth.kind === 'plain') return cell
  return [t.double, ...(worth.stake === null ? [] : [points(worth.stake)])].join(' · ')
}

/** What the present round is, and what to do in it. */
export function aboutRound(state: RoomState): string {
  const { rules } = state
  const t = boardText()
  const kind = kindOfRound(roundOf(state) ?? { count: 0 }, rules)
  // A cell is worth what it says, so nothing of a board is answered by choosing.
  const answered = kind === 'board' ? (rules.typing?.kind ?? 'buzzer') : kind
  return [
    ...(kind === 'board' ? [t.boardRule] : []),
    t.answered[answered],
    ...(penaltyIn(answered, rules) ? [t.penalty] : []),
  ].join(' ')
}

type Answered = Exclude<RoundKind, 'board'>

/** Where it depends on the question, nothing is said of it. */
function penaltyIn(kind: Answered, { scoring, choices }: Rules): boolean {
  const byChoice = choices?.points === 'penalty'
  if (kind === 'choices') return byChoice
  return scoring === 'penalty' && (kind !== 'mixed' || byChoice)
}
