import type { Ms, QuestionId } from '@knopka/shared/ids'
import { cardsOf, dayMs, meanRecall, nextQuestion, type Review } from '@knopka/shared/study'
import { Person } from './person.ts'

export interface Plan {
  seed: string
  pool: QuestionId[]
  newPercent: number
  /** How far the memory of each person is from what the scheduler believes. */
  noise: number
  people: number
  days: number
  /** Of the week, 0 for its first. */
  sessionDays: number[]
  questionsInSession: number
}

/** Of the ratings of what somebody had studied before: how many they knew, and how many they should have. */
export interface Recall {
  asked: number
  known: number
  expected: number
}

export interface Season {
  weeks: Recall[]
  /** How many questions were asked, and how many of them nobody had studied. */
  turns: number
  fresh: number
}

const mondayEvening = Date.UTC(2026, 0, 5, 16)
const turnMs: Ms = 2 * 60 * 1000

interface Member {
  seat: string
  person: Person
  reviews: Review[]
}

/** A team studies the same bank week after week; nobody is ever away. */
export function season(plan: Plan): Season {
  const team = Array.from({ length: plan.people }, (_, index): Member => {
    return { seat: `seat-${index}`, person: new Person(`${plan.seed} ${index}`, plan.noise), reviews: [] }
  })
  const played: Season = { weeks: [], turns: 0, fresh: 0 }
  for (let day = 0; day < plan.days; day++) if (plan.sessionDays.includes(day % 7)) session(plan, team, day, played)
  return played
}

function session({ seed, pool, newPercent, questionsInSession }: Plan, team: Member[], day: number, played: Season) {
  const week = (played.weeks[Math.floor(day / 7)] ??= { asked: 0, known: 0, expected: 0 })
  const present = team.map(({ seat, reviews }) => ({ seat, cards: cardsOf(reviews) }))
  const asked = new Set<QuestionId>()
  while (asked.size < questionsInSession) {
    const now = mondayEvening + day * dayMs + asked.size * turnMs
    const next = nextQuestion({ present, pool, asked, newPercent, seed: `${seed} ${day}`, now })
    if (!next) return
    asked.add(next.question)
    played.turns++
    if (next.why.kind === 'new') played.fresh++
    team.forEach(({ person, reviews }, index) => {
      const { known, rating } = person.answer(next.question, now)
      reviews.push({ id: `room/${played.turns}`, question: next.question, at: now, rating, revision: 0 })
      const card = present[index]?.cards.get(next.question)
      if (!card) return
      week.asked++
      week.known += Number(known)
      week.expected += meanRecall([card], now)
    })
  }
}

export const sumOf = (weeks: Recall[]): Recall =>
  weeks.reduce((sum, { asked, known, expected }) => ({
    asked: sum.asked + asked,
    known: sum.known + known,
    expected: sum.expected + expected,
  }))

export const shareOf = ({ asked, known }: Recall): number => known / asked
