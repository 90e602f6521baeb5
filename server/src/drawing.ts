import { pickRounds, type Bank, type Leaning } from '@knopka/shared/bank'
import type { RoundSettings } from '@knopka/shared/contracts'
import { missedOf, type DrawnRounds, type RoomState, type Round } from '@knopka/shared/game'

/** What this bank gives for the rounds of an evening that begins. */
export const drawAll = (bank: Bank, rounds: RoundSettings[], seed: string, leaning: Leaning): DrawnRounds =>
  drawnFrom(bank, rounds, pickRounds(bank, rounds, seed, leaning))

/** What it gives for rounds in place of those behind the first `kept`, when some questions were asked already. */
export function drawRest(
  bank: Bank,
  rounds: RoundSettings[],
  kept: number,
  state: RoomState,
  leaning: Leaning,
): DrawnRounds {
  const { seed = '', plan = [] } = state.secret
  const own = state.rounds.slice(0, kept).reduce((sum, { count }) => sum + count, 0)
  return drawnFrom(
    bank,
    rounds,
    pickRounds(bank, rounds, seed, leaning, { asked: plan.slice(0, own), missed: missedOf(state) }, kept + 1),
  )
}

function drawnFrom(
  bank: Bank,
  rounds: RoundSettings[],
  { rounds: picked, spare }: ReturnType<typeof pickRounds>,
): DrawnRounds {
  return {
    rounds: picked.map(({ questions, columns, final }, index): Round => {
      const { title = null, board } = rounds[index] ?? {}
      const { step, doubles } = board ?? { step: 0, doubles: 0 }
      const options = questions.filter((id) => bank.questions.get(id)?.choices).length
      return { title, count: questions.length, options, board: board ? { columns, step, doubles, final } : null }
    }),
    plan: [...picked.flatMap(({ questions }) => questions), ...spare],
  }
}
