import { isRightChoice, stageOf, type Choosing, type Turn } from '@knopka/shared/game'

/** What a phone looks like where everyone answers by choosing. */
export type ChoiceFace =
  /** The host reads; the options come when it opens. */
  | 'reading'
  | 'choosing'
  /** Sent; the server has not taken it yet. */
  | 'sending'
  | 'chosen'
  /** Closed, and nothing is secret any more. */
  | 'marked'

/** What this phone answered. */
export interface Given {
  /** 0 for the first that is shown. */
  options: number[]
  isUnderWay: boolean
}

export function choiceFace(turn: Turn, given: Given | null): ChoiceFace {
  const stage = stageOf(turn)
  if (stage === 'closed') return 'marked'
  if (stage === 'reading') return 'reading'
  if (!given) return 'choosing'
  return given.isUnderWay ? 'sending' : 'chosen'
}

/** How a closed question ended for this phone; `void`: it counts for nobody. */
export type Outcome = 'right' | 'wrong' | 'unanswered' | 'skipped' | 'void'

export function outcomeOf(choosing: Choosing, given: Given | null): Outcome {
  const { right } = choosing
  if (!right) return 'skipped'
  if (right.length === 0) return 'void'
  if (!given) return 'unanswered'
  return isRightChoice(choosing, given.options, right) ? 'right' : 'wrong'
}

/** What one option looks like. */
export type TileLook =
  | 'blank'
  | 'open'
  /** Marked, where several may be, and not sent. */
  | 'picked'
  | 'own'
  | 'rest'
  | 'right'
  | 'own-right'
  | 'own-wrong'

/** @param picked what is marked and not sent */
export function tileLook(
  option: number,
  face: ChoiceFace,
  { right }: Choosing,
  given: Given | null,
  picked: number[],
): TileLook {
  if (face === 'reading') return 'blank'
  if (face === 'choosing') return picked.includes(option) ? 'picked' : 'open'
  const isOwn = given?.options.includes(option) ?? false
  if (face !== 'marked' || !right?.length) return isOwn ? 'own' : 'rest'
  if (right.includes(option)) return isOwn ? 'own-right' : 'right'
  return isOwn ? 'own-wrong' : 'rest'
}
