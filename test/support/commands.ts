import type { Command, CommandOf, Role, Verdict } from '@knopka/shared/game'
import type { SeatId } from '@knopka/shared/ids'
import { names } from './events.ts'

type Unsaid<C> = C extends Command ? Omit<C, 'commandId' | 'by' | 'role'> : never
export type Unspoken = Unsaid<Command>

let said = 0

/** A command as it reaches the rules; every call has an id of its own. */
export const saidBy = (by: SeatId, role: Role | 'server', unspoken: Unspoken): Command => ({
  ...unspoken,
  by,
  role,
  commandId: `command-${++said}`,
})

export const byHost = (unspoken: Unspoken) => saidBy('host', 'host', unspoken)
export const byCohost = (unspoken: Unspoken) => saidBy('cohost', 'cohost', unspoken)
export const byPlayer = (seat: SeatId, unspoken: Unspoken) => saidBy(seat, 'player', unspoken)
export const byClock = () => saidBy('server', 'server', { type: 'expire' })

export const question = (number: number): NonNullable<CommandOf<'ask'>['question']> => ({
  id: `q${number}`,
  kind: 'question',
  text: `Question ${number}?`,
  path: ['Python'],
  note: `Note ${number}`,
  line: number,
})

export const join = (seat: SeatId, name = names[seat] ?? seat) => byPlayer(seat, { type: 'join', name })

export const buzz = (seat: SeatId, { turn = 1, scoreMs = 300, certaintyMs = 5 } = {}) =>
  byPlayer(seat, { type: 'buzz', turn, pressedAt: 0, frameWaitMs: 0, scoreMs, certaintyMs })

type Asking = Partial<Pick<CommandOf<'ask'>, 'questionId' | 'tieBreak' | 'question'>>

export const ask = (turn: number, asking: Asking = {}) =>
  byHost({ type: 'ask', turn, questionId: `q${turn}`, tieBreak: false, question: question(turn), ...asking })

export const judge = (seat: SeatId, verdict: Verdict, turn = 1) => byHost({ type: 'giveVerdict', turn, seat, verdict })
export const undo = (seat: SeatId, turn = 1) => byHost({ type: 'undoVerdict', turn, seat })
