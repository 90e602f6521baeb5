import type { Trust } from '../fair/score.ts'
import type { SeatId } from '../ids.ts'
import { plainName, seatNamed } from './ask.ts'
import type { EventOf, RoomEvent } from './events.ts'
import { entriesOf, lookUp, noShards, put } from './shards.ts'
import type { Press, RoomState, Seat, Team, Turn } from './state.ts'

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
  total: 0,
  sections: 0,
  address: '',
  phase: 'unopened',
  locked: false,
  pausedAt: null,
  standingsShown: false,
  teams: [],
  turn: null,
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
  },
}

/** Ids of commands kept per seat: more than any client has in flight. */
const rememberedCommands = 16

type Handlers = { [Type in RoomEvent['type']]: (state: RoomState, event: EventOf<Type>) => RoomState }

const handlers: Handlers = {
  roomOpened: (state, { type, at, by, secret: { commandId, ...secret } = {}, ...facts }) => ({
    ...state,
    ...facts,
    // A log of yesterday may lack a rule of today.
    rules: { ...state.rules, ...facts.rules },
    teams: Array.from({ length: facts.rules.teams?.count ?? 0 }, (_, index) => ({
      number: index + 1,
      name: null,
      captain: null,
    })),
    phase: 'lobby',
    secret: { ...state.secret, ...secret },
  }),

  joined: (state, { secret }) => {
    const { roster } = state.secret
    if (!secret?.seat || !roster) return state
    const { id, ...seat } = secret.seat
    return counted(named(withSecret(state, { roster: put(roster, id, { ...seat, team: null }) }), id, seat.name), 1)
  },
  renamed: (state, { seat, name }) =>
    named(renamePresses(changeSeat(state, seat, { name }), seat, { name }), seat, name),
  nameHidden: (state, { seat, hidden }) => renamePresses(changeSeat(state, seat, { hidden }), seat, { hidden }),
  removed: (state, { seat }) => counted(changeSeat(state, seat, { removed: true }), -1),
  letBackIn: (state, { seat }) => {
    const back = counted(changeSeat(state, seat, { removed: false }), 1)
    return named(back, seat, seatNamed(back, seat)?.name ?? '')
  },
  teamPicked: (state, { secret }) =>
    (secret?.members ?? []).reduce((state, { seat, team }) => changeSeat(state, seat, { team }), state),
  teamRenamed: (state, { team, name }) => changeTeam(state, team, { name }),
  captainNamed: (state, { team, seat }) => changeTeam(state, team, { captain: seat }),
  teamsMerged: (state, { from, into }) => {
    const { roster } = state.secret
    const left = { ...state, teams: state.teams.filter(({ number }) => number !== from) }
    const moved = roster && entriesOf(roster).filter(([, { team }]) => team === from)
    return (moved ?? []).reduce((state, [seat]) => changeSeat(state, seat, { team: into }), left)
  },
  roomLocked: (state, { locked }) => ({ ...state, locked }),
  addressChosen: (state, { address }) => ({ ...state, address }),
  linksReplaced: (state, { secret }) => (secret?.links ? withSecret(state, { links: secret.links }) : state),

  questionDropped: (state, { total, secret }) => {
    const plan = state.secret.plan?.filter((id) => id !== secret?.questionId)
    return { ...(plan ? withSecret(state, { plan }) : state), total }
  },
  questionAsked: (
    state,
    { turn, total, kind, path, text, tieBreak, choosing, secret: { commandId, ...secret } = {} },
  ) => ({
    ...(state.turn && state.secret.past ? withSecret(state, { past: [...state.secret.past, state.turn] }) : state),
    phase: 'playing',
    standingsShown: false,
    total,
    turn: {
      ...blankTurn,
      turn,
      kind,
      path,
      text,
      tieBreak,
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
  falseStarted: (state, { turn, secret }) => {
    const early = secret?.early
    if (!early) return state
    const locked = changeTurn(state, turn, ({ secret }) => ({
      secret: { ...secret, early: { ...secret.early, [early.seat]: early.until } },
    }))
    return withTrust(locked, secret.trust)
  },
  buzzed: (state, { type, at, by, turn, settlesAt, secret, ...press }) =>
    withTrust(
      changeTurn(state, turn, ({ presses, openings: opening, settlesAt: before, secret: known }) => ({
        presses: [...presses, { ...press, opening, called: null }],
        settlesAt: settlesAt ?? before,
        secret: secret?.tieRank
          ? { ...known, tieRanks: put(known.tieRanks ?? noShards, press.seat, secret.tieRank) }
          : known,
      })),
      secret?.trust,
    ),
  floorGiven: (state, { turn, seat, press, endsAt }) =>
    changeTurn(state, turn, ({ presses }) => ({
      floor: { seat, endsAt, timedOut: false, jury: null },
      settlesAt: null,
      closed: null,
      presses: withPress(presses, press),
    })),
  buzzersKeptOpen: (state, { turn }) => changeTurn(state, turn, () => ({ settlesAt: null })),
  answerTimedOut: (state, { turn }) =>
    changeTurn(state, turn, ({ floor }) => ({ floor: floor && { ...floor, timedOut: true } })),
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
  verdictGiven: (state, { turn, seat, team, verdict, points, late, at }) =>
    changeTurn(state, turn, ({ verdicts, floor }) => ({
      verdicts: [...verdicts, { seat, verdict, points, at, ...(team ? { team } : {}), ...(late ? { late } : {}) }],
      floor: floor?.seat === seat ? null : floor,
    })),
  verdictUndone: (state, { turn, seat }) =>
    changeTurn(state, turn, ({ verdicts }) => ({ verdicts: verdicts.filter((judged) => judged.seat !== seat) })),
  turnClosed: (state, { turn, reason }) =>
    changeTurn(state, turn, () => ({ closed: reason, floor: null, settlesAt: null })),
  answerRevealed: (state, { turn, note }) => changeTurn(state, turn, () => ({ revealed: { note } })),

  paused: (state, { at }) => ({ ...state, pausedAt: at }),
  resumed: (state, { shiftMs }) => ({ ...shiftClocks(state, shiftMs), pausedAt: null }),
  standingsShown: (state, { shown }) => ({ ...state, standingsShown: shown }),
  scoreCorrected: (state, { at, secret }) =>
    secret?.correction
      ? withSecret(state, { corrections: [...(state.secret.corrections ?? []), { ...secret.correction, at }] })
      : state,
  gameEnded: (state, { results, at }) => ({
    ...state,
    phase: 'over',
    pausedAt: null,
    results: { id: results, endedAt: at },
  }),
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

const blankTurn = {
  choosing: null,
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

const withSecret = (state: RoomState, parts: RoomState['secret']): RoomState => ({
  ...state,
  secret: { ...state.secret, ...parts },
})

/** In the order in which they came in; a phone may learn of a press only now. */
function withPress(presses: Press[], press: Press): Press[] {
  const others = presses.filter(({ seat, opening }) => seat !== press.seat || opening !== press.opening)
  const isLater = ({ opening, arrival }: Press) => opening - press.opening || arrival - press.arrival
  const next = others.findIndex((other) => isLater(other) > 0)
  return others.toSpliced(next < 0 ? others.length : next, 0, press)
}

/** @param more how many came into the game */
function counted(state: RoomState, more: number): RoomState {
  const { inGame } = state.secret
  return inGame === undefined ? state : withSecret(state, { inGame: inGame + more })
}

function withTrust(state: RoomState, trust: ({ seat: SeatId } & Trust) | undefined): RoomState {
  if (!trust || !state.secret.trust) return state
  const { seat, ...rest } = trust
  return withSecret(state, { trust: put(state.secret.trust, seat, rest) })
}

function without<T extends object, Key extends keyof T>(value: T, ...keys: Key[]): Omit<T, Key> {
  const copy = { ...value }
  for (const key of keys) delete copy[key]
  return copy
}

function changeSeat(state: RoomState, id: SeatId, change: Partial<Seat>): RoomState {
  const { roster } = state.secret
  const seat = roster && lookUp(roster, id)
  return seat ? withSecret(state, { roster: put(roster, id, { ...seat, ...change }) }) : state
}

const changeTeam = (state: RoomState, number: number, change: Partial<Team>): RoomState => ({
  ...state,
  teams: state.teams.map((team) => (team.number === number ? { ...team, ...change } : team)),
})

function named(state: RoomState, id: SeatId, name: string): RoomState {
  const { names } = state.secret
  return names ? withSecret(state, { names: put(names, plainName(name), id) }) : state
}

/** The turn may be the one on the table or, for a late undo, any before it. */
function changeTurn(state: RoomState, number: number, change: (turn: Turn) => Partial<Turn>): RoomState {
  const changed = (turn: Turn) => (turn.turn === number ? { ...turn, ...change(turn) } : turn)
  if (state.turn?.turn === number) return { ...state, turn: changed(state.turn) }
  return state.secret.past ? withSecret(state, { past: state.secret.past.map(changed) }) : state
}

function renamePresses(state: RoomState, seat: SeatId, change: Partial<Pick<Press, 'name' | 'hidden'>>): RoomState {
  const renamed = (turn: Turn): Turn => ({
    ...turn,
    presses: turn.presses.map((press) => (press.seat === seat ? { ...press, ...change } : press)),
  })
  const { past } = state.secret
  return {
    ...(past ? withSecret(state, { past: past.map(renamed) }) : state),
    turn: state.turn && renamed(state.turn),
  }
}

/** After a pause every running clock goes on from where it stood. */
function shiftClocks(state: RoomState, shiftMs: number): RoomState {
  const later = (instant: number | null) => (instant === null ? null : instant + shiftMs)
  const { turn } = state
  if (!turn) return state
  const jury = turn.floor?.jury && { ...turn.floor.jury, endsAt: turn.floor.jury.endsAt + shiftMs }
  const floor = turn.floor && { ...turn.floor, endsAt: later(turn.floor.endsAt), jury: jury ?? null }
  const clocks = { opensAt: later(turn.opensAt), endsAt: later(turn.endsAt), settlesAt: later(turn.settlesAt) }
  return { ...state, turn: { ...turn, ...clocks, floor } }
}
