import { itemOf, nextItem, shownCount, wasShown, whyNotAdd, whyNotMoveOn, whyNotShow } from '../ask-interview.ts'
import type { CommandOf } from '../commands.ts'
import type { Draft } from '../events.ts'
import type { AgendaItem } from '../interview.ts'
import { refuse } from '../refusals.ts'
import type { Ms } from '../../ids.ts'
import type { RoomState } from '../state.ts'
import type { Rule } from './rule.ts'

export const openInterview: Rule<'openInterview'> = (_state, command) => {
  const { address, interview, agenda, levels, planTitle, planName, bank, links, cardId, roomId } = command
  const secret = { agenda, levels, planTitle, planName, bank, links, cardId, roomId }
  return [{ type: 'interviewOpened', address, interview, secret }]
}

export const ready: Rule<'ready'> = ({ phase, interview }) => {
  if (phase === 'over') return refuse('game-over')
  return interview?.ready ? [] : [{ type: 'candidateReady' }]
}

/** Forth, back, or to any of them: whatever was asked before may be asked again. */
export const showItem: Rule<'showItem'> = (state, { item: id }, now) => {
  if (state.interview?.shown?.item === id) return []
  const why = whyNotShow(state)
  if (why) return refuse(why)
  const item = itemOf(state, id)
  return item ? [shown(state, item, now)] : refuse('no-such-item')
}

/** It names the question that it leaves: pressed twice, or when the interviewer was quicker, it does no harm. */
export const moveOn: Rule<'moveOn'> = (state, { item: id }, now) => {
  const why = whyNotMoveOn(state)
  if (why) return refuse(why)
  if (state.interview?.shown?.item !== id) return []
  const next = nextItem(state)
  return next ? [shown(state, next, now)] : refuse('no-questions-left')
}

function shown(state: RoomState, { id, kind, path, text }: AgendaItem, now: Ms): Draft {
  const { interview, secret } = state
  const seconds = interview?.seconds ?? null
  const numbers = interview?.showsNumbers ?? false
  return {
    type: 'itemShown',
    item: id,
    kind,
    path,
    text,
    number: numbers ? shownCount(state) + (wasShown(state, id) ? 0 : 1) : null,
    of: numbers ? (secret.agenda?.length ?? 0) : null,
    endsAt: seconds === null ? null : now + seconds * 1000,
  }
}

export const addItem: Rule<'addItem'> = (state, command) => {
  const why = whyNotAdd(state)
  if (why) return refuse(why)
  const { question, found, after, itemId } = command
  const id = 'id' in question ? question.id : null
  if (id !== null && !found) return refuse('no-such-item')
  if (id !== null && state.secret.agenda?.some(({ questionId }) => questionId === id)) return refuse('already-planned')
  return [{ type: 'itemAdded', secret: { addition: { item: added(command, itemId), after } } }]
}

function added({ question, found }: CommandOf<'addItem'>, id: string): AgendaItem {
  if ('text' in question) {
    return { id, questionId: null, kind: 'question', section: '', path: [], text: question.text, added: true }
  }
  const { kind = 'question', path = [], text = '', note } = found ?? {}
  const facts = { id, questionId: question.id, kind, section: path.at(-1) ?? '', path, text, added: true } as const
  return note ? { ...facts, note } : facts
}

/** Nobody is blind to the other any more. */
export const endInterview: Rule<'endInterview'> = ({ phase, pausedAt, secret }, _command, now) => {
  if (phase === 'over') return []
  const { first = {}, second = {}, opinions, cardId = '' } = secret
  return [
    ...(pausedAt === null ? [] : [{ type: 'resumed' as const, shiftMs: now - pausedAt }]),
    ...(opinions ? [] : [{ type: 'opinionsOpened' as const, secret: { opinions: { first, second } } }]),
    { type: 'interviewEnded', secret: { card: cardId } },
  ]
}
