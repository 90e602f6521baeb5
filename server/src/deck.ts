import type { QuestionId } from '@knopka/shared/ids'
import { cardsOf, mergeReviews, type Card, type Cards, type Review } from '@knopka/shared/study'

/** What one person has rated, as far as this node has heard: a review that is added folds its own question anew. */
export class Deck {
  #reviews = new Map<string, Review>()
  #byQuestion = new Map<QuestionId, Map<string, Review>>()
  #cards = new Map<QuestionId, Card>()
  #unfolded = new Set<QuestionId>()

  /** They change as reviews come in and are folded. */
  get cards(): Cards {
    return this.#cards
  }

  /** How many reviews are held. */
  get size(): number {
    return this.#reviews.size
  }

  /** Each as it was revised last, the oldest first. */
  get reviews(): Review[] {
    return mergeReviews([...this.#reviews.values()])
  }

  take(reviews: Review[]): void {
    for (const review of reviews) {
      const known = this.#reviews.get(review.id)
      if (known && mergeReviews([known, review])[0] === known) continue
      if (known) this.#of(known.question).delete(known.id)
      this.#reviews.set(review.id, review)
      this.#of(review.question).set(review.id, review)
      this.#unfolded.add(review.question)
      if (known) this.#unfolded.add(known.question)
    }
  }

  /** @param most how many questions at once. @returns whether there are more */
  fold(most = Infinity): boolean {
    for (const question of this.#unfolded) {
      if (most-- <= 0) return true
      this.#unfolded.delete(question)
      this.#fold(question)
    }
    return false
  }

  #fold(question: QuestionId): void {
    const card = cardsOf([...this.#of(question).values()]).get(question)
    if (card) this.#cards.set(question, card)
    else this.#cards.delete(question)
  }

  #of(question: QuestionId): Map<string, Review> {
    const known = this.#byQuestion.get(question)
    if (known) return known
    const none = new Map<string, Review>()
    this.#byQuestion.set(question, none)
    return none
  }
}
