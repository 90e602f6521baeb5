import { pickRounds, type Bank } from '@knopka/shared/bank'
import type { RoundSettings } from '@knopka/shared/contracts'
import { turnsOf, type DrawnRounds, type RoomState, type Round } from '@knopka/shared/game'
import type { QuestionId } from '@knopka/shared/ids'

/** What this bank gives for the rounds of an evening that begins. */
export const drawAll = (bank: Bank, rounds: RoundSettings[], seed: string): DrawnRounds =>
  drawnFrom(rounds, pickRounds(bank, rounds, seed))

/** What it gives for rounds in place of those behind the first `kept`, when some questions were asked already. */
export function drawRest(bank: Bank, rounds: RoundSettings[], kept: number, state: RoomState): DrawnRounds {
  const { seed = '', plan = [] } = state.secret
  const own = kept === 0 ? 0 : state.rounds.slice(0, kept).reduce((sum, { count }) => sum + count, 0)
  return drawnFrom(
    rounds,
    pickRounds(bank, rounds, seed, { asked: plan.slice(0, own), missed: missedIn(state) }, kept + 1),
  )
}

/** Asked, and answered right by nobody; each once, in the order of asking. */
function missedIn(state: RoomState): QuestionId[] {
  const played = turnsOf(state).filter(({ closed, practice }) => closed !== null && !practice)
  const known = played.filter(
    ({ verdicts, secret }) =>
      [...verdicts, ...(secret.typedMarks ?? [])].some(({ verdict }) => verdict === 'right') ||
      (secret.marks ?? []).some(({ points }) => points > 0),
  )
  const ids = new Set(played.map(({ secret }) => secret.questionId).filter((id) => id !== undefined))
  known.forEach(({ secret }) => ids.delete(secret.questionId ?? ''))
  return [...ids]
}

function drawnFrom(rounds: RoundSettings[], { rounds: picked, spare }: ReturnType<typeof pickRounds>): DrawnRounds {
  return {
    rounds: picked.map(({ questions, columns, final }, index): Round => {
      const { title = null, board } = rounds[index] ?? {}
      const { step, doubles } = board ?? { step: 0, doubles: 0 }
      return { title, count: questions.length, board: board ? { columns, step, doubles, final } : null }
    }),
    plan: [...picked.flatMap(({ questions }) => questions), ...spare],
  }
}
