import { freshTrust } from '@knopka/shared/fair'
import {
  decide,
  evolve,
  isRefusal,
  mineOf,
  unopened,
  viewOf,
  type Command,
  type Mine,
  type RoomState,
} from '@knopka/shared/game'
import type { Ms, SeatId } from '@knopka/shared/ids'
import { opening } from './studies.ts'

const began = Date.UTC(2026, 0, 9, 10)
const lighting = { leadMs: 20, tieSecret: 'secret', tieHash: 'hash' }

/** What somebody says, and how long after the last one. */
export type Said = { by: SeatId; waitMs?: Ms } & Record<string, unknown>

export const join = (by: SeatId, name: string = by): Said => ({ by, type: 'join', name })
export const ask = (turn: number, by = 'anna', note?: string): Said => ({
  by,
  type: 'askNext',
  turn,
  ...lighting,
  next: {
    question: {
      id: `question-${turn}`,
      kind: 'question',
      path: ['Python', 'GIL'],
      text: `Вопрос ${turn}?`,
      line: turn,
      ...(note ? { note } : {}),
    },
    why: { kind: 'new' },
  },
})
export const press = (turn: number, by: SeatId, scoreMs = 200): Said => ({
  by,
  type: 'buzz',
  turn,
  pressedAt: 0,
  frameWaitMs: 0,
  at: 0,
  scoreMs,
  certaintyMs: 2,
  cameMs: scoreMs,
  overruledMs: 0,
  trust: freshTrust,
  tieRank: by,
  waitMs: 1000,
})
export const settle = (turn: number, opening = 1): Said => ({
  by: 'server',
  type: 'settle',
  turn,
  opening,
  waitMs: 1000,
})
export const say = (by: SeatId, command: Record<string, unknown>): Said => ({ by, ...command })

/** A study room after all this was said. @throws Error where something of it is refused */
export function studyRoom({ typesFirst = false }, ...said: Said[]): { state: RoomState; now: Ms } {
  let [state, now] = [unopened, began]
  const all: Said[] = [{ by: 'server', ...opening(typesFirst) }, ...said]
  for (const [index, { waitMs = 10, ...command }] of all.entries()) {
    now += waitMs
    const role = command.by === 'server' ? 'server' : 'member'
    const isPress = command.type === 'buzz'
    const full = {
      ...command,
      ...(isPress ? { at: now } : {}),
      role,
      commandId: `command-${index}`,
    } as unknown as Command
    const decision = decide(state, full, now)
    if (isRefusal(decision)) throw new Error(`${String(command.type)} was refused: ${decision.refused}`)
    state = decision.reduce(evolve, state)
  }
  return { state, now }
}

/** The same room as somebody's page has it. */
export function pageOf({ state, now }: { state: RoomState; now: Ms }, seat: SeatId) {
  const mine = mineOf(state, 1, seat) as Mine
  return { state: viewOf(state, { role: 'member', seat }), mine, now }
}
