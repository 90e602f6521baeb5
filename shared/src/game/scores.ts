import type { Ms, QuestionId, SeatId } from '../ids.ts'
import { inOrder, memberAt, seatsOf } from './ask.ts'
import { roundOf, rulesIn } from './rounds.ts'
import { lookUp } from './shards.ts'
import type { Board, RoomState, Rules, Seat, Team, Turn, Verdict, Worth } from './state.ts'

/** By-place scoring: the first to answer may earn three points, the second two, everyone after one. */
const pointsByPlace = [3, 2, 1]

/**
 * @param place 1 for the first who answered this question
 * @param worth what it is worth, where it is of a board
 */
export function pointsFor(
  { scoring }: Pick<Rules, 'scoring'>,
  verdict: Verdict,
  place: number,
  worth: Pick<Worth, 'value' | 'stake'> | null = null,
): number {
  // Who stakes points risks them, whatever a wrong answer costs otherwise.
  if (worth && worth.stake !== null) return times(worth.stake, verdict, true)
  if (worth) return times(worth.value, verdict, scoring === 'penalty')
  const full = scoring === 'by-place' ? (pointsByPlace[Math.min(place, pointsByPlace.length) - 1] as number) : 1
  return times(full, verdict, scoring === 'penalty')
}

/** @param costs whether a wrong answer takes them */
const times = (points: number, verdict: Verdict, costs: boolean): number => {
  if (verdict === 'wrong') return costs ? 0 - points : 0
  return verdict === 'right' ? points : points / 2
}

/** What a typed answer earns: as much as one that was given aloud; in a final, what was staked. */
export function pointsForTyped(state: RoomState, turn: Turn, seat: SeatId, verdict: Verdict): number {
  const rules = rulesFor(state, turn)
  if (turn.worth?.kind !== 'final') return pointsFor(rules, verdict, 1, turn.worth)
  const stake = (turn.secret.stakes && lookUp(turn.secret.stakes, seat)) ?? 0
  return pointsFor(rules, verdict, 1, { value: 0, stake })
}

/** What someone has to stake. */
interface Purse {
  score: number
  teamScore: number | null
}

/**
 * Nobody can stake more than they have; who has little may still play for what the cheapest question is worth.
 * @param purse what a phone, which holds no roster, knows of itself
 */
export function highestStake(state: RoomState, seat: SeatId, purse: Purse = purseOf(state, seat)): number {
  const board = roundOf(state)?.board
  const isDouble = state.turn?.worth?.kind === 'double'
  const own = isDouble ? (purse.teamScore ?? purse.score) : purse.score
  const least = isDouble ? deepest(board) : (board?.step ?? 1)
  return Math.max(Math.floor(own), least)
}

function purseOf(state: RoomState, seat: SeatId): Purse {
  const { team } = memberAt(state, seat)
  const ofTeam = team === null ? undefined : teamStandingsOf(state).find(({ number }) => number === team)
  return { score: scoresOf(state).get(seat) ?? 0, teamScore: ofTeam?.score ?? null }
}

const deepest = (board: Board | null | undefined): number =>
  board ? board.step * Math.max(...board.columns.map(({ cells }) => cells)) : 1

/** The rules under which a question was, or is, played. */
export function rulesFor({ rules, round, secret }: RoomState, turn: Turn): Rules {
  const played = secret.programme?.[turn.round - 1]
  return turn.round === round || !played ? rules : rulesIn(rules, played.rules)
}

/** The how-manieth to answer this seat is: those judged before it in the order of presses, and itself. */
export function placeToAnswer(turn: Turn, seat: SeatId): number {
  const order = inOrder(turn)
  const ahead = order.slice(
    0,
    order.findIndex((press) => press.seat === seat),
  )
  return 1 + ahead.filter((press) => turn.verdicts.some((judged) => judged.seat === press.seat)).length
}

/** By time a right choice earns this at first, less in equal steps, and half of it at the end. */
const quickestChoice = 10
const slowestChoice = 5

/** @param afterMs how long after the options were there */
export function pointsForChoice({ choices }: Rules, isRight: boolean, afterMs: Ms): number {
  if (!isRight) return choices?.points === 'penalty' ? -1 : 0
  if (choices?.points !== 'by-time' || choices.seconds === null) return 1
  const steps = quickestChoice - slowestChoice + 1
  const used = afterMs / (choices.seconds * 1000)
  return Math.max(slowestChoice, quickestChoice - Math.floor(used * steps))
}

/** All turns of the evening, oldest first, as far as this replica knows them. */
export const turnsOf = ({ turn, secret }: RoomState): Turn[] => [...(secret.past ?? []), ...(turn ? [turn] : [])]

/** Asked, and answered right by nobody; each once, in the order of asking. For whoever knows the questions' ids. */
export function missedOf(state: RoomState): QuestionId[] {
  const played = turnsOf(state).filter(({ closed, practice }) => closed !== null && !practice)
  const known = played.filter(
    ({ verdicts, secret }) =>
      [...verdicts, ...(secret.typedMarks ?? [])].some(({ verdict }) => verdict === 'right') ||
      (secret.marks ?? []).some(({ points }) => points > 0),
  )
  const ids = new Set(played.map(({ secret }) => secret.questionId).filter((id) => id !== undefined))
  known.forEach(({ secret }) => ids.delete(secret.questionId ?? ''))
  return [...ids]
}

/** Points are never stored: they are the sum of the verdicts and marks that stand, and of the corrections by hand. */
export function scoresOf(state: RoomState): Map<SeatId, number> {
  const scores = new Map<SeatId, number>()
  const add = ({ seat, points }: { seat: SeatId; points: number }) => addTo(scores, seat, points)
  turnsOf(state).forEach(({ practice, verdicts, secret }) => {
    if (practice) return
    verdicts.forEach(add)
    secret.marks?.forEach(add)
    secret.typedMarks?.forEach(add)
  })
  state.secret.corrections?.forEach(({ seat, points }) => seat !== undefined && addTo(scores, seat, points))
  return scores
}

/** What teams were given by hand, beside what their members have. */
function givenToTeams({ secret }: RoomState): Map<number, number> {
  const given = new Map<number, number>()
  secret.corrections?.forEach(({ team, points }) => team !== undefined && addTo(given, team, points))
  return given
}

const addTo = <Key>(sums: Map<Key, number>, key: Key, points: number) => sums.set(key, (sums.get(key) ?? 0) + points)

export interface Standing extends Seat {
  seat: SeatId
  score: number
  /** Equal scores share a place, and the next place is further down: 1, 1, 3. */
  place: number
}

/** Everyone who is in the game, best first; equal scores in the order of joining. */
export function standingsOf(state: RoomState): Standing[] {
  const scores = scoresOf(state)
  const sorted = seatsOf(state)
    .filter(({ removed }) => !removed)
    .map((who) => ({ ...who, score: scores.get(who.seat) ?? 0 }))
    .sort((a, b) => b.score - a.score || a.number - b.number)
  return placed(sorted)
}

export interface TeamStanding extends Team {
  /** How many are in it and were not removed. */
  size: number
  /** What its members have, by the head if the rules say so, and what it was given as a team. */
  score: number
  place: number
}

/** All teams, best first; equal scores share a place, in the order of their numbers. */
export function teamStandingsOf(state: RoomState): TeamStanding[] {
  const scores = scoresOf(state)
  const given = givenToTeams(state)
  const seats = seatsOf(state)
  const unplaced = state.teams.map((team) => {
    const members = seats.filter((seat) => seat.team === team.number)
    const size = members.filter(({ removed }) => !removed).length
    const sum = members.reduce((sum, { seat }) => sum + (scores.get(seat) ?? 0), 0)
    const own = given.get(team.number) ?? 0
    return {
      ...team,
      size,
      // Rounded before the points by hand: with what a host sees it lack to the first, a team has as much as the first.
      score: state.rules.teams?.score === 'per-head' ? tenth(tenth(sum / Math.max(1, size)) + own) : sum + own,
    }
  })
  return placed(unplaced.sort((a, b) => b.score - a.score || a.number - b.number))
}

/** To a tenth, as it is shown: nobody is to lose by what cannot be seen. */
const tenth = (points: number): number => Math.round(points * 10) / 10

/** Equal scores share a place, and the next place is further down: 1, 1, 3. */
function placed<Scored extends { score: number }>(sorted: Scored[]): (Scored & { place: number })[] {
  let place = 0
  return sorted.map((one, index) => {
    if (one.score !== sorted[index - 1]?.score) place = index + 1
    return { ...one, place }
  })
}

/** Everyone who shares the first place, alone or with a team: a tie-break is for two or more. */
export function tiedForFirst(state: RoomState): SeatId[] {
  const standings = standingsOf(state)
  if (!state.rules.teams) return standings.filter(({ place }) => place === 1).map(({ seat }) => seat)
  const first = teamStandingsOf(state).filter(({ place, size }) => place === 1 && size > 0)
  const isFirst = ({ team }: Standing) => first.some(({ number }) => number === team)
  return first.length > 1 ? standings.filter(isFirst).map(({ seat }) => seat) : []
}
