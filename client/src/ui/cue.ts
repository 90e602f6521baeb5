import {
  isForAll,
  queueOf,
  verdictOf,
  type CloseReason,
  type EventOf,
  type RoomEvent,
  type RoomState,
  type Turn,
  type Verdict,
} from '@knopka/shared/game'

/** What the hall hears. */
type Cue = { sound: 'press' | 'timeUp' | 'round' | 'cell' | 'double' | Verdict } | { sound: 'seat'; number: number }

/**
 * What an event sounds like; most make no sound.
 * @param state the room after the commit that the event came with
 */
export function cueOf(event: RoomEvent, { turn }: RoomState): Cue | null {
  if (event.type === 'roundBegan') return { sound: 'round' }
  if (event.type === 'cellPicked') return { sound: 'cell' }
  if (!turn || !('turn' in event) || event.turn !== turn.turn) return null
  switch (event.type) {
    case 'buzzed':
      return firstIn(turn)?.seat === event.seat ? { sound: 'press' } : null
    case 'floorGiven': {
      const [first] = queueOf(turn)
      // Whoever comes next was heard of already: the hall has just heard a wrong answer.
      return first?.seat === event.seat && !queueOf(turn).some(({ seat }) => verdictOf(turn, seat))
        ? { sound: 'seat', number: first.team ?? first.number }
        : null
    }
    case 'verdictGiven':
      return { sound: event.verdict }
    case 'answerTimedOut':
      return { sound: 'timeUp' }
    case 'turnClosed':
      return isTimeOver(turn, event.reason) ? { sound: 'timeUp' } : null
    case 'questionAsked':
      return event.worth ? { sound: event.worth.kind === 'plain' ? 'cell' : 'double' } : null
    case 'answersJudged':
      // Hosts judge group after group; the hall hears of those that are right.
      return hasRight(event) ? { sound: 'right' } : null
    case 'staked':
    case 'chosen':
    case 'typed':
    case 'choicesMarked':
    case 'juryCalled':
    case 'voted':
    case 'juryClosed':
    case 'protested':
    case 'protestRuled':
    case 'buzzersOpened':
    case 'buzzersKeptOpen':
    case 'falseStarted':
    case 'answersUnjudged':
    case 'verdictUndone':
    case 'answerRevealed':
    case 'written':
    case 'studyRevealed':
    case 'rated':
    case 'steppedBack':
      return null
  }
}

const hasRight = ({ secret }: EventOf<'answersJudged'>): boolean =>
  secret?.typedMarks?.some(({ verdict }) => verdict === 'right') ?? false

/** Where everyone answers, the time is over for all at once, whoever ended it: one sound for a hundred answers. */
const isTimeOver = (turn: Turn, reason: CloseReason): boolean =>
  isForAll(turn) ? reason !== 'skipped' : reason === 'time-out'

/** The press that the hall hears of first, in the order of the log. */
const firstIn = ({ presses, openings }: Turn) => presses.find(({ opening }) => opening === openings)
