import { areOpinionsOpen, itemOf, opinionsOf, whyNotAgree, whyNotRate } from '../ask-interview.ts'
import type { Why } from '../ask.ts'
import type { CommandOf } from '../commands.ts'
import type { Draft } from '../events.ts'
import { interviewerOf, noOpinion, type Assessed, type Interviewer, type Opinion } from '../interview.ts'
import { refuse } from '../refusals.ts'
import { noConclusion } from '../scorecard.ts'
import type { RoomState } from '../state.ts'
import type { Rule } from './rule.ts'

/** Two who rate the same question at once each rate for themselves. */
export const assess: Rule<'assess'> = (state, command) => {
  const interviewer = interviewerOf(command.role)
  if (!interviewer) return refuse('not-yours')
  const why = whyNotAssess(state, command)
  if (why) return refuse(why)
  const before = opinionsOf(state, interviewer)[command.item] ?? noOpinion
  if (isWrittenMeanwhile(before.note, command.note, command.noteWas)) return refuse('written-meanwhile')
  const assessed = changed(before, command)
  return assessed ? [assessment(state, interviewer, assessed)] : []
}

function whyNotAssess(state: RoomState, { item, rating }: CommandOf<'assess'>): Why {
  if (!itemOf(state, item)) return 'no-such-item'
  return typeof rating === 'number' ? whyNotRate(state, item) : null
}

/** What is new in it; nothing where it is as it was. */
function changed(before: Opinion, { item, rating, note, flagged }: CommandOf<'assess'>): Assessed | null {
  const news: Partial<Opinion> = {
    ...(rating !== undefined && rating !== before.rating ? { rating } : {}),
    ...(note !== undefined && note !== before.note ? { note } : {}),
    ...(flagged !== undefined && flagged !== before.flagged ? { flagged } : {}),
  }
  return Object.keys(news).length > 0 ? { item, ...news } : null
}

function assessment(state: RoomState, interviewer: Interviewer, assessed: Assessed): Draft {
  if (areOpinionsOpen(state)) return { type: 'opinionMended', secret: { mended: { ...assessed, interviewer } } }
  return interviewer === 'first'
    ? { type: 'firstAssessed', secret: { first: assessed } }
    : { type: 'secondAssessed', secret: { second: assessed } }
}

/** Whoever has finished may go on rating; once both have, each sees what the other thinks. */
export const finish: Rule<'finish'> = (state, { role, finished }) => {
  const interviewer = interviewerOf(role)
  if (!interviewer) return refuse('not-yours')
  const { finished: all = [], first = {}, second = {} } = state.secret
  if (all.includes(interviewer) === finished) return []
  const said: Draft = { type: 'finishedRating', secret: { finisher: { interviewer, finished } } }
  if (!finished || all.length === 0 || areOpinionsOpen(state)) return [said]
  return [said, { type: 'opinionsOpened', secret: { opinions: { first, second } } }]
}

export const agree: Rule<'agree'> = (state, { item, level }) => {
  const why = whyNotAgree(state) ?? whyNotRate(state, item)
  if (why) return refuse(why)
  const before = state.secret.agreed?.[item] ?? null
  return before === level ? [] : [{ type: 'agreed', secret: { agreement: { item, level } } }]
}

export const conclude: Rule<'conclude'> = (state, { recommendation, strengths, strengthsWas, gaps, gapsWas }) => {
  const why = whyNotAgree(state)
  if (why) return refuse(why)
  const before = state.secret.conclusion ?? noConclusion
  if (isWrittenMeanwhile(before.strengths, strengths, strengthsWas)) return refuse('written-meanwhile')
  if (isWrittenMeanwhile(before.gaps, gaps, gapsWas)) return refuse('written-meanwhile')
  const conclusion = {
    ...(recommendation !== undefined ? { recommendation } : {}),
    ...(strengths !== undefined ? { strengths } : {}),
    ...(gaps !== undefined ? { gaps } : {}),
  }
  return Object.keys(conclusion).length > 0 ? [{ type: 'concluded', secret: { conclusion } }] : []
}

/** Whether somebody wrote there since this text was begun: on another device, or the other of the two. */
const isWrittenMeanwhile = (present: string, text: string | undefined, was: string | undefined): boolean =>
  text !== undefined && was !== undefined && present !== was && present !== text
