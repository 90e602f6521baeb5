import { randomUUID } from 'node:crypto'
import type { Bank } from '@knopka/shared/bank'
import type { InterviewToOpen, Plan } from '@knopka/shared/contracts'
import type { AgendaItem, CommandOf } from '@knopka/shared/game'
import { fingerprint, newCapability, newItemId } from './seats.ts'
import type { Shelf } from './store/store.ts'

/** After its last use. */
const planTtlMs = 365 * 24 * 3_600_000

/** What interviewers make once for all candidates of an opening. Whoever has a plan's key may do anything with it. */
export class Plans {
  #shelf: Shelf

  constructor(shelf: Shelf) {
    this.#shelf = shelf
  }

  /** @returns its key */
  async keep(plan: Plan): Promise<string> {
    const key = newCapability()
    await this.replace(key, plan)
    return key
  }

  replace(key: string, plan: Plan): Promise<void> {
    return this.#shelf.put(planShelf(key), plan, planTtlMs)
  }

  /** The plan, which is used by being looked at; `null` where there is none. */
  async get(key: string): Promise<Plan | null> {
    const plan = await this.#shelf.get(planShelf(key))
    await this.#shelf.renew(planShelf(key), planTtlMs)
    return plan as Plan | null
  }

  delete(key: string): Promise<void> {
    return this.#shelf.delete(planShelf(key))
  }
}

/** In logs and in the store a plan has this name; from it nobody finds the key. */
export const planName = (key: string): string => fingerprint(key)

const planShelf = (key: string) => `plan/${planName(key)}`

/** Begins an interview: the questions of the plan, with the answer notes that the bank has today. */
export function openingOf(
  { candidate, interviewers }: InterviewToOpen,
  key: string,
  plan: Plan,
  bank: Bank | undefined,
  about: { address: string; keptDays: number },
): CommandOf<'openInterview'> {
  const { seconds, minutes, mayMoveOn, showsNumbers } = plan
  const { address, keptDays } = about
  return {
    type: 'openInterview',
    by: 'server',
    role: 'server',
    commandId: randomUUID(),
    address,
    interview: { candidate, interviewers, seconds, minutes, mayMoveOn, showsNumbers, keptDays },
    agenda: agendaOf(plan, bank),
    levels: plan.levels,
    planTitle: plan.title,
    planName: planName(key),
    bank: plan.bank,
    links: { host: newCapability(), cohost: newCapability(), candidate: newCapability() },
    cardId: newCapability(),
    roomId: newCapability(),
  }
}

const agendaOf = ({ items }: Plan, bank: Bank | undefined): AgendaItem[] =>
  items.map((item) => {
    const note = bank?.questions.get(item.questionId ?? '')?.note
    return { id: newItemId(), ...item, ...(note ? { note } : {}) }
  })
