import { guessIn, stageOf, type Mine, type Turn } from '@knopka/shared/game'

/** What a phone looks like where everyone answers by typing. */
export type TypingFace =
  /** The host reads; the field comes when it opens. */
  | 'reading'
  | 'typing'
  /** Its own time is over, and others still have some. */
  | 'late'
  /** Sent; the server has not taken it yet. */
  | 'sending'
  | 'typed'
  /** Closed: the host judges, or has judged. */
  | 'marked'

/** What this phone sent. */
export interface Sent {
  text: string
  isUnderWay: boolean
}

export function typingFace(turn: Turn, sent: Sent | null, isLate: boolean): TypingFace {
  const stage = stageOf(turn)
  if (stage === 'closed') return 'marked'
  if (stage === 'reading') return 'reading'
  if (sent) return sent.isUnderWay ? 'sending' : 'typed'
  return isLate ? 'late' : 'typing'
}

/** When the time to choose or to type is over for this phone: some have more of it. `null`: the host decides. */
export function ownEnd(turn: Turn | null, mine: Pick<Mine, 'extraTime'> | null): number | null {
  if (!turn || turn.endsAt === null) return null
  const opensAt = turn.opensAt ?? turn.endsAt
  return opensAt + ((turn.endsAt - opensAt) * (100 + (mine?.extraTime ?? 0))) / 100
}

/** How far a guess is from what was right; `null` while that is not said. */
export function offBy(right: number | null, text: string): number | null {
  const guess = guessIn(text)
  return right === null || guess === null ? null : Math.abs(guess - right)
}

/** Keypads of numbers have no minus on some phones. */
export const withOtherSign = (text: string): string => {
  const plain = text.trim()
  return /^[-−]/.test(plain) ? plain.slice(1) : `-${plain}`
}
