import { randomUUID } from 'node:crypto'
import { allBanks, idIn, inAllBanks, ownPlace, questionsIn, type Bank } from '@knopka/shared/bank'
import type { StudyToOpen } from '@knopka/shared/contracts'
import { askedInSession, isSessionOver, seatNamed, type CommandOf, type RoomState } from '@knopka/shared/game'
import type { Ms, SeatId } from '@knopka/shared/ids'
import { nextQuestion, type Present } from '@knopka/shared/study'
import type { Progress } from './progress.ts'
import { newCapability } from './seats.ts'

export function openingOfStudy(
  { title, bank, study }: Omit<StudyToOpen, 'password'>,
  address: string,
): CommandOf<'openStudy'> {
  return {
    type: 'openStudy',
    by: 'server',
    role: 'server',
    commandId: randomUUID(),
    title,
    address,
    study,
    bank,
    seed: newCapability(),
    roomId: newCapability(),
    invitation: newCapability(),
  }
}

/** What comes next for those who are here, and why; `null`: nothing is due, and nothing new is left. */
export async function drawNext(
  state: RoomState,
  present: SeatId[],
  bank: Bank,
  progress: Progress,
  now: Ms,
): Promise<CommandOf<'askNext'>['next']> {
  const { study, secret } = state
  if (!study) return null
  const session = (study.session?.number ?? 0) + (isSessionOver(state, now) ? 1 : 0)
  const drawn = nextQuestion({
    present: await decksOf(state, present, progress),
    pool: questionsIn(bank, study.sections).map((id) => inAllBanks(bank.id, id)),
    asked: new Set([...askedInSession(state, now)].map((id) => inAllBanks(bank.id, id))),
    newPercent: study.newPercent,
    seed: `${secret.seed ?? ''} ${session}`,
    now,
  })
  if (!drawn) return null
  const own = ownPlace(allBanks, drawn.question)
  const question = bank.questions.get(idIn(bank.id, own.bank, own.id))
  return question ? { question, why: drawn.why } : null
}

/** What each of these people knows; nothing of whoever keeps no progress. */
export const decksOf = (state: RoomState, seats: SeatId[], progress: Progress): Promise<Present[]> =>
  Promise.all(
    seats
      .filter((seat) => seatNamed(state, seat)?.removed === false)
      .map(async (seat) => ({ seat, cards: await progress.cards(state.secret.progress?.[seat]) })),
  )
