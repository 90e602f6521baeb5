import type { Ms, SeatId } from '../../ids.ts'
import { noShards, put } from '../shards.ts'
import type { TypedMark } from '../state.ts'
import { changeTurn, without, withSecret, type Handlers } from './change.ts'

/** What everyone chooses, what the hall thinks, and who protests. */
export const ofOpinions = {
  chosen: (state, { turn, by, secret }) =>
    changeTurn(state, turn, ({ secret: known }) => ({
      secret: {
        ...known,
        ...(secret?.choice ? { chosen: put(known.chosen ?? noShards, by, secret.choice) } : {}),
        whoChose: [...(known.whoChose ?? []), by],
      },
    })),
  choicesMarked: (state, { turn, right, spread, secret }) =>
    changeTurn(state, turn, ({ choosing, secret: known }) => ({
      choosing: choosing && { ...choosing, right, spread },
      secret: secret?.marks ? { ...known, marks: secret.marks } : known,
    })),
  typed: (state, { turn, by, secret }) =>
    changeTurn(state, turn, ({ secret: known }) => ({
      secret: {
        ...known,
        ...(secret?.answer ? { typed: put(known.typed ?? noShards, by, secret.answer) } : {}),
        whoTyped: [...(known.whoTyped ?? []), by],
      },
    })),
  answersJudged: (state, { turn, right, at, secret }) =>
    changeTurn(state, turn, ({ typing, secret: known }) => ({
      typing: typing && { ...typing, right: right ?? typing.right },
      secret: secret?.typedMarks
        ? { ...known, typedMarks: judgedAnew(known.typedMarks, secret.typedMarks, at) }
        : known,
    })),
  answersUnjudged: (state, { turn, secret }) =>
    changeTurn(state, turn, ({ typing, secret: known }) => ({
      typing: typing && { ...typing, right: null },
      secret: secret?.unjudged ? { ...known, typedMarks: withoutMarksOf(secret.unjudged, known.typedMarks) } : known,
    })),
  juryCalled: (state, { turn, endsAt }) =>
    changeTurn(state, turn, ({ floor, secret }) => ({
      floor: floor && { ...floor, jury: { endsAt, split: null } },
      secret: without(secret, 'votes', 'voted'),
    })),
  voted: (state, { turn, by, secret }) =>
    changeTurn(state, turn, ({ secret: known }) => ({
      secret: {
        ...known,
        ...(secret?.vote ? { votes: put(known.votes ?? noShards, by, secret.vote) } : {}),
        ...(secret?.voted ? { voted: secret.voted } : {}),
      },
    })),
  juryClosed: (state, { turn, split }) =>
    changeTurn(state, turn, ({ floor }) => ({
      floor: floor?.jury ? { ...floor, jury: { ...floor.jury, split } } : floor,
    })),
  protested: (state, { turn, at, secret }) => {
    const { protests } = state.secret
    if (!secret?.protester || !protests) return state
    return withSecret(state, { protests: [...protests, { turn, seat: secret.protester, at, upheld: null }] })
  },
  protestRuled: (state, { turn, seat, upheld }) => {
    const ruled = state.secret.protests?.map((one) =>
      one.turn === turn && one.seat === seat ? { ...one, upheld } : one,
    )
    return ruled ? withSecret(state, { protests: ruled }) : state
  },
} satisfies Handlers

function judgedAnew(before: TypedMark[] | undefined, marks: Omit<TypedMark, 'at'>[], at: Ms): TypedMark[] {
  const others = withoutMarksOf(
    marks.map(({ seat }) => seat),
    before,
  )
  return [...others, ...marks.map((mark) => ({ ...mark, at }))]
}

function withoutMarksOf(seats: SeatId[], marks: TypedMark[] = []): TypedMark[] {
  const gone = new Set(seats)
  return marks.filter(({ seat }) => !gone.has(seat))
}
