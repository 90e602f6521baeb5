import { freshTrust } from '@knopka/shared/fair'
import type { Command, CommandOf, Lighting, Role, ScoredPress, Verdict } from '@knopka/shared/game'
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

/** No earlier press can come in any more. */
export const settle = ({ turn = 1, opening = 1 } = {}) => saidBy('server', 'server', { type: 'settle', turn, opening })

/** A light that is everywhere at once. */
export const lighting: Lighting = { leadMs: 0, tieSecret: 'tie-secret', tieHash: 'tie-hash' }

export const question = (number: number): NonNullable<CommandOf<'ask'>['question']> => ({
  id: `q${number}`,
  kind: 'question',
  text: `Question ${number}?`,
  path: ['Python'],
  note: `Note ${number}`,
  line: number,
})

/** Three options, the first of them right, or the first two. */
export const choiceQuestion = (number: number, multiple = false): NonNullable<CommandOf<'ask'>['question']> => ({
  ...question(number),
  choices: ['tuple', 'frozenset', 'list'].map((text, index) => ({
    text,
    right: index === 0 || (multiple && index === 1),
  })),
})

export const join = (seat: SeatId, name = names[seat] ?? seat) => byPlayer(seat, { type: 'join', name })

/** Of a seat that nothing is known of yet, over a link that takes no time. */
export const scored = (seat: SeatId, { scoreMs = 300, ...press }: Partial<ScoredPress> = {}): ScoredPress => ({
  at: 1000,
  scoreMs,
  certaintyMs: 5,
  cameMs: scoreMs,
  overruledMs: 0,
  trust: freshTrust,
  tieRank: `rank-${seat}`,
  ...press,
})

export const buzz = (seat: SeatId, { turn = 1, ...press }: Partial<ScoredPress> & { turn?: number } = {}) =>
  byPlayer(seat, { type: 'buzz', turn, pressedAt: 0, frameWaitMs: 0, ...scored(seat, press) })

/** So long after the options were there, which was at 0. */
export const choose = (seat: SeatId, options: number[], { afterMs = 2000, turn = 1 } = {}) =>
  byPlayer(seat, { type: 'choose', turn, options, pressedAt: 0, at: afterMs, afterMs })

export const answer = (seat: SeatId, text: string, { afterMs = 2000, turn = 1 } = {}) =>
  byPlayer(seat, { type: 'answer', turn, text, pressedAt: 0, at: afterMs, afterMs })
export const judgeAnswers = (answers: string[], verdict: Verdict | null, turn = 1) =>
  byHost({ type: 'judgeAnswers', turn, answers, verdict })
export const judgeGuesses = (right: number | null, turn = 1) => byHost({ type: 'judgeGuesses', turn, right })
export const stake = (seat: SeatId, points: number, turn = 1) => byPlayer(seat, { type: 'stake', turn, seat, points })
export const pickCell = (seat: SeatId, cell: number) => byPlayer(seat, { type: 'pickCell', cell })
export const beginRound = (round: number) => byHost({ type: 'beginRound', round })

export const closeAnswers = (turn = 1) => byHost({ type: 'closeAnswers', turn })
export const markChoices = (right: number[], turn = 1) => byHost({ type: 'markChoices', turn, right })

type Asking = Partial<Pick<CommandOf<'ask'>, 'questionId' | 'tieBreak' | 'practice' | 'question' | 'cell'>>

export const ask = (turn: number, asking: Asking = {}) =>
  byHost({ type: 'ask', turn, questionId: `q${turn}`, tieBreak: false, question: question(turn), ...asking })

export const openBuzzers = (turn = 1, light: Partial<Lighting> = {}) =>
  byHost({ type: 'openBuzzers', turn, ...lighting, ...light })

export const judge = (seat: SeatId, verdict: Verdict, turn = 1, light: Partial<Lighting> = {}) =>
  byHost({ type: 'giveVerdict', turn, seat, verdict, ...lighting, ...light })

export const undo = (seat: SeatId, turn = 1) => byHost({ type: 'undoVerdict', turn, seat })

export const callJury = (turn = 1) => byHost({ type: 'callJury', turn })
export const vote = (seat: SeatId, verdict: Verdict, turn = 1) => byPlayer(seat, { type: 'vote', turn, verdict })
export const protest = (seat: SeatId, turn = 1) => byPlayer(seat, { type: 'protest', turn })
export const ruleOnProtest = (seat: SeatId, upheld: boolean, turn = 1) =>
  byHost({ type: 'ruleOnProtest', turn, seat, upheld })

export const pickTeam = (seat: SeatId, team: number | null) => byPlayer(seat, { type: 'pickTeam', seat, team })
/** By the host. */
export const moveTo = (seat: SeatId, team: number | null) => byHost({ type: 'pickTeam', seat, team })
