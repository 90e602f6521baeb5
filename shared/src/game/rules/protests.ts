import { seatNamed, tookPart, turnNumbered, verdictFor } from '../ask.ts'
import { refuse } from '../refusals.ts'
import type { Rule } from './rule.ts'

/** Once a question, by whoever answered or is in the team that did; what comes of it is for the host to say, and stands in the log. */
export const protest: Rule<'protest'> = (state, { by, turn: number }) => {
  const seat = seatNamed(state, by)
  if (!seat || seat.removed) return refuse(seat ? 'removed' : 'no-seat')
  if (state.phase === 'over') return refuse('game-over')
  const turn = turnNumbered(state, number)
  const isConcerned = turn && (tookPart(turn, by) || verdictFor(turn, { seat: by, team: seat.team }))
  if (!isConcerned) return refuse('took-no-part')
  if (state.secret.protests?.some((one) => one.turn === number && one.seat === by)) return refuse('protested')
  return [{ type: 'protested', turn: number, secret: { protester: by } }]
}

/** The ruling alone: whoever upholds a protest mends the verdict, or the score, as always. */
export const ruleOnProtest: Rule<'ruleOnProtest'> = ({ secret }, { turn, seat, upheld }) => {
  const known = secret.protests?.find((one) => one.turn === turn && one.seat === seat)
  if (!known) return refuse('no-protest')
  return known.upheld === upheld ? [] : [{ type: 'protestRuled', turn, seat, upheld }]
}
