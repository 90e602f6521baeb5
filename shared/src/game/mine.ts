import type { Ms, SeatId } from '../ids.ts'
import { isSpent, seatNamed } from './ask.ts'
import { mineInStudy } from './ask-study.ts'
import type { RoomEvent } from './events.ts'
import { scoresOf, standingsOf, teamStandingsOf, type Standing, type TeamStanding } from './scores.ts'
import { lookUp } from './shards.ts'
import type { Chosen, MineInStudy, Protest, RoomState, Turn, Typed, TypedMark, Verdict } from './state.ts'

/** What one seat alone needs to know of itself; a phone holds no roster to read it from. */
export interface Mine {
  /** The version of the log that it was read at. */
  version: number
  seat: SeatId
  number: number
  name: string
  hidden: boolean
  team: number | null
  /** One's own points. */
  score: number
  /** One's own place; whoever is in a team has the team's. */
  place: number
  /** Among how many. */
  of: number
  /** What one's team has, where one is in a team. */
  teamScore: number | null
  /** The opening of the present question in which this seat pressed last, for a phone that comes back: it does not hear of every press. */
  pressed: number | null
  /** Whether it has had its press of a question that is open to the others now. */
  spent: boolean
  /** What this seat chose among the options of the present question, and what it earned once they were marked. */
  chosen: Chosen | null
  gained: number | null
  /** What this seat typed, and what it staked, for the present question. */
  typed: Typed | null
  stake: number | null
  /** What came of what it typed, once that is judged. */
  verdict: Verdict | null
  /** By how many percent more time than others it has. */
  extraTime: number
  /** What this seat thinks of the answer that the hall judges. */
  vote: Verdict | null
  /** Of the questions that this seat asked to review, the last one, and what came of it. */
  protest: Protest | null
  /** Locked for having pressed too early, until this instant. */
  earlyUntil: Ms
  /** Only in a study room. */
  study?: MineInStudy | undefined
}

/** What everyone who is in the game needs of their own. */
export function minesOf(state: RoomState, version: number): Mine[] {
  const standings = standingsOf(state)
  const teams = teamStandingsOf(state)
  const pressed = new Map(state.turn?.presses.map(({ seat, opening }) => [seat, opening]))
  const marks = new Map(marksOf(state.turn).map((mark) => [mark.seat, mark]))
  return standings.map((standing): Mine => {
    const { seat } = standing
    const facts = { of: standings.length, pressed: pressed.get(seat) ?? null, ...outcomeOf(marks.get(seat)) }
    return { version, ...ownOf(state, standing), ...facts, ...ofTeam(teams, standing) }
  })
}

/** One of them, without ranking all: a room of phones may come in at once. */
export function mineOf(state: RoomState, version: number, seat: SeatId): Mine | null {
  const who = seatNamed(state, seat)
  if (!who || who.removed) return null
  const scores = scoresOf(state)
  const score = scores.get(seat) ?? 0
  const { inGame: of = 0 } = state.secret
  const place = placeOf(score, scores, state)
  const pressed = state.turn?.presses.findLast((press) => press.seat === seat)?.opening ?? null
  const outcome = outcomeOf(marksOf(state.turn).find((mark) => mark.seat === seat))
  const team = who.team === null ? {} : ofTeam(teamStandingsOf(state), who)
  return { version, ...ownOf(state, { ...who, seat, score, place }), of, pressed, ...outcome, ...team }
}

/** Looks at those alone who have earned or lost something: before the game that is nobody, however many come in. */
function placeOf(score: number, scores: ReadonlyMap<SeatId, number>, state: RoomState): number {
  const counted = [...scores].filter(([seat]) => seatNamed(state, seat)?.removed === false)
  const ahead = counted.filter(([, points]) => points > score).length
  const atZero = (state.secret.inGame ?? 0) - counted.length
  return 1 + ahead + (score < 0 ? atZero : 0)
}

/** What earned points without the buzzer; only what was typed has a verdict. */
type Marked = Pick<TypedMark, 'seat' | 'points'> & Partial<TypedMark>

const marksOf = (turn: Turn | null): Marked[] => [...(turn?.secret.marks ?? []), ...(turn?.secret.typedMarks ?? [])]

const outcomeOf = (mark: Marked | undefined): Pick<Mine, 'gained' | 'verdict'> => ({
  gained: mark?.points ?? null,
  verdict: mark?.verdict ?? null,
})

/** Whoever is in a team has the team's place. */
function ofTeam(teams: TeamStanding[], { team }: Pick<Standing, 'team'>): Partial<Mine> {
  const standing = team === null ? undefined : teams.find(({ number }) => number === team)
  return standing ? { place: standing.place, of: teams.length, teamScore: standing.score } : {}
}

function ownOf(
  state: RoomState,
  { seat, number, name, hidden, team, score, place }: Standing,
): Omit<Mine, 'version' | 'of' | 'pressed' | 'gained' | 'verdict'> {
  const { turn, rules, secret } = state
  const study = mineInStudy(state, seat)
  return {
    seat,
    number,
    name,
    hidden,
    team,
    score,
    place,
    teamScore: null,
    spent: turn !== null && isSpent(rules, turn, { seat, team }),
    chosen: (turn?.secret.chosen && lookUp(turn.secret.chosen, seat)) ?? null,
    typed: (turn?.secret.typed && lookUp(turn.secret.typed, seat)) ?? null,
    stake: (turn?.secret.stakes && lookUp(turn.secret.stakes, seat)) ?? null,
    extraTime: secret.extraTime?.[seat] ?? 0,
    vote: (turn?.floor?.jury && turn.secret.votes && lookUp(turn.secret.votes, seat)) ?? null,
    protest: secret.protests?.findLast((one) => one.seat === seat) ?? null,
    earlyUntil: turn?.secret.early?.[seat] ?? 0,
    ...(study ? { study } : {}),
  }
}

/** Whether a seat that knows `told` learns anything from `mine`. */
export function isNews(mine: Mine, told: Mine): boolean {
  return (Object.keys(mine) as (keyof Mine)[]).some((key) => key !== 'version' && mine[key] !== told[key])
}

/** Stands for all seats at once; no seat is called so. */
export const everyone = '*'

/**
 * Whose own facts an event changes: a seat, `everyone` (points move everyone's place), or nobody's.
 * @param state the room after it
 */
export function whoseMine(event: RoomEvent, state: RoomState): SeatId | null {
  switch (event.type) {
    case 'questionAsked':
    case 'choicesMarked':
    case 'answersJudged':
    case 'answersUnjudged':
    case 'verdictGiven':
    case 'verdictUndone':
    case 'scoreCorrected':
    case 'removed':
    case 'letBackIn':
    case 'teamsMerged':
    case 'gameEnded':
    case 'sessionBegan':
    case 'steppedBack':
      return everyone
    case 'buzzersOpened':
      return state.rules.afterWrong === 'reopen-to-others' ? everyone : null
    case 'teamPicked': {
      const [first, ...more] = event.secret?.members ?? []
      // Before there are points, a hall that picks its teams need not hear of each other.
      return first && more.length === 0 && scoresOf(state).size === 0 ? first.seat : everyone
    }
    case 'renamed':
    case 'nameHidden':
    case 'protestRuled':
      return event.seat
    case 'protested':
    case 'written':
    case 'rated':
    case 'progressBrought':
      return event.by
    case 'voted':
      // A phone in the hall knows what it has sent; in a study room the same person may have two.
      return state.study ? event.by : null
    case 'staked':
      return event.secret?.stake?.seat ?? null
    case 'extraTimeGiven':
      return event.secret?.allowance?.seat ?? null
    case 'falseStarted':
      return event.secret?.early?.seat ?? null
    default:
      return null
  }
}
