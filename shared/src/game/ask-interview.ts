import type { ItemId, Ms } from '../ids.ts'
import type { Why } from './ask.ts'
import {
  interviewerOf,
  noOpinion,
  type Interviewer,
  type AgendaItem,
  type Opinion,
  type Opinions,
} from './interview.ts'
import type { RoomState, Viewer } from './state.ts'

/** More would be no interview. */
export const mostItemsInCall = 300

export const itemOf = ({ secret }: RoomState, id: ItemId): AgendaItem | undefined =>
  secret.agenda?.find((item) => item.id === id)

/** Whether it was on the candidate's page at any time. */
export const wasShown = ({ interview, secret }: RoomState, id: ItemId): boolean =>
  interview?.shown?.item === id || secret.spent?.[id] !== undefined

/** How many were on the candidate's page so far. */
export const shownCount = (state: RoomState): number =>
  (state.secret.agenda ?? []).filter(({ id }) => wasShown(state, id)).length

/** What the candidate has not seen yet, behind the present one first. */
export function nextItem(state: RoomState): AgendaItem | undefined {
  const agenda = state.secret.agenda ?? []
  const here = agenda.findIndex(({ id }) => id === state.interview?.shown?.item)
  return [...agenda.slice(here + 1), ...agenda.slice(0, here + 1)].find(({ id }) => !wasShown(state, id))
}

/** How long it has been on the candidate's page, all times together; pauses are taken out. */
export function timeSpent(state: RoomState, id: ItemId, now: Ms): Ms {
  const before = state.secret.spent?.[id] ?? 0
  const { shown } = state.interview ?? {}
  return shown?.item === id ? before + Math.max(0, (state.pausedAt ?? now) - shown.at) : before
}

/** What there is of the whole time, in ms; `null` where there is no end, or it has not begun. */
export function timeLeft({ interview, pausedAt }: RoomState, now: Ms): Ms | null {
  if (!interview || interview.beganAt === null || interview.minutes === null) return null
  return interview.beganAt + interview.minutes * 60_000 - (interview.endedAt ?? pausedAt ?? now)
}

/** Whether the two who ask may see what the other makes of the answers. */
export const areOpinionsOpen = ({ secret }: RoomState): boolean => secret.opinions !== undefined

/** All that this interviewer makes of the answers, as far as this replica may know. */
export const opinionsOf = ({ secret }: RoomState, interviewer: Interviewer): Opinions =>
  (secret.opinions ?? { first: secret.first ?? {}, second: secret.second ?? {} })[interviewer]

/** What the one who looks makes of this question. */
export function ownOpinion(state: RoomState, { role }: Viewer, id: ItemId): Opinion {
  const interviewer = interviewerOf(role)
  return (interviewer && opinionsOf(state, interviewer)[id]) ?? noOpinion
}

/** Whether the two rate it more than one level apart, once that may be known. */
export function differs(state: RoomState, id: ItemId): boolean {
  const { first, second } = state.secret.opinions ?? { first: {}, second: {} }
  const [one, other] = [first[id]?.rating, second[id]?.rating]
  return typeof one === 'number' && typeof other === 'number' && Math.abs(one - other) > 1
}

/** Why no question can be put on the candidate's page. */
export function whyNotShow({ phase, pausedAt }: RoomState): Why {
  if (phase === 'over') return 'game-over'
  return pausedAt === null ? null : 'paused'
}

/** Why the candidate cannot go on alone. */
export function whyNotMoveOn(state: RoomState): Why {
  if (!state.interview?.mayMoveOn) return 'not-yours'
  return state.interview.shown ? whyNotShow(state) : 'not-started'
}

/** Why this question cannot be rated with a level: that it was not asked may be said of every one. */
export function whyNotRate(state: RoomState, id: ItemId): Why {
  if (!itemOf(state, id)) return 'no-such-item'
  return wasShown(state, id) ? null : 'never-asked'
}

export function whyNotAdd({ phase, secret }: RoomState): Why {
  if (phase === 'over') return 'game-over'
  return (secret.agenda?.length ?? 0) < mostItemsInCall ? null : 'agenda-full'
}

/** Why the two cannot agree or conclude yet: that would tell one what the other thinks. */
export const whyNotAgree = (state: RoomState): Why => (areOpinionsOpen(state) ? null : 'still-blind')
