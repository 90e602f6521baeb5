import { seatsOf } from './ask.ts'
import { noteFor, whyNotShowAll } from './ask-study.ts'
import type { Draft } from './events.ts'
import { refuse, type Refusal } from './refusals.ts'
import { lookUp } from './shards.ts'
import type { RoomState, ShownAnswer, Turn } from './state.ts'

/** What all wrote and thought, and the answer that there is, for everyone at once. */
export function showAll(state: RoomState, number: number): Draft[] | Refusal {
  const { turn } = state
  if (turn?.turn !== number) return refuse('question-closed')
  if (turn.revealed) return []
  const why = whyNotShowAll(state)
  if (why) return refuse(why)
  const note = noteFor(state, turn.secret.questionId ?? '', turn.secret.note)
  return [{ type: 'studyRevealed', turn: number, note, shown: shownOf(state, turn) }]
}

const shownOf = (state: RoomState, { secret: { written, votes } }: Turn): ShownAnswer[] =>
  seatsOf(state).flatMap(({ seat }) => {
    const text = (written && lookUp(written, seat)) ?? null
    const vote = (votes && lookUp(votes, seat)) ?? null
    return text === null && vote === null ? [] : [{ seat, text, vote }]
  })
