import type { RoomEvent } from './events.ts'
import { withSecret, type AllHandlers } from './fold/change.ts'
import { ofInterviews } from './fold/interviews.ts'
import { ofOpinions } from './fold/opinions.ts'
import { ofPresses } from './fold/presses.ts'
import { ofQuestions } from './fold/questions.ts'
import { ofRoom } from './fold/room.ts'
import { ofRounds } from './fold/rounds.ts'
import { ofSeats } from './fold/seats.ts'
import { ofStudies } from './fold/studies.ts'
import { noConclusion } from './scorecard.ts'
import { lookUp, noShards, put } from './shards.ts'
import type { RoomState } from './state.ts'

/** What every log begins from. */
export const unopened: RoomState = {
  mode: 'quiz',
  title: '',
  rules: {
    pressSeconds: null,
    answerSeconds: null,
    scoring: 'plain',
    afterWrong: 'next-in-queue',
    setting: 'room',
    textOnPhones: false,
    approveNames: false,
  },
  rounds: [],
  round: 1,
  cells: [],
  picked: null,
  total: 0,
  sections: 0,
  address: '',
  phase: 'unopened',
  locked: false,
  pausedAt: null,
  standingsShown: null,
  break: null,
  teams: [],
  turn: null,
  interview: null,
  study: null,
  results: null,
  secret: {
    roster: noShards,
    names: noShards,
    past: [],
    corrections: [],
    protests: [],
    done: noShards,
    trust: noShards,
    inGame: 0,
    extraTime: {},
    spent: {},
    first: {},
    second: {},
    finished: [],
    agreed: {},
    conclusion: noConclusion,
    notes: {},
    progress: {},
  },
}

/** Ids of commands kept per seat: more than any client has in flight. */
const rememberedCommands = 16

const handlers: AllHandlers = {
  ...ofRoom,
  ...ofRounds,
  ...ofSeats,
  ...ofQuestions,
  ...ofPresses,
  ...ofOpinions,
  ...ofInterviews,
  ...ofStudies,
}

/** The state after one more event. It questions nothing: whatever stands in the log has happened. */
export function evolve(state: RoomState, event: RoomEvent): RoomState {
  const handler = handlers[event.type] as (state: RoomState, event: RoomEvent) => RoomState
  return remember(handler(state, event), event)
}

function remember(state: RoomState, { by, secret }: RoomEvent): RoomState {
  const { done } = state.secret
  if (!secret?.commandId || !done) return state
  const ids = [...(lookUp(done, by) ?? []), secret.commandId].slice(-rememberedCommands)
  return withSecret(state, { done: put(done, by, ids) })
}
