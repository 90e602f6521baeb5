import type { Ms, SeatId } from '../ids.ts'
import { presets } from '../fair/presets.ts'
import type { RefusalCode } from './refusals.ts'
import { entriesOf, lookUp } from './shards.ts'
import type { Judgement, Member, Press, RoomState, Rules, Seat, Team, Turn } from './state.ts'

/** The questions to a room that `decide` asks before it says yes, and that every screen asks before it draws a key. */
export type Why = RefusalCode | null

type Stage = 'reading' | 'open' | 'answering' | 'closed'

export function stageOf({ openings, floor, closed }: Turn): Stage {
  if (closed) return 'closed'
  if (floor) return 'answering'
  return openings > 0 ? 'open' : 'reading'
}

/** Whether the buzzers are about to open: the light is on its way, and nobody was to see it yet. */
export const awaitsLight = ({ pausedAt, turn }: RoomState, now: Ms): boolean =>
  pausedAt === null && turn !== null && stageOf(turn) === 'open' && (turn.opensAt ?? 0) > now

/** Whether phones are told well ahead when the light comes: there is no surprise in that. */
export const isAnnounced = ({ setting, strict }: Rules): boolean => presets[setting].announced && !strict

/** As far as this replica knows the roster. */
export const seatNamed = ({ secret }: RoomState, seat: SeatId): Seat | undefined =>
  secret.roster && lookUp(secret.roster, seat)

/** Everyone who ever joined, in that order. */
export const seatsOf = ({ secret }: RoomState): (Seat & { seat: SeatId })[] =>
  (secret.roster ? entriesOf(secret.roster) : [])
    .map(([seat, who]) => ({ seat, ...who }))
    .sort((a, b) => a.number - b.number)

/** Names are alike if nobody could tell them apart by ear or on the wall; «ё» is often typed as «е». */
export const plainName = (name: string): string => name.toLowerCase().replaceAll('ё', 'е')

const isRemoved = (state: RoomState, seat: SeatId): boolean => seatNamed(state, seat)?.removed ?? false

/**
 * The one place that says who pressed before whom. Who has had the floor stays where they were; the rest come by
 * score. (The sort is stable: equal scores keep the order of the log.)
 */
export function inOrder({ presses }: Pick<Turn, 'presses'>): Press[] {
  return [...presses].sort((a, b) => a.opening - b.opening || whenCalled(a) - whenCalled(b) || a.scoreMs - b.scoreMs)
}

const whenCalled = ({ called }: Press): number => called ?? Number.MAX_SAFE_INTEGER

/** Presses of the buzzers' present opening, first to last. */
const pressesOf = (turn: Turn): Press[] => inOrder(turn).filter(({ opening }) => opening === turn.openings)

/** Who waits to answer, first to last: of a team, the first who pressed. */
export const queueOf = (turn: Turn): Press[] =>
  pressesOf(turn).filter(
    ({ team }, index, presses) => !team || presses.findIndex((press) => press.team === team) === index,
  )

export const verdictOf = ({ verdicts }: Turn, seat: SeatId): Judgement | undefined =>
  verdicts.find((judged) => judged.seat === seat)

/** What stands of this seat's answer or, where it gave none that was judged, of the one given for its team. */
export const verdictFor = (turn: Turn, { seat, team }: Member): Judgement | undefined =>
  verdictOf(turn, seat) ?? (team === null ? undefined : turn.verdicts.findLast((judged) => judged.team === team))

/** Judged once is out for this question, with the whole team; taking the verdict back lets them in again. */
export const isLockedOut = ({ verdicts }: Turn, { seat, team }: Pick<Judgement, 'seat' | 'team'> | Member): boolean =>
  verdicts.some((judged) => judged.seat === seat || (team ? judged.team === team : false))

/** As far as this replica knows the roster. */
export const memberAt = (state: RoomState, seat: SeatId): Member => ({
  seat,
  team: seatNamed(state, seat)?.team ?? null,
})

export const teamNumbered = ({ teams }: RoomState, number: number | null | undefined): Team | undefined =>
  teams.find((team) => team.number === number)

export const captaincyOf = ({ teams }: RoomState, seat: SeatId): Team | undefined =>
  teams.find(({ captain }) => captain === seat)

/** Why this seat may not press for its team. */
export function whyNotForTeam(state: RoomState, { seat, team: number }: Member): Why {
  const { teams } = state.rules
  if (!teams) return null
  const team = teamNumbered(state, number)
  if (!team) return 'no-team'
  return teams.presses === 'captain' && team.captain !== null && team.captain !== seat ? 'not-captain' : null
}

/** Scores closer than this are a tie: it is what the clocks of phones can tell apart. */
export const tieMs = 2

/**
 * Who gets the floor next, if anyone waits: when no earlier press can come in any more, and when the one before was
 * wrong. Of those who are left the least score, and of all that tie with it the least rank. Ranks are secret: a
 * replica that does not know them names the least score.
 */
export function nextInQueue(state: RoomState, turn: Turn): Press | undefined {
  const left = pressesOf(turn).filter((press) => !isRemoved(state, press.seat) && !isLockedOut(turn, press))
  const [first] = left
  // A verdict that was taken back leaves one who has had the floor, and was drawn then.
  if (!first || first.called !== null) return first
  const rank = ({ seat }: Press) => (turn.secret.tieRanks && lookUp(turn.secret.tieRanks, seat)) ?? ''
  const tied = left.filter(({ scoreMs }) => scoreMs <= first.scoreMs + tieMs)
  return tied.reduce((least, press) => (rank(press) < rank(least) ? press : least))
}

/** Whether anyone could still press, were the buzzers opened again. */
export function someoneIsLeft(state: RoomState, turn: Turn): boolean {
  // Were they opened once more, whoever has pressed by now would have had their press.
  const next = { ...turn, openings: turn.openings + 1 }
  return seatsOf(state).some(
    (who) =>
      !who.removed &&
      !isLockedOut(turn, who) &&
      !isSpent(state.rules, next, who) &&
      mayTakePart(turn, who.seat) &&
      whyNotForTeam(state, who) === null,
  )
}

/** Whether this seat, or its team, has had its press of a question that is open to the others now. */
export const isSpent = ({ afterWrong }: Rules, { presses, openings }: Turn, { seat, team }: Member): boolean =>
  afterWrong === 'reopen-to-others' &&
  presses.some((press) => press.opening < openings && (press.seat === seat || (team !== null && press.team === team)))

/** The question itself, for whoever may read it. */
export const textOf = ({ text, secret }: Turn): string => text ?? secret.text ?? secret.sealed ?? ''

export const mayTakePart = ({ only }: Turn, seat: SeatId): boolean => only?.includes(seat) ?? true

/** Whether it decides between those who share the first place. */
export const isTieBreak = ({ only, worth }: Turn): boolean => only !== null && worth?.kind !== 'double'

/** Whether everyone answers it without the buzzers. */
export const isForAll = ({ choosing, typing }: Turn): boolean => choosing !== null || typing !== null

/** Whether the host has judged something of what was typed, or there was nothing to judge; as far as it is known here. */
export const isDecided = ({ typing, closed, secret: { whoTyped = [], typedMarks = [] } }: Turn): boolean =>
  !typing || closed === 'skipped' || whoTyped.length === 0 || typedMarks.length > 0

/** Whether anything of this question was this seat's own: a press, a choice, or words. */
export const tookPart = (turn: Turn, seat: SeatId): boolean =>
  turn.presses.some((press) => press.seat === seat) || hasAnswered(turn, seat)

export function turnNumbered({ turn, secret }: RoomState, number: number): Turn | undefined {
  return turn?.turn === number ? turn : secret.past?.find((past) => past.turn === number)
}

/** A choice that was made in time may be on its way for so long after it. */
const underWayMs = 500

/** Whether someone's press stands though the order was found without it: of who was removed then, and let back in. */
export const isOwedFloor = (state: RoomState, turn: Turn): boolean =>
  stageOf(turn) === 'open' && turn.settlesAt === null && nextInQueue(state, turn) !== undefined

/** The next instant at which the clock decides something. */
export function nextDeadline(state: RoomState): Ms | null {
  const { phase, pausedAt, turn } = state
  if (phase !== 'playing' || pausedAt !== null || !turn) return null
  if (turn.floor) return nextOnFloor(turn.floor)
  if (stageOf(turn) !== 'open') return null
  // Who pressed in time gets the floor, also when the time to press runs out meanwhile.
  if (turn.settlesAt !== null) return turn.settlesAt
  if (isOwedFloor(state, turn)) return turn.opensAt
  return isForAll(turn) && turn.endsAt !== null ? lastEndOf(state, turn, turn.endsAt) + underWayMs : turn.endsAt
}

/** When the time to answer is over for this seat: some people need more of it. */
export function endFor({ secret }: RoomState, { opensAt }: Turn, seat: SeatId, endsAt: Ms): Ms {
  const percent = secret.extraTime?.[seat] ?? 0
  return endsAt + ((endsAt - (opensAt ?? endsAt)) * percent) / 100
}

/** When it is over for the last of those who have not answered. */
function lastEndOf(state: RoomState, turn: Turn, endsAt: Ms): Ms {
  const slower = Object.keys(state.secret.extraTime ?? {}).filter(
    (seat) => !hasAnswered(turn, seat) && mayTakePart(turn, seat) && seatNamed(state, seat)?.removed === false,
  )
  return Math.max(endsAt, ...slower.map((seat) => endFor(state, turn, seat, endsAt)))
}

function nextOnFloor({ timedOut, endsAt, jury }: NonNullable<Turn['floor']>): Ms | null {
  const answering = timedOut ? null : endsAt
  const voting = jury && !jury.split ? jury.endsAt + underWayMs : null
  return answering === null || voting === null ? (answering ?? voting) : Math.min(answering, voting)
}

/** As far as this replica knows: a phone knows its own choice from elsewhere. */
export const hasChosen = ({ secret }: Turn, seat: SeatId): boolean =>
  secret.chosen !== undefined && lookUp(secret.chosen, seat) !== undefined

/** As far as this replica knows. */
export const hasAnswered = (turn: Turn, seat: SeatId): boolean =>
  hasChosen(turn, seat) || (turn.secret.typed !== undefined && lookUp(turn.secret.typed, seat) !== undefined)

export function hasPressed(turn: Turn, seat: SeatId): boolean {
  if (turn.floor?.seat === seat) return true
  // Every press of an opening has its rank among ties; only the server knows them, and it alone is asked a thousand times.
  const { tieRanks } = turn.secret
  if (tieRanks) return lookUp(tieRanks, seat) !== undefined
  return turn.presses.some((press) => press.seat === seat && press.opening === turn.openings)
}
