import { stageOf } from '../ask.ts'
import { askedOf, endOfRound, isScoringFit, roundOf, rulesIn } from '../rounds.ts'
import { whyNotBeginRound, whyNotPick, whyNotStake } from '../why.ts'
import { unsealing } from '../clocks.ts'
import { refuse } from '../refusals.ts'
import { highestStake } from '../scores.ts'
import type { RoomState, Rules } from '../state.ts'
import type { Rule } from './rule.ts'

/** Rounds that have not begun may become others; what has begun stays. */
export const planRounds: Rule<'planRounds'> = (state, { kept, rounds, drawn }) => {
  if (state.phase === 'over') return refuse('game-over')
  if (kept !== firstFree(state)) return refuse('round-over')
  if (kept === 0 && rounds.length === 0) return refuse('no-questions-left')
  if (drawn.rounds.length < rounds.length || drawn.rounds.some(({ count }) => count === 0))
    return refuse('nothing-missed')
  const { plan = [], programme = [] } = state.secret
  const own = kept === 0 ? [] : plan.slice(askedOf(state), endOfRound(state))
  const fresh = drawn.rounds.reduce((sum, { count }) => sum + count, 0)
  const total = askedOf(state) + own.length + fresh
  // What waited in reserve waits on: a round of what was missed brings nothing for a tie-break.
  const isDrawn = new Set(drawn.plan)
  const reserve = plan.slice(state.total).filter((id) => !isDrawn.has(id))
  const next = { rest: [...own, ...drawn.plan, ...reserve], programme: [...programme.slice(0, kept), ...rounds] }
  const rules = kept === 0 ? (rounds[0]?.rules ?? null) : null
  return [{ type: 'roundsPlanned', kept, rounds: drawn.rounds, rules, total, secret: next }]
}

/** How many rounds can be no others any more. */
const firstFree = ({ phase, round }: RoomState): number => (phase === 'lobby' ? 0 : round)

/** What the round before has left is not asked any more. */
export const beginRound: Rule<'beginRound'> = (state, { round }) => {
  if (round === state.round && state.phase === 'playing' && state.turn?.round !== round) return []
  const why = whyNotBeginRound(state, round)
  if (why) return refuse(why)
  const { rules } = state.secret.programme?.[round - 1] ?? {}
  if (!rules) return refuse('no-such-round')
  const left = round === state.round ? 0 : endOfRound(state) - askedOf(state)
  return [{ type: 'roundBegan', round, rules, total: state.total - left }]
}

/** Of the present round, between two questions. */
export const changeRules: Rule<'changeRules'> = (state, { rules }) => {
  if (state.phase === 'over') return refuse('game-over')
  if (state.turn && stageOf(state.turn) !== 'closed') return refuse('turn-open')
  if (!isScoringFit({ rules, board: roundOf(state)?.board })) return refuse('unfit-scoring')
  const next = rulesIn(state.rules, rules)
  const same = (Object.keys(next) as (keyof Rules)[]).every((rule) => isAlike(next[rule], state.rules[rule]))
  return same ? [] : [{ type: 'rulesChanged', rules }]
}

/** A rule that was never said is one that there is none of. */
const isAlike = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null)

/** Said by whoever has the pick; the host asks it. */
export const pickCell: Rule<'pickCell'> = (state, { by, role, cell }) => {
  const why = role === 'player' ? whyNotPick(state, by) : roundOf(state)?.board ? null : 'no-board'
  if (why) return refuse(why)
  if (state.cells[cell] !== null) return refuse('no-such-cell')
  return state.picked === cell ? [] : [{ type: 'cellPicked', cell }]
}

/** The last word counts, until the question opens. */
export const stake: Rule<'stake'> = (state, { by, role, turn: number, seat, points }) => {
  if (role === 'player' && by !== seat) return refuse('not-yours')
  const { turn } = state
  if (turn?.turn !== number) return refuse('no-stakes-now')
  // With the stake of a double comes the question: who knows it may not think again, but a host may have misheard.
  const why = whyNotStake(state, seat, role !== 'player')
  if (why) return refuse(why)
  if (points > highestStake(state, seat)) return refuse('stake-too-high')
  const said = { staker: seat, stake: { seat, points } }
  if (turn.worth?.kind !== 'double') return [{ type: 'staked', turn: number, stake: null, secret: said }]
  const { open, secret } = unsealing(state.rules, turn)
  return [{ type: 'staked', turn: number, stake: points, ...open, secret: { ...said, ...secret } }]
}
