import type { RoomEvent, TeamStanding, Verdict } from '@knopka/shared/game'
import type { SeatId } from '@knopka/shared/ids'
import { pointsInLog, teamPointsInLog } from '../points.ts'

export type TeamLine = Pick<TeamStanding, 'number' | 'size' | 'score' | 'place'>

/** Who was in which team at the end of a log; `null`: in none. */
function teamsInLog(log: RoomEvent[]): Map<SeatId, number | null> {
  const teams = new Map<SeatId, number | null>()
  for (const event of log) {
    if (event.type === 'joined' && event.secret?.seat) teams.set(event.secret.seat.id, null)
    if (event.type === 'teamPicked') for (const { seat, team } of event.secret?.members ?? []) teams.set(seat, team)
    if (event.type !== 'teamsMerged') continue
    for (const [seat, team] of teams) if (team === event.from) teams.set(seat, event.into)
  }
  return teams
}

/** Who is not in the game at the end of a log. */
function removedInLog(log: RoomEvent[]): Set<SeatId> {
  const removed = new Set<SeatId>()
  for (const event of log) {
    if (event.type === 'removed') removed.add(event.seat)
    if (event.type === 'letBackIn') removed.delete(event.seat)
  }
  return removed
}

/** The standings of all teams, best first, as someone adds them up who has the log and a pencil. */
export function addedUp(log: RoomEvent[]): TeamLine[] {
  const [opened] = log
  if (opened?.type !== 'roomOpened' || !opened.rules.teams) return []
  const { count, score: how } = opened.rules.teams
  const points = pointsInLog(log)
  const given = teamPointsInLog(log)
  const merged = log.flatMap((event) => (event.type === 'teamsMerged' ? [event.from] : []))
  const numbers = Array.from({ length: count }, (_, index) => index + 1).filter((number) => !merged.includes(number))
  const members = [...teamsInLog(log)]
  const removed = removedInLog(log)
  const lines = numbers.map((number) => {
    const seats = members.flatMap(([seat, team]) => (team === number ? [seat] : []))
    const size = seats.filter((seat) => !removed.has(seat)).length
    const sum = seats.reduce((sum, seat) => sum + (points.get(seat) ?? 0), 0)
    const own = given.get(number) ?? 0
    const each = Math.round(10 * (sum / Math.max(1, size))) / 10
    // To a tenth, as everyone sees it.
    return { number, size, score: how === 'per-head' ? Math.round(10 * (each + own)) / 10 : sum + own }
  })
  const place = (score: number) => 1 + lines.filter((other) => other.score > score).length
  return lines
    .map((line) => ({ ...line, place: place(line.score) }))
    .sort((a, b) => a.place - b.place || a.number - b.number)
}

/** One sentence for each vote of the hall whose outcome is not what the last votes of all come to. */
export function splitsAstray(log: RoomEvent[]): string[] {
  const votes = new Map<SeatId, Verdict>()
  return log.flatMap((event) => {
    if (event.type === 'juryCalled') votes.clear()
    if (event.type === 'voted' && event.secret?.vote) votes.set(event.by, event.secret.vote)
    if (event.type !== 'juryClosed') return []
    const count = (wanted: Verdict) => [...votes.values()].filter((verdict) => verdict === wanted).length
    const isRight = (['right', 'partly', 'wrong'] as const).every((verdict) => event.split[verdict] === count(verdict))
    return isRight && votes.size > 0 ? [] : [`The hall of ${votes.size} was split ${JSON.stringify(event.split)}`]
  })
}
