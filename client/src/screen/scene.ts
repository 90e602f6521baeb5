import {
  memberAt,
  nextInQueue,
  seatNamed,
  type Judgement,
  type Press,
  type RoomState,
  type Seat,
  type Turn,
} from '@knopka/shared/game'
import type { SeatId } from '@knopka/shared/ids'
import { rightMarks } from '../ui/choosing.ts'
import { contenderOf, type Contender } from '../ui/teams.ts'

/** What the projector shows; one at a time. */
type Scene = 'lobby' | 'question' | 'choices' | 'pressed' | 'answer' | 'standings' | 'break' | 'podium'

export function sceneOf({ phase, standingsShown, turn, break: rest }: RoomState): Scene {
  if (phase === 'over') return 'podium'
  if (phase !== 'playing' || !turn) return 'lobby'
  if (rest) return 'break'
  if (standingsShown) return 'standings'
  if (turn.revealed?.note) return 'answer'
  // Until the host opens them, nobody here knows the options.
  if (turn.choosing?.options) return 'choices'
  return starOf(turn) ? 'pressed' : 'question'
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
