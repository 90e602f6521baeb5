import type { RoomEvent } from '@knopka/shared/game'
import type { SeatId } from '@knopka/shared/ids'

interface Award {
  seat: SeatId
  points: number
}

/**
 * Points counted by the log alone, in another way than the game counts them: of each question the verdicts that were
 * not taken back and the marks that came last, and the corrections by hand. A practice question counts for nothing.
 */
export function pointsInLog(log: RoomEvent[]): Map<SeatId, number> {
  const standing = new Map<string, Award[]>()
  const practice = new Set<number>()
  log.forEach((event, index) => {
    if (event.type === 'questionAsked' && event.practice) practice.add(event.turn)
    if ('turn' in event && practice.has(event.turn)) return
    if (event.type === 'verdictGiven') standing.set(`${event.turn}/${event.seat}`, [event])
    if (event.type === 'verdictUndone') standing.delete(`${event.turn}/${event.seat}`)
    if (event.type === 'choicesMarked') standing.set(`${event.turn}`, event.secret?.marks ?? [])
    if (event.type === 'answersJudged') {
      for (const mark of event.secret?.typedMarks ?? []) standing.set(`${event.turn}/typed by ${mark.seat}`, [mark])
    }
    if (event.type === 'answersUnjudged') {
      for (const seat of event.secret?.unjudged ?? []) standing.delete(`${event.turn}/typed by ${seat}`)
    }
    if (event.type === 'scoreCorrected') {
      const { seat, points = 0 } = event.secret?.correction ?? {}
      if (seat !== undefined) standing.set(`by hand ${index}`, [{ seat, points }])
    }
  })
  const points = new Map<SeatId, number>()
  for (const award of [...standing.values()].flat())
    points.set(award.seat, (points.get(award.seat) ?? 0) + award.points)
  return points
}

/** What teams were given by hand, beside the points of their members; merged, what the one had is the other's. */
export function teamPointsInLog(log: RoomEvent[]): Map<number, number> {
  const given = new Map<number, number>()
  const add = (team: number, points: number) => given.set(team, (given.get(team) ?? 0) + points)
  for (const event of log) {
    const { team, points = 0 } = (event.type === 'scoreCorrected' && event.secret?.correction) || {}
    if (team !== undefined) add(team, points)
    if (event.type !== 'teamsMerged') continue
    add(event.into, given.get(event.from) ?? 0)
    given.delete(event.from)
  }
  return given
}
