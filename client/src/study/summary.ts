import type { StudyRating, Verdict } from '@knopka/shared/contracts'
import { textOf, turnsInSession, type Mine, type RoomState } from '@knopka/shared/game'
import type { Ms } from '@knopka/shared/ids'
import { noteOf } from './note.ts'
import { namesOf } from './people.ts'
import { tallyOf } from './tally.ts'

/** One question of a session, as one person may know how it went. */
export interface Asked {
  turn: number
  path: string[]
  text: string
  questionId: string
  isNew: boolean
  /** By name, who answered aloud. */
  answered: string | null
  votes: Record<Verdict, number>
  texts: { name: string; text: string }[]
  /** One's own. */
  rating: StudyRating | null
  note: string | null
}

export const askedIn = (state: RoomState, mine: Mine | null): Asked[] =>
  turnsInSession(state).map((turn) => {
    const { studied, secret } = turn
    const texts = (studied?.shown ?? []).flatMap(({ seat, text }) =>
      text === null ? [] : [{ name: namesOf(state, [seat])[0] ?? '', text }],
    )
    return {
      turn: turn.turn,
      path: turn.path,
      text: textOf(turn),
      questionId: secret.questionId ?? '',
      isNew: studied?.why.kind === 'new',
      answered: (studied?.answered && namesOf(state, [studied.answered])[0]) || null,
      votes: tallyOf(studied?.shown),
      texts,
      rating: mine?.study?.ratings[turn.turn] ?? null,
      note: turn.revealed ? noteOf(state, turn).text : null,
    }
  })

const dayMs = 24 * 3_600_000

/** In so many days a question comes back, 0 for today. Days change at midnight where the person is. */
export function daysUntil(at: Ms, now: Ms): number {
  const midnight = (ms: Ms) => new Date(ms).setHours(0, 0, 0, 0)
  return Math.max(0, Math.round((midnight(at) - midnight(now)) / dayMs))
}
