import type { QuestionId } from '@knopka/shared/ids'
import { cardsOf, history, streakOf, type Card, type Review } from '@knopka/shared/study'
import { deleteProgress, fetchProgress, sendReviews, type Refused } from '../lib/api.ts'
import { forgetProgressKey, keepProgressKey, knownProgressKey, progressKey } from '../lib/progress-key.ts'

/** How many days of history are drawn: twelve weeks. */
const shownDays = 84

/** What the person of this device has rated, and all that follows from it. */
export class Own {
  /** `null`: nothing was ever studied here. */
  key = $state<string | null>(knownProgressKey())
  reviews = $state.raw<Review[]>([])
  /** The server's clock when it was asked last: this device may be a year off. */
  now = $state(Date.now())
  readonly cards: ReadonlyMap<QuestionId, Card> = $derived(cardsOf(this.reviews))
  readonly days = $derived(history(this.reviews, this.now, shownDays, offsetMinutes()))
  readonly streak = $derived(streakOf(this.reviews, this.now, offsetMinutes()))

  async load(): Promise<Refused | null> {
    const key = knownProgressKey()
    if (key === null) return null
    const answer = await fetchProgress(key)
    if (!answer.ok) return answer
    this.key = key
    this.now = answer.now ?? this.now
    // Whoever looks again mostly finds what was there, and nothing has to be worked out anew.
    if (isSame(this.reviews, answer.body.reviews)) return null
    this.reviews = answer.body.reviews
    return null
  }

  /** The key of this device, which is drawn where there was none. */
  drawKey(): string {
    this.key = progressKey()
    return this.key
  }

  /** Keeps reviews from elsewhere beside what is there. */
  async add(reviews: Review[]): Promise<Refused | null> {
    const sent = await sendReviews(this.drawKey(), reviews)
    return sent.ok ? this.load() : sent
  }

  /** From now on this device has the progress of another one, and all that it had itself is in it. */
  async take(key: string): Promise<Refused | null> {
    const had = this.key !== null && this.key !== key ? await fetchProgress(this.key) : null
    if (had && !had.ok && had.code !== 'no-progress') return had
    const sent = await sendReviews(key, had?.ok ? had.body.reviews : [])
    if (!sent.ok) return sent
    keepProgressKey(key)
    return this.load()
  }

  /** For good, on the server and here. */
  async delete(): Promise<Refused | null> {
    const deleted = this.key === null ? null : await deleteProgress(this.key)
    if (deleted && !deleted.ok) return deleted
    this.leave()
    return null
  }

  /** This device begins anew; what is kept under its key stays. */
  leave(): void {
    forgetProgressKey()
    this.key = null
    this.reviews = []
  }
}

const offsetMinutes = () => -new Date().getTimezoneOffset()

const isSame = (some: Review[], others: Review[]): boolean =>
  some.length === others.length && some.every(({ id, revision }, at) => isThat(others[at], id, revision))

const isThat = (review: Review | undefined, id: string, revision: number) =>
  review?.id === id && review.revision === revision
