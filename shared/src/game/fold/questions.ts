import { noShards } from '../shards.ts'
import { changeTurn, withSecret, type Handlers } from './change.ts'

const blankTurn = {
  choosing: null,
  practice: false,
  openings: 0,
  opensAt: null,
  endsAt: null,
  presses: [],
  settlesAt: null,
  tieHash: null,
  floor: null,
  verdicts: [],
  closed: null,
  revealed: null,
}

export const ofQuestions = {
  questionAsked: (
    state,
    { turn, total, kind, path, text, tieBreak, choosing, practice = false, secret: { commandId, ...secret } = {} },
  ) => ({
    ...(state.turn && state.secret.past ? withSecret(state, { past: [...state.secret.past, state.turn] }) : state),
    phase: 'playing',
    standingsShown: false,
    break: null,
    total,
    turn: {
      ...blankTurn,
      turn,
      kind,
      path,
      text,
      tieBreak,
      practice,
      choosing: choosing ? { ...choosing, options: null, right: null, spread: null } : null,
      secret,
    },
  }),
  buzzersOpened: (state, { turn, opensAt, endsAt, tieHash, options, secret }) =>
    changeTurn(state, turn, ({ openings, choosing, secret: known }) => ({
      openings: openings + 1,
      choosing: choosing && options ? { ...choosing, options } : choosing,
      opensAt,
      endsAt,
      tieHash,
      settlesAt: null,
      secret: secret?.tieSecret ? { ...known, tieSecret: secret.tieSecret, tieRanks: noShards } : known,
      floor: null,
      closed: null,
    })),
  turnClosed: (state, { turn, reason }) =>
    changeTurn(state, turn, () => ({ closed: reason, floor: null, settlesAt: null })),
  answerRevealed: (state, { turn, note }) => changeTurn(state, turn, () => ({ revealed: { note } })),
} satisfies Handlers
