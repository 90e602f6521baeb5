import fc from 'fast-check'
import {
  decide,
  evolve,
  isRefusal,
  unopened,
  type Command,
  type RoomEvent,
  type RoomState,
  type RoundSettings,
  type Rules,
  type Viewer,
} from '@knopka/shared/game'
import type { Ms, SeatId } from '@knopka/shared/ids'
import { deepFreeze } from './freeze.ts'
import { hush } from './leaks.ts'
import { commandFrom, drawnFor, likelyMove, nameOf, opening, plainObject, roundOf, rush, type Move } from './moves.ts'

/** A game as it may have been played: every log here came out of `decide`. */
export interface Evening {
  events: RoomEvent[]
  /** The commands that brought about events, in order, each with how many. */
  decided: { command: Command; count: number }[]
  /** The room after so many events; the first is the room before it was opened. Frozen. */
  states: RoomState[]
  /** When the last command came. */
  now: Ms
  /** Everyone who may have joined. */
  seats: SeatId[]
}

const anyRules: fc.Arbitrary<Rules> = fc.record(
  {
    pressSeconds: fc.constantFrom(null, 3, 20),
    answerSeconds: fc.constantFrom(null, 3, 10),
    scoring: fc.constantFrom('plain', 'penalty', 'by-place'),
    afterWrong: fc.constantFrom('next-in-queue', 'next-in-queue', 'reopen', 'reopen-to-others', 'close'),
    setting: fc.constantFrom('room', 'call', 'screen', 'friends', 'arrival'),
    textOnPhones: fc.boolean(),
    approveNames: fc.boolean(),
    strict: fc.boolean(),
    teams: fc.constantFrom<Rules['teams']>(
      null,
      null,
      { count: 3, formedBy: 'players', presses: 'anyone', score: 'sum' },
      { count: 4, formedBy: 'players', presses: 'captain', score: 'per-head' },
      { count: 2, formedBy: 'host', presses: 'anyone', score: 'sum' },
    ),
    choices: fc.constantFrom<Rules['choices']>(
      null,
      { points: 'plain', seconds: null },
      { points: 'penalty', seconds: 3 },
      { points: 'by-time', seconds: 20 },
    ),
    typing: fc.constantFrom<Rules['typing']>(
      null,
      null,
      { kind: 'text', seconds: 20 },
      { kind: 'number', seconds: null },
    ),
    standings: fc.constantFrom('any-time', 'after-each', 'between-rounds', 'at-the-end'),
  },
  plainObject,
)

/** How many are too many for a phone to be told of each press. */
const crowd = 12

/** Games of nobody to six players, or of a crowd, under any rules: 5 to 60 commands after those that fill the room. */
export const evenings: fc.Arbitrary<Evening> = fc
  .record({
    rules: anyRules,
    players: fc.nat(6),
    rush: fc.option(rush, { freq: 7 }).map((rush) => rush ?? []),
    total: fc.integer({ min: 1, max: 5 }),
    spare: fc.nat(3),
    more: fc.array(fc.nat(11), { maxLength: 2 }),
    board: fc.nat(3).map((chance) => chance === 0),
    moves: fc.array(likelyMove, { minLength: 5, maxLength: 60, size: 'max' }),
  })
  .map(({ rules, players, rush, total, spare, more, board, moves }) => {
    const seats = Array.from({ length: rush.length > 0 ? crowd : players }, (_, index) => `seat-${index + 1}`)
    const evening = begun(rules, seats, programmeOf(rules, total, board && rush.length === 0, more), spare)
    for (const move of [...rush, ...moves]) {
      evening.now += move.waitMs
      const state = evening.states.at(-1) as RoomState
      const previous = evening.decided.at(-1)?.command
      submit(evening, move.kind === 'again' && previous ? previous : commandIn(evening, state, move))
    }
    return evening
  })

/** What a move says in a room of this evening. */
export const commandIn = ({ seats, now, decided }: Evening, state: RoomState, move: Move) =>
  commandFrom(move, state, { seats, now, unused: decided.length })

/** A round under these rules, and some others after it. */
function programmeOf(rules: Rules, count: number, board: boolean, more: number[]): RoundSettings[] {
  const { pressSeconds, answerSeconds, scoring, afterWrong, choices, typing } = rules
  const own = { pressSeconds, answerSeconds, scoring, afterWrong, choices, typing }
  const first = board ? roundOf(1) : roundOf(0)
  return [{ ...first, count, rules: own }, ...more.map(roundOf)]
}

function begun(rules: Rules, seats: SeatId[], programme: RoundSettings[], spare: number): Evening {
  const evening = printable({ events: [], decided: [], states: [unopened], now: Date.UTC(2026, 0, 9, 19), seats })
  submit(evening, {
    ...opening(rules, programme, drawnFor(programme, 0, spare)),
    by: 'server',
    role: 'server',
    commandId: hush('command', 'open'),
  })
  for (const seat of seats) {
    const commandId = hush('command', seat)
    submit(evening, { type: 'join', name: nameOf(seat), by: seat, role: 'player', commandId })
    // Without a team nobody may press; who is left out here may still be dealt in.
    const team = Number(seat.split('-').at(-1)) % 4
    const teamId = hush('command', `team-${seat}`)
    if (team > 0) submit(evening, { type: 'pickTeam', seat, team, by: 'host', role: 'host', commandId: teamId })
  }
  // One team has its captain from the start; the others may still name theirs.
  const [first = ''] = seats
  const commandId = hush('command', 'captain')
  submit(evening, { type: 'nameCaptain', team: 1, seat: first, by: 'host', role: 'host', commandId })
  return evening
}

/** A law that fails prints the commands of the shortest evening that breaks it, not every room on the way. */
const printable = (evening: Evening): Evening =>
  Object.assign(evening, {
    [fc.toStringMethod]: () => evening.decided.map(({ command }) => `\n  ${JSON.stringify(command)}`).join(''),
  })

function submit(evening: Evening, command: Command) {
  const decision = decide(evening.states.at(-1) as RoomState, deepFreeze(command), evening.now)
  if (isRefusal(decision) || decision.length === 0) return
  evening.decided.push({ command, count: decision.length })
  for (const event of deepFreeze(decision)) {
    evening.states.push(deepFreeze(evolve(evening.states.at(-1) as RoomState, event)))
    evening.events.push(event)
  }
}

/** Everyone who may look at a room of these seats. */
export const viewersOf = ({ seats }: Pick<Evening, 'seats'>): Viewer[] => [
  { role: 'host', seat: 'host' },
  { role: 'cohost', seat: 'cohost' },
  { role: 'screen', seat: null },
  ...seats.map((seat): Viewer => ({ role: 'player', seat })),
]
