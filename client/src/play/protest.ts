import { stageOf, verdictFor, type Mine, type RoomState, type Turn } from '@knopka/shared/game'

/** Whether a question that is closed went against this player, whose answer, or whose team's, was judged. */
export function wentAgainst(turn: Turn, mine: Mine): boolean {
  if (stageOf(turn) !== 'closed' || turn.practice) return false
  const judged = verdictFor(turn, mine)
  if (judged) return judged.verdict !== 'right'
  if (mine.typed) return mine.verdict !== null && mine.verdict !== 'right'
  const counts = (turn.choosing?.right?.length ?? 0) > 0
  return counts && mine.chosen !== null && mine.gained !== null && mine.gained <= 0
}

/** What a phone shows of a protest. */
export interface Protesting {
  /** Of which question. */
  turn: number
  /** `held`: while people press, it cannot be reached; its place stays, so that nothing moves under a thumb. */
  state: 'may' | 'held' | 'asked' | 'upheld' | 'rejected'
}

/** A ruling may take the host some questions; whoever waits for it shall see it. */
const questionsUntilRuled = 3

/** @param against the last question that went against this player, where it is known */
export function protestingOf({ turn, phase }: RoomState, mine: Mine, against: number | null): Protesting | null {
  if (!turn || phase === 'over') return null
  const isNear = (number: number) => number === turn.turn || number === turn.turn - 1
  const { protest } = mine
  if (protest && protest.turn >= turn.turn - questionsUntilRuled && protest.turn >= (against ?? 0)) {
    const ruled = protest.upheld ? 'upheld' : 'rejected'
    return { turn: protest.turn, state: protest.upheld === null ? 'asked' : ruled }
  }
  if (against === null || !isNear(against)) return null
  const stage = stageOf(turn)
  return { turn: against, state: stage === 'closed' || stage === 'reading' ? 'may' : 'held' }
}
