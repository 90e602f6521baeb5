import type { Ms } from '../ids.ts'
import { differs, opinionsOf, timeSpent, wasShown } from './ask-interview.ts'
import type { Conclusion, Interviewer, AgendaItem, Level, Opinion, Rating } from './interview.ts'
import type { RoomState } from './state.ts'

/** One question of an interview and all that was made of its answer. */
export interface CardItem extends Omit<AgendaItem, 'added'> {
  added: boolean
  /** How long it was on the candidate's page; `null`: it never was. */
  spentMs: Ms | null
  /** `null` where they made nothing of it. */
  first: Opinion | null
  second: Opinion | null
  agreed: Level | null
  /** What counts: what the two agreed on, or the mean of their levels; `null`: nobody rated it. */
  level: number | null
  /** They are more than one level apart. */
  differs: boolean
}

export interface CardSection {
  title: string
  /** Means of the levels that were given; `null`: none was. */
  first: number | null
  second: number | null
  level: number | null
  rated: number
  items: number
}

/** An interview that is over, as its log tells it. */
export interface Scorecard {
  planTitle: string
  candidate: string
  interviewers: string[]
  /** In words, from 0 up. */
  levels: string[]
  beganAt: Ms | null
  endedAt: Ms
  keptDays: number
  /** The mean of all that counts. */
  level: number | null
  sections: CardSection[]
  items: CardItem[]
  conclusion: Conclusion
}

export const noConclusion: Conclusion = { recommendation: null, strengths: '', gaps: '' }

export function scorecardOf(state: RoomState): Scorecard {
  const { interview, secret } = state
  const items = (secret.agenda ?? []).map((item) => cardItem(state, item))
  return {
    planTitle: secret.planTitle ?? '',
    candidate: interview?.candidate ?? '',
    interviewers: interview?.interviewers ?? [],
    levels: secret.levels ?? [],
    beganAt: interview?.beganAt ?? null,
    endedAt: interview?.endedAt ?? 0,
    keptDays: interview?.keptDays ?? 0,
    level: meanOf(items.map(({ level }) => level)),
    sections: sectionsOf(items),
    items,
    conclusion: secret.conclusion ?? noConclusion,
  }
}

function cardItem(state: RoomState, item: AgendaItem): CardItem {
  const { id, added = false } = item
  const opinion = (interviewer: Interviewer) => opinionsOf(state, interviewer)[id] ?? null
  const [first, second, agreed] = [opinion('first'), opinion('second'), state.secret.agreed?.[id] ?? null]
  return {
    ...item,
    added,
    spentMs: wasShown(state, id) ? timeSpent(state, id, state.interview?.endedAt ?? 0) : null,
    first,
    second,
    agreed,
    level: agreed ?? meanOf([levelIn(first), levelIn(second)]),
    differs: differs(state, id),
  }
}

/** In the order in which they first come. */
function sectionsOf(items: CardItem[]): CardSection[] {
  return [...new Set(items.map(({ section }) => section))].map((title) => {
    const own = items.filter(({ section }) => section === title)
    return {
      title,
      first: meanOf(own.map(({ first }) => levelIn(first))),
      second: meanOf(own.map(({ second }) => levelIn(second))),
      level: meanOf(own.map(({ level }) => level)),
      rated: own.filter(({ level }) => level !== null).length,
      items: own.length,
    }
  })
}

const levelIn = (opinion: { rating: Rating | null } | null): number | null =>
  typeof opinion?.rating === 'number' ? opinion.rating : null

function meanOf(levels: (number | null)[]): number | null {
  const known = levels.filter((level) => level !== null)
  return known.length > 0 ? known.reduce((sum, level) => sum + level, 0) / known.length : null
}
