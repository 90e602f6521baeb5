import type { Ms } from '../ids.ts'
import { dayMs, dueAt, targetRetention, type Cards } from './cards.ts'
import { ratedIn, type Review } from './review.ts'

/** What was rated on one day. */
export interface StudyDay {
  /** `2026-03-01` */
  day: string
  count: number
  /** How many of them were not known. */
  again: number
}

/** Of days, counted from 1970 where the person lives; their clock is so many minutes ahead of UTC. */
const dayIn = (at: Ms, utcOffsetMinutes: number): number => Math.floor((at + utcOffsetMinutes * 60_000) / dayMs)
const named = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10)

/** The last so many days up to today, oldest first; also those on which nothing was rated. */
export function history(reviews: Review[], now: Ms, days: number, utcOffsetMinutes: number): StudyDay[] {
  const first = dayIn(now, utcOffsetMinutes) - days + 1
  const counted = Array.from({ length: days }, (_, index) => ({ day: named(first + index), count: 0, again: 0 }))
  for (const { at, rating } of ratedIn(reviews)) {
    const day = counted[dayIn(at, utcOffsetMinutes) - first]
    if (!day) continue
    day.count++
    if (rating === 'again') day.again++
  }
  return counted
}

/** How many are due at this hour tomorrow, if nothing is studied until then. */
export const dueTomorrow = (cards: Cards, now: Ms, retention = targetRetention): number =>
  [...cards.values()].filter((card) => dueAt(card, retention) <= now + dayMs).length

/** So many days without study still are no break: who meets three times a week may miss one of them. */
const longestGap = 4

/**
 * On how many days somebody studied since they last paused for longer than is forgiven.
 * @returns `days` is 0 when such a pause goes on today; `lastDay` is when they studied last, `2026-03-01`
 */
export function streakOf(
  reviews: Review[],
  now: Ms,
  utcOffsetMinutes: number,
): { days: number; lastDay: string | null } {
  const studied = [...new Set(ratedIn(reviews).map(({ at }) => dayIn(at, utcOffsetMinutes)))].reverse()
  const [last] = studied
  if (last === undefined) return { days: 0, lastDay: null }
  let days = 0
  let later = dayIn(now, utcOffsetMinutes)
  for (const day of studied) {
    if (later - day - 1 > longestGap) break
    later = day
    days++
  }
  return { days, lastDay: named(last) }
}
