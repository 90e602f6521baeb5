import type { Leaning } from '@knopka/shared/bank'
import type { BankUse, PlayedByGroup } from '@knopka/shared/contracts'
import type { Picked } from '../ui/picked.ts'
import type { Difficulty } from './settings.ts'
import type { TreeSection } from '../ui/tree.ts'

export const playedFrom = ({ played }: PlayedByGroup): ReadonlySet<string> => new Set(played)

/** What draws one question before another. @param played `null` where that is not known, or not heeded */
export const leaningOf = (played: ReadonlySet<string> | null, difficulty: Difficulty, use: BankUse): Leaning => ({
  ...(played ? { played } : {}),
  difficulty,
  use: new Map(Object.entries(use)),
})

/** How many questions of these sections themselves nobody of the group has been asked. */
export const newIn = (sections: TreeSection[], played: ReadonlySet<string>): number =>
  sections.reduce((sum, { questions }) => sum + questions.filter(({ id }) => !played.has(id)).length, 0)

export interface News {
  /** New ones of the whole bank, and of what is picked. */
  all: number
  picked: number
  /** How many of the evening the group has played before. */
  repeated: number
}

export function newsOf(all: TreeSection[], picked: Picked, played: ReadonlySet<string>, drawn: string[]): News {
  const inPicked = newIn(
    all.filter(({ id }) => picked.has(id)),
    played,
  )
  return { all: newIn(all, played), picked: inPicked, repeated: drawn.filter((id) => played.has(id)).length }
}

/** As the server has it, which draws by the same figures: after fewer, nothing is said of a question. */
export const fewestAsked = 3

/** What is known of a question; `null`: it was asked too seldom. */
export function knownOf(use: BankUse, id: string): BankUse[string] | null {
  const own = Object.hasOwn(use, id) ? use[id] : undefined
  return own && own.asked >= fewestAsked ? own : null
}

/** How long a right answer took on average; `null` where there was none. */
export const averageMs = ({ right, ms }: BankUse[string]): number | null => (right > 0 ? ms / right : null)

export const knownIn = (sections: TreeSection[], use: BankUse): number =>
  sections.reduce((sum, { questions }) => sum + questions.filter(({ id }) => knownOf(use, id)).length, 0)
