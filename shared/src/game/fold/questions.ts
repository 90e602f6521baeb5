import type { SeatId } from '../../ids.ts'
import { noShards, put } from '../shards.ts'
import type { Turn } from '../state.ts'
import { changeTurn, withSecret, type Handlers } from './change.ts'
import { withAsked } from './rounds.ts'
import { withTurn } from './studies.ts'

const blankTurn = {
  worth: null,
  choosing: null,
  typing: null,
  studied: null,
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
    {
      turn,
      total,
      kind,
      path,
      text,
      // A log of yesterday does not say so.
      only = null,
      worth,
      choosing,
      typing,
      practice = false,
      why,
      at,
      secret: { commandId, ...secret } = {},
    },
  ) => ({
    ...withAsked(
      state.turn && state.secret.past ? withSecret(state, { past: [...state.secret.past, state.turn] }) : state,
      secret.questionId,
      total,
    ),
    phase: 'playing',
    standingsShown: null,
    break: null,
    picked: null,
    cells: worth ? state.cells.with(worth.cell, turn) : state.cells,
    study: state.study && withTurn(state.study, turn, at),
    turn: {
      ...blankTurn,
      turn,
      kind,
      path,
      text,
      round: state.round,
      only,
      worth: worth ? { ...worth, stake: null } : null,
      practice,
      studied: why ? { why, answered: null, shown: null, rated: [] } : null,
      typing: typing ? { kind: typing, right: null } : null,
      choosing: choosing ? { ...choosing, options: null, right: null, spread: null } : null,
      secret,
    },
  }),
  buzzersOpened: (state, { turn, opensAt, endsAt, tieHash, options, text, secret }) =>
    changeTurn(state, turn, ({ openings, choosing, text: shown, secret: known }) => ({
      openings: openings + 1,
      text: text ?? shown,
      choosing: choosing && options ? { ...choosing, options } : choosing,
      opensAt,
      endsAt,
      tieHash,
      settlesAt: null,
      secret: {
        ...known,
        ...(secret?.text === undefined ? {} : { text: secret.text }),
        ...(secret?.tieSecret ? { tieSecret: secret.tieSecret, tieRanks: noShards } : {}),
      },
      floor: null,
      closed: null,
    })),
  staked: (state, { turn, stake, text, secret }) =>
    changeTurn(state, turn, ({ worth, text: shown, secret: known }) => ({
      worth: worth && { ...worth, stake: stake ?? worth.stake },
      text: text ?? shown,
      secret: {
        ...(stake === null ? withStake(known, secret?.staker, secret?.stake?.points) : known),
        ...(secret?.text === undefined ? {} : { text: secret.text }),
      },
    })),
  turnClosed: (state, { turn, reason }) =>
    changeTurn(state, turn, () => ({ closed: reason, floor: null, settlesAt: null })),
  answerRevealed: (state, { turn, note }) => changeTurn(state, turn, () => ({ revealed: { note } })),
} satisfies Handlers

/** The last one of each counts. */
function withStake(secret: Turn['secret'], seat: SeatId | undefined, points: number | undefined): Turn['secret'] {
  if (seat === undefined) return secret
  const { stakes = noShards, whoStaked = [] } = secret
  return {
    ...secret,
    ...(points === undefined ? {} : { stakes: put(stakes, seat, points) }),
    whoStaked: [...whoStaked.filter((other) => other !== seat), seat],
  }
}
