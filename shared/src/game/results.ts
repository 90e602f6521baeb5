import type { Ms, SeatId } from '../ids.ts'
import type { QuestionKind } from '../bank/question.ts'
import { inOrder, textOf } from './ask.ts'
import { standingsOf, turnsOf, type Standing } from './scores.ts'
import type { CloseReason, Correction, Judgement, Mode, Press, RoomState, Turn } from './state.ts'

export interface PlayedQuestion {
  turn: number
  kind: QuestionKind
  path: string[]
  text: string
  note: string | null
  /** In the order that the rules found. */
  presses: Press[]
  verdicts: Judgement[]
  closed: CloseReason | null
}

export interface Awards {
  /** The quickest press that was answered right; a second opening of the buzzers can be foreseen and does not count. */
  fastest: { seat: SeatId; scoreMs: Ms } | null
  /** The most right answers in a row, counting only one's own answers. */
  streak: { seat: SeatId; length: number } | null
  /** From the lowest place after any question to the last. */
  comeback: { seat: SeatId; places: number } | null
}

/** An evening as it ended: everything on the page of results and in its downloads. */
export interface Results {
  mode: Mode
  title: string
  endedAt: Ms
  standings: Standing[]
  awards: Awards
  questions: PlayedQuestion[]
  corrections: Correction[]
}

/** Everything is open once the evening is over, answer notes included. */
export function resultsOf(state: RoomState): Results {
  return {
    mode: state.mode,
    title: state.title,
    endedAt: state.results?.endedAt ?? 0,
    standings: standingsOf(state),
    awards: { fastest: fastest(state), streak: longestStreak(state), comeback: comeback(state) },
    questions: turnsOf(state).map(played),
    corrections: state.secret.corrections ?? [],
  }
}

function played(turn: Turn): PlayedQuestion {
  const { turn: number, kind, path, verdicts, closed, secret } = turn
  const text = textOf(turn)
  return { turn: number, kind, path, text, note: secret.note ?? null, presses: inOrder(turn), verdicts, closed }
}

function fastest(state: RoomState): Awards['fastest'] {
  const right = turnsOf(state).flatMap(({ presses, verdicts }) =>
    presses.filter(
      ({ seat, opening }) =>
        opening === 1 && verdicts.some((judged) => judged.seat === seat && judged.verdict === 'right'),
    ),
  )
  const [first] = right.sort((a, b) => a.scoreMs - b.scoreMs)
  return first ? { seat: first.seat, scoreMs: first.scoreMs } : null
}

function longestStreak(state: RoomState): Awards['streak'] {
  const running = new Map<SeatId, number>()
  let best: Awards['streak'] = null
  for (const { seat, verdict } of turnsOf(state).flatMap(({ verdicts }) => verdicts)) {
    const length = verdict === 'right' ? (running.get(seat) ?? 0) + 1 : 0
    running.set(seat, length)
    if (length > (best?.length ?? 1)) best = { seat, length }
  }
  return best
}

function comeback(state: RoomState): Awards['comeback'] {
  const turns = turnsOf(state)
  const final = standingsOf(state)
  const lowest = new Map<SeatId, number>()
  turns.forEach((turn, index) => {
    const then = standingsOf({
      ...state,
      turn,
      secret: { ...state.secret, past: turns.slice(0, index), corrections: [] },
    })
    then.forEach(({ seat, place }) => lowest.set(seat, Math.max(place, lowest.get(seat) ?? 0)))
  })
  const rises = final.map(({ seat, place }) => ({ seat, places: (lowest.get(seat) ?? place) - place }))
  const [best] = rises.sort((a, b) => b.places - a.places)
  return best && best.places > 0 ? best : null
}
