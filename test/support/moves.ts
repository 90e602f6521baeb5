import fc from 'fast-check'
import {
  hasPressed,
  isLockedOut,
  memberAt,
  answerGroups,
  nextQuestionId,
  plainAnswer,
  stageOf,
  turnsOf,
  whyNotAsk,
  type Command,
  type CommandOf,
  type DrawnRounds,
  type InterviewCommandType,
  type StudyCommandType,
  type Lighting,
  type Role,
  type RoomState,
  type Round,
  type RoundRules,
  type RoundSettings,
  type Rules,
  type ScoredPress,
  type Verdict,
  seatNamed,
} from '@knopka/shared/game'
import type { Ms, QuestionId, SeatId } from '@knopka/shared/ids'
import type { Unspoken } from './commands.ts'
import { hush } from './leaks.ts'

type QuizCommandType = Exclude<Command['type'], InterviewCommandType | StudyCommandType>

/** The numbers a command is made from, once it is known which room it comes to. */
export interface Move {
  kind: Kind
  waitMs: Ms
  seat: number
  number: number
  role: number
  verdict: Verdict
  flag: boolean
  /** Whether it means what is on the table; else it may name anything. */
  sensible: boolean
}

/** `goOn` does what the game waits for: asks, opens, presses, settles or judges. `again` is the last command, sent once more. */
type Kind = QuizCommandType | 'goOn' | 'again'

const often: Kind[] = ['goOn']
const oftenInGames: Kind[] = ['buzz', 'choose', 'answer', 'giveVerdict', 'undoVerdict']
const sometimes: Kind[] = [
  'reveal',
  'skip',
  'expire',
  'settle',
  'ask',
  'resume',
  'again',
  'join',
  'closeAnswers',
  'markChoices',
  'vote',
  'protest',
  'judgeAnswers',
  'judgeGuesses',
  'stake',
  'pickCell',
]
const seldom: Kind[] = [
  ...(['rename', 'hideName', 'remove', 'letBackIn', 'lockRoom', 'chooseAddress', 'replaceLink'] as const),
  ...(['openBuzzers', 'pause', 'showStandings', 'correctScore', 'open', 'callJury', 'ruleOnProtest'] as const),
  ...([
    'pickTeam',
    'pickTeam',
    'dealTeams',
    'renameTeam',
    'nameCaptain',
    'mergeTeams',
    'takeBreak',
    'endBreak',
    'planRounds',
    'beginRound',
    'changeRules',
    'giveExtraTime',
  ] as const),
]
const last: Kind[] = ['end']

/** Like those that come out of JSON. */
export const plainObject = { noNullPrototype: true } as const

const moves = (kind: fc.Arbitrary<Kind>, sensible: fc.Arbitrary<boolean>): fc.Arbitrary<Move> =>
  fc.record(
    {
      kind,
      sensible,
      waitMs: fc.constantFrom(0, 1, 100, 250, 1000, 3000, 20_000),
      seat: fc.nat(9),
      number: fc.nat(99),
      role: fc.nat(4),
      verdict: fc.constantFrom('right', 'right', 'partly', 'wrong', 'wrong'),
      flag: fc.boolean(),
    },
    plainObject,
  )

/** A move in a game that gets somewhere. */
export const likelyMove = moves(
  fc.oneof(
    { weight: 60, arbitrary: fc.constantFrom(...often) },
    { weight: 18, arbitrary: fc.constantFrom(...oftenInGames) },
    { weight: 12, arbitrary: fc.constantFrom(...sometimes) },
    { weight: 12, arbitrary: fc.constantFrom(...seldom) },
    { weight: 1, arbitrary: fc.constantFrom(...last) },
  ),
  fc.nat(9).map((chance) => chance > 1),
)

/** A question that a whole crowd presses at. */
export const rush = fc
  .array(likelyMove, { minLength: 12, maxLength: 16 })
  .map((moves) => moves.map((move, index): Move => ({ ...move, ...inRush(index) })))

const inRush = (index: number): Pick<Move, 'kind' | 'sensible' | 'waitMs'> => ({
  kind: index < 2 ? 'goOn' : 'buzz',
  sensible: true,
  waitMs: index < 2 ? 1000 : 1,
})

/** Any command that can be said, by anyone, about anything. */
export const wildMove = moves(fc.constantFrom(...oftenInGames, ...sometimes, ...seldom, ...last), fc.boolean())

type OpenCommand = Omit<CommandOf<'open'>, 'by' | 'role' | 'commandId'>

/** The usual rules of a round, and others now and then. */
const roundRules = (number: number): RoundRules => ({
  pressSeconds: number % 3 === 0 ? null : 20,
  answerSeconds: number % 4 === 0 ? null : 10,
  scoring: pick(['plain', 'penalty', 'by-place'] as const, number) ?? 'plain',
  afterWrong: pick(['next-in-queue', 'reopen', 'reopen-to-others', 'close'] as const, number) ?? 'close',
  choices: number % 2 === 0 ? { points: 'plain', seconds: 20 } : null,
  typing: number % 5 === 1 ? { kind: number % 2 === 0 ? 'number' : 'text', seconds: 20 } : null,
})

export const roundOf = (number: number): RoundSettings => ({
  title: number % 3 === 0 ? null : `Round ${number}`,
  sections: ['python'],
  count: 1 + (number % 4),
  order: 'bank',
  rules: roundRules(number),
  board: isBoard(number) ? { rows: 2, step: 100, doubles: 2, final: number % 2 === 0 } : null,
})

const isBoard = (number: number): boolean => number % 3 === 1

/** What a bank would give for them: of a board two columns of two. @param salt tells their questions from others */
export function drawnFor(rounds: RoundSettings[], salt: number, spare = salt % 3): DrawnRounds {
  const drawn = rounds.map(({ title, count, board }): Round => {
    const cells = 4 + (board?.final ? 1 : 0)
    const columns = [1, 2].map((column) => ({ title: `Column ${column}`, cells: 2 }))
    const { step = 0, doubles = 0, final = false } = board ?? {}
    return { title, count: board ? cells : count, board: board ? { columns, step, doubles, final } : null }
  })
  const total = drawn.reduce((sum, { count }) => sum + count, 0)
  return {
    rounds: drawn,
    plan: Array.from({ length: total + spare }, (_, index) => hush('plan', salt * 100 + index + 1)),
  }
}

/** One round, or several, with what was drawn for them. */
export const opening = (rules: Rules, programme: RoundSettings[], drawn: DrawnRounds): OpenCommand => ({
  type: 'open',
  mode: 'quiz',
  title: 'Friday',
  rules: { ...rules, ...programme[0]?.rules },
  programme,
  drawn,
  sections: 2,
  address: 'http://192.168.1.5:3000',
  seed: hush('seed', 1),
  bank: hush('bank', 1),
  links: { host: hush('host', 1), cohost: hush('cohost', 1) },
  resultsId: hush('results', 1),
  roomId: hush('room', 1),
  group: hush('group', 1),
  draws: { fresh: true, difficulty: 'any' },
})

export const nameOf = (seat: SeatId) => `Player ${seat}`

const roles: (Role | 'server')[] = ['host', 'cohost', 'player', 'screen', 'server']

/** Seats that are not there, some of them named like what every object has. */
const strangers: SeatId[] = ['nobody', 'host', 'constructor', '__proto__']

const pick = <T>(items: readonly T[], index: number): T | undefined => items[index % items.length]

/** What is known of a game beside its room: who may be in it, what time it is, and a number no command has had. */
interface Setting {
  seats: SeatId[]
  now: Ms
  unused: number
}

/** What this move says in this room. */
export function commandFrom(move: Move, state: RoomState, { seats, now, unused }: Setting): Command {
  const sensible = move.sensible || move.kind === 'goOn'
  const kind = move.kind === 'goOn' ? whatIsNext(state, move) : move.kind === 'again' ? 'expire' : move.kind
  const seat =
    pick(sensible && seats.length > 0 ? seatsFor(kind, state, seats) : [...seats, ...strangers], move.seat) ?? ''
  const unspoken = unspokenFor(kind, { ...move, sensible, seat, unused }, state, now)
  const role = sensible ? roleFor(kind, move) : (roles[move.role] as Role)
  // Who speaks comes from a seat that the server made, so it is never called like what every object has.
  const by = role !== 'player' ? role : seats.includes(seat) ? seat : 'nobody'
  return { ...unspoken, by, role, commandId: hush('command', unused) }
}

/** Those for whom it would change something, where there are any. */
function seatsFor(kind: QuizCommandType, state: RoomState, seats: SeatId[]): SeatId[] {
  const { turn } = state
  const changed = seats.filter((seat) => {
    const removed = seatNamed(state, seat)?.removed
    if (kind === 'letBackIn') return removed
    if (kind === 'remove' && turn && turn.settlesAt !== null) return !removed && hasPressed(turn, seat)
    return kind === 'buzz' && turn && !removed && !hasPressed(turn, seat) && !isLockedOut(turn, memberAt(state, seat))
  })
  return changed.length > 0 ? changed : seats
}

function whatIsNext(state: RoomState, { number }: Move): QuizCommandType {
  if (state.pausedAt !== null) return 'resume'
  const stage = state.turn ? stageOf(state.turn) : 'closed'
  if (stage === 'closed') return whatIsNextAfter(state, number)
  if (stage === 'reading') return whatComesFirst(state, number)
  if (number % 9 === 0) return 'expire'
  if (state.turn?.typing) return number % 7 === 0 ? 'closeAnswers' : 'answer'
  if (state.turn?.choosing) return number % 7 === 0 ? 'closeAnswers' : 'choose'
  if (stage === 'open') return state.turn?.settlesAt === null ? 'buzz' : whileAwaited(number)
  if (number % 4 === 1) return state.turn?.floor?.jury ? 'vote' : 'callJury'
  return number % 2 === 0 ? 'buzz' : 'giveVerdict'
}

function whatIsNextAfter(state: RoomState, number: number): QuizCommandType {
  if (state.break && number % 2 === 0) return 'endBreak'
  if (number % 17 === 0) return 'takeBreak'
  if (number % 7 === 1 && state.secret.protests?.some(({ upheld }) => upheld === null)) return 'ruleOnProtest'
  if (number % 5 === 0 && state.turn?.choosing) return 'markChoices'
  if (number % 3 === 0 && state.turn?.typing) return state.turn.typing.kind === 'text' ? 'judgeAnswers' : 'judgeGuesses'
  if (number % 5 === 0) return 'reveal'
  return whyNotAsk(state, nextCell(state, number)) === 'round-over' ? 'beginRound' : 'ask'
}

function whatComesFirst({ turn }: RoomState, number: number): QuizCommandType {
  const staked =
    turn?.worth?.kind === 'final' ? number % 3 > 0 : turn?.worth?.kind === 'double' && turn.worth.stake === null
  if (staked) return 'stake'
  return number % 5 === 0 ? 'buzz' : 'openBuzzers'
}

/** One that is there to be picked, where the round has a board. */
function nextCell(state: RoomState, number: number): number | undefined {
  const left = state.cells.flatMap((turn, cell) => (turn === null ? [cell] : []))
  return pick(left, number)
}

function whileAwaited(number: number): QuizCommandType {
  if (number % 10 === 0) return 'remove'
  return number % 3 === 0 ? 'buzz' : 'settle'
}

const playersOwn: QuizCommandType[] = ['join', 'buzz', 'choose', 'answer', 'vote', 'protest']

function roleFor(type: QuizCommandType, { flag }: Move): Role | 'server' {
  if (playersOwn.includes(type)) return 'player'
  if ((type === 'stake' || type === 'pickCell') && flag) return 'player'
  if (type === 'pickTeam' && flag) return 'player'
  if (type === 'expire' || type === 'settle' || type === 'open') return 'server'
  return flag || type === 'replaceLink' ? 'host' : 'cohost'
}

type SeatedMove = Omit<Move, 'seat'> & { seat: SeatId; unused: number }

function unspokenFor(type: QuizCommandType, move: SeatedMove, state: RoomState, now: Ms): Unspoken {
  const { seat, number, flag, sensible } = move
  const turn = sensible ? (state.turn?.turn ?? 1) : number % 8
  switch (type) {
    case 'open':
      return opening(state.rules, [roundOf(number)], drawnFor([roundOf(number)], 0))
    case 'join':
      return { type, name: flag ? nameOf(seat) : `Late ${number % 3}` }
    case 'rename':
      return { type, seat, name: flag ? `Ёж ${number % 3}` : `еж ${number % 3}` }
    case 'hideName':
      return { type, seat, hidden: flag }
    case 'remove':
    case 'letBackIn':
      return { type, seat }
    case 'lockRoom':
      return { type, locked: flag }
    case 'chooseAddress':
      return { type, address: `http://10.0.0.${number % 3}:3000` }
    case 'replaceLink':
      return { type, link: flag ? 'host' : 'cohost', capability: hush(flag ? 'host' : 'cohost', now) }
    case 'ask':
      return asking(move, state)
    case 'openBuzzers':
      return { type, turn, ...lighting(move) }
    case 'pickTeam':
      return { type, seat, team: number % 6 === 0 ? null : (number % 5) + 1 }
    case 'takeBreak':
      return { type, minutes: flag ? null : (number % 30) + 1 }
    case 'endBreak':
    case 'dealTeams':
      return { type }
    case 'renameTeam':
      return { type, team: (number % 5) + 1, name: `Team ${number % 4}` }
    case 'nameCaptain':
      return { type, team: (sensible && seatNamed(state, seat)?.team) || (number % 5) + 1, seat: flag ? seat : null }
    case 'mergeTeams':
      return { type, from: (number % 5) + 1, into: (number % 3) + 1 }
    case 'vote':
      return { type, turn, verdict: move.verdict }
    case 'ruleOnProtest': {
      const protest = pick(state.secret.protests ?? [], number)
      return { type, turn: protest?.turn ?? turn, seat: protest?.seat ?? seat, upheld: flag }
    }
    case 'callJury':
    case 'protest':
    case 'skip':
    case 'closeAnswers':
    case 'reveal':
      return { type, turn }
    case 'choose':
      return {
        type,
        turn,
        options: optionsOf(number),
        pressedAt: 0,
        at: now - (number % 3) * 100,
        afterMs: number * 200,
      }
    case 'answer':
      return {
        type,
        turn,
        text: typed(number, flag),
        pressedAt: 0,
        at: now - (number % 3) * 100,
        afterMs: number * 200,
      }
    case 'judgeAnswers': {
      const groups = state.turn ? answerGroups(state.turn) : []
      const answers = sensible ? (pick(groups, number)?.answers ?? ['nothing']) : [plainAnswer(typed(number, flag))]
      return { type, turn, answers, verdict: number % 4 === 0 ? null : move.verdict }
    }
    case 'judgeGuesses':
      return { type, turn, right: number % 4 === 0 ? null : (number % 20) * 10 }
    case 'planRounds': {
      const rounds = Array.from({ length: number % 4 }, (_, index) => roundOf(number + index))
      const kept = sensible ? (state.phase === 'lobby' ? 0 : state.round) : number % 3
      return { type, kept, rounds, drawn: drawnFor(rounds, move.unused) }
    }
    case 'beginRound':
      return { type, round: sensible ? state.round + 1 : number % 4 }
    case 'changeRules':
      return { type, rules: roundRules(number) }
    case 'pickCell':
      return { type, cell: sensible ? (nextCell(state, number) ?? 0) : number % 7 }
    case 'stake':
      return { type, turn, seat: sensible ? staker(state, seat) : seat, points: number % 9 === 0 ? 5000 : number }
    case 'giveExtraTime':
      return { type, seat, percent: (number % 4) * 25 }
    case 'markChoices':
      return { type, turn, right: flag ? [] : optionsOf(number) }
    case 'resume':
      return { type, leadMs: lighting(move).leadMs }
    case 'pause':
    case 'expire':
    case 'end':
      return { type }
    case 'settle':
      return { type, turn, opening: sensible ? (state.turn?.openings ?? 0) : number % 3 }
    case 'showStandings':
      return { type, shown: flag }
    case 'correctScore':
      return {
        ...{ type, points: (number % 7) - 3, reason: hush('reason', number) },
        ...(flag ? { seat } : { team: pick(state.teams, number)?.number ?? number % 5 }),
      }
    case 'buzz':
      return { type, turn, pressedAt: 0, frameWaitMs: 0, ...scored(move, now) }
    case 'giveVerdict':
    case 'undoVerdict':
      return judging(type, move, state)
  }
}

/** Nobody knows a secret twice, so that what came out tells of one opening alone. */
const lighting = ({ number, unused }: SeatedMove): Lighting => ({
  leadMs: (number % 4) * 100,
  tieSecret: hush('tie', unused),
  tieHash: `hash-${unused}`,
})

/** Some before the light, some so close to each other that they tie; they come in when they will. */
function scored({ seat, number, flag }: SeatedMove, now: Ms): ScoredPress {
  const scoreMs = flag ? 300 + (number % 5) : ((number * 37) % 400) - 10
  return {
    at: now - (number % 3) * 100,
    scoreMs,
    certaintyMs: number % 30,
    cameMs: scoreMs + (number % 3) * 100,
    overruledMs: number % 20,
    trust: { budgetMs: number % 40, stalls: 1, lateLights: (number % 10) / 10 },
    tieRank: hush('rank', `${(number * 37) % 100}-${seat}`),
  }
}

const staker = ({ turn }: RoomState, seat: SeatId): SeatId => turn?.only?.[0] ?? seat

const typed = (number: number, flag: boolean): string =>
  flag ? hush('typed', `${number % 4}`) : String((number % 20) * 10)

function asking({ number, flag, sensible }: SeatedMove, state: RoomState): Unspoken {
  const next = (state.turn?.turn ?? 0) + 1
  const beside = number % 13 === 0 || (flag && number % 3 === 0)
  const cell = sensible ? nextCell(state, number) : number % 6
  const own = cell === undefined ? undefined : state.secret.cellIds?.[cell]
  const questionId =
    (sensible && ((beside ? undefined : own) ?? nextQuestionId(state, beside))) || hush('plan', (number % 8) + 1)
  const gone = number % 11 === 0
  const turn = sensible ? next : number % 8
  return {
    type: 'ask',
    turn,
    questionId,
    tieBreak: flag && number % 3 === 0,
    practice: number % 13 === 0,
    ...(cell === undefined || beside ? {} : { cell }),
    question: gone ? null : question(questionId),
  }
}

/** Mostly one that is there, at times two, at times none that is there. */
const optionsOf = (number: number): number[] => (number % 4 === 0 ? [number % 3, (number % 3) + 1] : [number % 5])

/** Every third question has no note, and every second one has options, one or two of them right. */
function question(id: QuestionId): NonNullable<CommandOf<'ask'>['question']> {
  const which = Number(id.split('-').at(-1))
  const note = which % 3 === 0 ? {} : { note: hush('note', which) }
  const options = Array.from({ length: 2 + (which % 3) }, (_, option) => ({
    text: hush('option', `${which}-${option}`),
    right: option === 0 || (option === 1 && which % 4 === 0),
  }))
  const choices = which % 2 === 0 ? { choices: options } : {}
  return { id, kind: 'question', text: hush('text', which), path: ['Python'], line: which, ...note, ...choices }
}

function judging(type: 'giveVerdict' | 'undoVerdict', move: SeatedMove, state: RoomState): Unspoken {
  const { seat, number, verdict, flag, sensible } = move
  const turns = turnsOf(state)
  const turn = flag ? state.turn : pick(turns, number)
  const floor = type === 'giveVerdict' ? turn?.floor?.seat : turn?.verdicts.at(-1)?.seat
  const pressed = number % 4 > 0 && floor ? floor : turn && pick(turn.presses, number)?.seat
  const target = sensible ? { turn: turn?.turn ?? 1, seat: pressed ?? seat } : { turn: number % 8, seat }
  return type === 'undoVerdict' ? { type, ...target } : { type, ...target, verdict, ...lighting(move) }
}
