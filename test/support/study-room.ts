import type { Command, CommandOf, Draft, Role, RoomState, Verdict } from '@knopka/shared/game'
import type { Ms, SeatId } from '@knopka/shared/ids'
import { lighting, question, saidBy, scored, type Unspoken } from './commands.ts'
import { buzzed, joined, opened, type DraftOf } from './events.ts'
import { at, roomWith, after, type Fact } from './given.ts'
import { unopened } from '@knopka/shared/game'
import { opening } from './studies.ts'

/** An hour long after 1970, so that a week before it is a time too. */
export const evening: Ms = 1_800_000_000_000

const { type: _open, seed, bank, roomId, invitation, ...studyRoom } = opening()

export const studyOpened = ({ typesFirst = false } = {}): DraftOf<'studyOpened'> => ({
  type: 'studyOpened',
  ...studyRoom,
  study: { ...studyRoom.study, typesFirst },
  rules: {
    pressSeconds: null,
    answerSeconds: null,
    scoring: 'plain',
    afterWrong: 'next-in-queue',
    setting: 'screen',
    textOnPhones: true,
    approveNames: false,
  },
  secret: { seed, bank, roomId, invitation },
})

/** A study room with Ann, Bob and Cat in it, after these events, which happen in the evening if they do not say when. */
export const studying = (...facts: Fact[]) => studyingIn({}, ...facts)

export const typingFirst = (...facts: Fact[]) => studyingIn({ typesFirst: true }, ...facts)

function studyingIn(about: { typesFirst?: boolean }, ...facts: Fact[]) {
  const usual: Fact[] = [studyOpened(about), joined('ann'), joined('bob'), joined('cat'), ...facts]
  return roomWith(
    after(
      unopened,
      usual.map((fact) => ({ at: evening, ...fact })),
    ),
  )
}

export const sessionBegan = (session = 1): DraftOf<'sessionBegan'> => ({ type: 'sessionBegan', session })

/** Everyone's buzzers open as it is asked. */
export const askedNext = (turn = 1, opensAt: Ms = evening): [DraftOf<'questionAsked'>, DraftOf<'buzzersOpened'>] => {
  const { id, kind, path, text, note = '' } = question(turn)
  const secret = { questionId: id, note }
  return [
    { type: 'questionAsked', turn, kind, path, total: 0, text, only: null, why: { kind: 'new' }, secret },
    opened({ turn, opensAt }),
  ]
}

export const begun: Draft[] = [sessionBegan(), ...askedNext()]
export const floorOf = (seat: SeatId, turn = 1): Fact[] => [
  buzzed(seat, { turn }),
  { type: 'floorGiven', turn, seat, press: { ...pressOf(seat), called: 0 }, endsAt: null },
]

function pressOf(seat: SeatId) {
  const { type: _type, turn: _turn, settlesAt: _settlesAt, secret: _secret, ...press } = buzzed(seat)
  return { ...press, opening: 1 }
}

export const revealedAll = (turn = 1, note: string | null = `Note ${turn}`): DraftOf<'studyRevealed'> => ({
  type: 'studyRevealed',
  turn,
  note,
  shown: [],
})

/** By this seat. */
export const by = (seat: SeatId, draft: Draft): Fact => ({ ...at(evening, draft), by: seat })

export const member = (seat: SeatId, unspoken: Unspoken, role: Role = 'member'): Command => saidBy(seat, role, unspoken)

export const askNext = (seat: SeatId, turn: number, next: CommandOf<'askNext'>['next'] = coming(turn)) =>
  member(seat, { type: 'askNext', turn, ...lighting, next })
export const coming = (number: number): NonNullable<CommandOf<'askNext'>['next']> => ({
  question: question(number),
  why: { kind: 'new' },
})
export const press = (seat: SeatId, turn = 1, scoreMs = 300) =>
  member(seat, {
    ...{ type: 'buzz', turn, pressedAt: 0, frameWaitMs: 0 },
    ...scored(seat, { scoreMs, at: evening + scoreMs }),
  })
export const think = (seat: SeatId, verdict: Verdict, turn = 1) => member(seat, { type: 'vote', turn, verdict })
export const show = (seat: SeatId, turn = 1) => member(seat, { type: 'reveal', turn })
export const rate = (seat: SeatId, rating: CommandOf<'rate'>['rating'], turn = 1) =>
  member(seat, { type: 'rate', turn, rating })
export const stepBack = (seat: SeatId, turn = 1) => member(seat, { type: 'stepBack', turn, ...lighting })
export const writeNote = (seat: SeatId, text: string, was = 0, questionId = 'q1') =>
  member(seat, { type: 'writeNote', questionId, text, was })
export const voteOut = (seat: SeatId, who: SeatId, present: SeatId[] = ['ann', 'bob', 'cat'], out = true) =>
  member(seat, { type: 'voteOut', seat: who, out, present, invitation: 'next-invitation' })

export const session = (state: RoomState) => state.study?.session ?? null
