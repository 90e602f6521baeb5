import type { Ms, SeatId } from '../ids.ts'
import { seatNamed } from './ask.ts'
import type { RoomEvent } from './events.ts'
import { scoresOf, standingsOf, type Standing } from './scores.ts'
import { lookUp } from './shards.ts'
import type { Chosen, Protest, RoomState, Verdict } from './state.ts'

/** What one seat alone needs to know of itself; a phone holds no roster to read it from. */
export interface Mine {
  /** The version of the log that it was read at. */
  version: number
  seat: SeatId
  number: number
  name: string
  hidden: boolean
  score: number
  place: number
  /** Among how many. */
  of: number
  /** The opening of the present question in which this seat pressed last, for a phone that comes back: it does not hear of every press. */
  pressed: number | null
  /** What this seat chose among the options of the present question, and what it earned once they were marked. */
  chosen: Chosen | null
  gained: number | null
  /** What this seat thinks of the answer that the hall judges. */
  vote: Verdict | null
  /** Of the questions that this seat asked to review, the last one, and what came of it. */
  protest: Protest | null
  /** Locked for having pressed too early, until this instant. */
  earlyUntil: Ms
}

/** What everyone who is in the game needs of their own. */
export function minesOf(state: RoomState, version: number): Mine[] {
  const standings = standingsOf(state)
  const pressed = new Map(state.turn?.presses.map(({ seat, opening }) => [seat, opening]))
  const marks = new Map(state.turn?.secret.marks?.map((mark) => [mark.seat, mark.points]))
  return standings.map((standing) => {
    const { seat } = standing
    return mineFrom(state, version, standing, standings.length, pressed.get(seat), marks.get(seat))
  })
}

/** One of them, without ranking all: a room of phones may come in at once. */
export function mineOf(state: RoomState, version: number, seat: SeatId): Mine | null {
  const who = seatNamed(state, seat)
  if (!who || who.removed) return null
  const scores = scoresOf(state)
  const score = scores.get(seat) ?? 0
  let [place, of] = [1, 0]
  for (const part of state.secret.roster?.parts ?? []) {
    for (const entry of part) {
      if (entry[1].removed) continue
      of++
      if ((scores.get(entry[0]) ?? 0) > score) place++
    }
  }
  const pressed = state.turn?.presses.findLast((press) => press.seat === seat)?.opening
  const gained = state.turn?.secret.marks?.find((mark) => mark.seat === seat)?.points
  return mineFrom(state, version, { ...who, seat, score, place }, of, pressed, gained)
}

function mineFrom(
  { turn, secret }: RoomState,
  version: number,
  standing: Standing,
  of: number,
  pressed: number | null = null,
  gained: number | null = null,
): Mine {
  const { seat, number, name, hidden, score, place } = standing
  const earlyUntil = turn?.secret.early?.[seat] ?? 0
  const chosen = (turn?.secret.chosen && lookUp(turn.secret.chosen, seat)) ?? null
  const vote = (turn?.floor?.jury && turn.secret.votes && lookUp(turn.secret.votes, seat)) ?? null
  const protest = secret.protests?.findLast((one) => one.seat === seat) ?? null
  return { version, seat, number, name, hidden, score, place, of, pressed, chosen, gained, vote, protest, earlyUntil }
}

/** Whether a seat that knows `told` learns anything from `mine`. */
export function isNews(mine: Mine, told: Mine): boolean {
  return (Object.keys(mine) as (keyof Mine)[]).some((key) => key !== 'version' && mine[key] !== told[key])
}

/** Stands for all seats at once; no seat is called so. */
export const everyone = '*'

/** Whose own facts an event changes: a seat, `everyone` (points move everyone's place), or nobody's. */
export function whoseMine(event: RoomEvent): SeatId | null {
  switch (event.type) {
    case 'questionAsked':
    case 'choicesMarked':
    case 'verdictGiven':
    case 'verdictUndone':
    case 'scoreCorrected':
    case 'removed':
    case 'letBackIn':
    case 'gameEnded':
      return everyone
    case 'renamed':
    case 'nameHidden':
    case 'protestRuled':
      return event.seat
    case 'protested':
      return event.by
    case 'falseStarted':
      return event.secret?.early?.seat ?? null
    default:
      return null
  }
}
