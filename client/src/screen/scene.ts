import {
  areStandingsUp,
  isDecided,
  memberAt,
  nextInQueue,
  roundOf,
  seatNamed,
  stageOf,
  whyNotShowStandings,
  type Judgement,
  type Press,
  type RoomEvent,
  type RoomState,
  type Seat,
  type Turn,
} from '@knopka/shared/game'
import type { SeatId } from '@knopka/shared/ids'
import { rightMarks } from '../ui/choosing.ts'
import { contenderOf, type Contender } from '../ui/teams.ts'
import { hasFreeCells } from './board.ts'
import { isRoundAnnounced } from './rounds.ts'

/** What the projector shows; one at a time. */
type Scene =
  | 'lobby'
  | 'round'
  | 'board'
  | 'double'
  | 'final'
  | 'question'
  | 'choices'
  | 'typed'
  | 'pressed'
  | 'answer'
  | 'standings'
  | 'break'
  | 'podium'

/** @param lingers whether what came of a question is still looked at: the next cell, and standings that nobody asked for, wait for it */
export function sceneOf(state: RoomState, lingers = false): Scene {
  const { phase, turn, break: rest } = state
  if (phase === 'over') return 'podium'
  if (phase !== 'playing') return 'lobby'
  if (rest) return 'break'
  if (showsStandings(state, lingers)) return 'standings'
  if (!turn || isRoundAnnounced(state)) return roundOf(state)?.board ? 'board' : 'round'
  return isBackToBoard(state, turn, lingers) ? 'board' : sceneOfTurn(turn)
}

/** Those the host asks for come at once. */
const showsStandings = (state: RoomState, lingers: boolean): boolean =>
  (state.standingsShown ?? (!lingers && areStandingsUp(state))) && whyNotShowStandings(state) === null

function sceneOfTurn(turn: Turn): Scene {
  if (turn.revealed?.note) return 'answer'
  // Until the host opens them, nobody here knows the options.
  if (turn.choosing?.options) return 'choices'
  if (awaitsStake(turn)) return 'double'
  if (turn.typing && turn.openings > 0) return 'typed'
  if (turn.worth?.kind === 'final') return 'final'
  return starOf(turn) ? 'pressed' : 'question'
}

/** Whoever plays a double says a stake before anyone reads the question. */
const awaitsStake = (turn: Turn): boolean =>
  turn.worth?.kind === 'double' && turn.worth.stake === null && stageOf(turn) === 'reading'

function isBackToBoard(state: RoomState, turn: Turn, lingers: boolean): boolean {
  if (!roundOf(state)?.board || !hasFreeCells(state) || stageOf(turn) !== 'closed') return false
  return state.picked !== null || (!lingers && isDecided(turn))
}

/** How long the hall looks at who was right, and how long it reads: by the length of the answer. */
const outcomeMs = 6000
const leastReadingMs = 8000
const readingMsPerSign = 60

/** How long what has just happened stays on the wall of its own accord, before the board or the standings come; `null`: it changes nothing. */
export function lingerMs(event: RoomEvent, { turn }: RoomState): number | null {
  if (!turn || !('turn' in event) || event.turn !== turn.turn) return null
  switch (event.type) {
    case 'answerRevealed':
      return leastReadingMs + readingMsPerSign * (event.note?.length ?? 0)
    case 'turnClosed':
    case 'verdictGiven':
    case 'answersJudged':
    case 'choicesMarked':
      return outcomeMs
    default:
      return null
  }
}

/** Whose name is giant: who answers now, or whose answer closed the question. */
export function starOf({ floor, closed, verdicts }: Turn): { seat: SeatId; judged: Judgement | null } | null {
  if (floor) return { seat: floor.seat, judged: null }
  const last = verdicts.at(-1)
  return closed === 'answered' && last && last.verdict !== 'wrong' ? { seat: last.seat, judged: last } : null
}

/** Who answers if the one who answers now is wrong. */
export function heirOf(state: RoomState, turn: Turn): Press | null {
  if (!turn.floor || state.rules.afterWrong !== 'next-in-queue') return null
  const { seat, team } = memberAt(state, turn.floor.seat)
  const wrong: Judgement = { seat, ...(team === null ? {} : { team }), verdict: 'wrong', points: 0, at: 0 }
  return nextInQueue(state, { ...turn, verdicts: [...turn.verdicts, wrong] }) ?? null
}

export const wrongOf = ({ verdicts }: Turn): SeatId[] =>
  verdicts.filter(({ verdict }) => verdict === 'wrong').map(({ seat }) => seat)

/** The people of these seats, in the same order; seats that nobody knows are left out. */
export function peopleOf(state: RoomState, seats: SeatId[]): (Seat & { seat: SeatId })[] {
  return seats.flatMap((seat) => {
    const who = seatNamed(state, seat)
    return who ? [{ ...who, seat }] : []
  })
}

/** Whoever they play for, in the same order, each once. */
export function contendersOf(state: RoomState, seats: SeatId[]): Contender[] {
  const all = peopleOf(state, seats).map((who) => contenderOf(state.teams, who))
  return all.filter(({ name }, index) => all.findIndex((one) => one.name === name) === index)
}

const mostQuickest = 3

/** Who was right and quickest, with their points; nobody where time earns nothing. */
export function quickestOf(state: RoomState, turn: Turn): (Seat & { seat: SeatId; points: number })[] {
  if (state.rules.choices?.points !== 'by-time') return []
  const right = rightMarks(turn).flatMap(({ seat, points }) => {
    const [who] = peopleOf(state, [seat])
    return who && !who.removed ? [{ ...who, points }] : []
  })
  return right.slice(0, mostQuickest)
}
