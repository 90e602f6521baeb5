import { inAllBanks } from '@knopka/shared/bank'
import type { Ms, QuestionId } from '@knopka/shared/ids'
import { fetchProgress } from '../lib/api.ts'

/** When each question of a bank comes back to somebody; of those alone that they have rated. */
export type DueAt = (question: QuestionId) => Ms | null

/** What this person's progress says; its reader is fetched when somebody first asks. @returns `null` where nobody knows */
export async function dueFor(key: string, bank: string): Promise<DueAt | null> {
  const [study, answer] = await Promise.all([import('@knopka/shared/study').catch(() => null), fetchProgress(key)])
  if (!study || !answer.ok) return null
  const cards = study.cardsOf(answer.body.reviews)
  return (question) => {
    const card = cards.get(inAllBanks(bank, question))
    return card ? study.dueAt(card) : null
  }
}
