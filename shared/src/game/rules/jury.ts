import { seatNamed } from '../ask.ts'
import { whyNotVoteInStudy } from '../ask-study.ts'
import { whyNotCallJury, whyNotVote } from '../why.ts'
import { refuse } from '../refusals.ts'
import { lookUp, noShards } from '../shards.ts'
import type { Rule } from './rule.ts'

/** How long the hall may vote. */
export const votesMs = 5000

/** The whole hall has heard the answer: what it thinks helps the host, who decides. */
export const callJury: Rule<'callJury'> = (state, { turn }, now) => {
  if (state.turn?.turn !== turn) return refuse('question-closed')
  const why = whyNotCallJury(state)
  return why ? refuse(why) : [{ type: 'juryCalled', turn, endsAt: now + votesMs }]
}

/** The last vote of each counts. */
export const vote: Rule<'vote'> = (state, { by, turn: number, verdict }) => {
  const { turn } = state
  const seat = seatNamed(state, by)
  if (!seat || seat.removed) return refuse(seat ? 'removed' : 'no-seat')
  if (turn?.turn !== number) return refuse('no-jury')
  const why = state.mode === 'study' ? whyNotVoteInStudy(state, by) : whyNotVote(state, by)
  if (why) return refuse(why)
  const votes = turn.secret.votes ?? noShards
  const before = lookUp(votes, by)
  if (before === verdict) return []
  return [{ type: 'voted', turn: number, secret: { vote: verdict, voted: votes.size + (before ? 0 : 1) } }]
}
