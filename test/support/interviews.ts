import fc from 'fast-check'
import {
  type AgendaItem,
  type Command,
  type CommandOf,
  type Rating,
  type Role,
  type RoomEvent,
  type RoomState,
  type Viewer,
} from '@knopka/shared/game'
import type { Ms } from '@knopka/shared/ids'
import type { Unspoken } from './commands.ts'
import { hush } from './leaks.ts'
import { stateOf, submit, unplayed, type Played } from './played.ts'

/** What can happen in an interview alone. */
export const ofInterviews = {
  interviewOpened: true,
  candidateReady: true,
  itemShown: true,
  itemAdded: true,
  firstAssessed: true,
  secondAssessed: true,
  finishedRating: true,
  opinionsOpened: true,
  opinionMended: true,
  agreed: true,
  concluded: true,
  interviewEnded: true,
} satisfies Partial<Record<RoomEvent['type'], true>>

type CallType = Exclude<Command['type'], 'open' | 'openInterview'>

/** The numbers a command is made from, once it is known which room it comes to. */
export interface CallMove {
  kind: Command['type'] | 'again'
  waitMs: Ms
  number: number
  rating: Rating | null
  flag: boolean
  role: Role | 'server'
  /** Whether whoever may say it says it; else anybody does. */
  sensible: boolean
}

const often: CallMove['kind'][] = ['showItem', 'assess', 'assess', 'assess', 'moveOn']
const sometimes: CallMove['kind'][] = [
  ...(['agree', 'conclude', 'finish', 'addItem', 'pause', 'resume', 'ready', 'again'] as const),
]
const seldom: CallMove['kind'][] = ['endInterview', 'replaceLink', 'chooseAddress', 'expire', 'openInterview']
const ofQuizzes: CallMove['kind'][] = ['join', 'ask', 'end', 'buzz', 'remove', 'correctScore']

const roles: (Role | 'server')[] = ['host', 'cohost', 'candidate', 'player', 'screen', 'server']

const moves = (kinds: fc.Arbitrary<CallMove['kind']>, sensible: fc.Arbitrary<boolean>): fc.Arbitrary<CallMove> =>
  fc.record(
    {
      kind: kinds,
      sensible,
      waitMs: fc.constantFrom(0, 1, 500, 20_000, 90_000),
      number: fc.nat(99),
      rating: fc.constantFrom<(Rating | null)[]>(0, 1, 2, 3, 4, 'not-asked', null),
      flag: fc.boolean(),
      role: fc.constantFrom(...roles),
    },
    { noNullPrototype: true },
  )

/** What moves an interview on. */
const likelyMove = moves(
  fc.oneof(
    { weight: 60, arbitrary: fc.constantFrom(...often) },
    { weight: 30, arbitrary: fc.constantFrom(...sometimes) },
    { weight: 4, arbitrary: fc.constantFrom(...seldom) },
  ),
  fc.nat(9).map((chance) => chance > 0),
)

/** Anything, by anyone. */
export const wildCallMove = moves(fc.constantFrom(...often, ...sometimes, ...seldom, ...ofQuizzes), fc.boolean())

/** Interviews of one to six planned questions, with numbers or without, on the clock or not. */
export const calls: fc.Arbitrary<Played> = fc
  .record({
    items: fc.integer({ min: 1, max: 6 }),
    seconds: fc.constantFrom(null, 60),
    minutes: fc.constantFrom(null, 15),
    mayMoveOn: fc.boolean(),
    showsNumbers: fc.boolean(),
    moves: fc.array(likelyMove, { minLength: 5, maxLength: 60, size: 'max' }),
  })
  .map(({ items, moves, ...rules }) => {
    const call = unplayed()
    submit(call, { ...opening(items, rules), by: 'server', role: 'server', commandId: hush('command', 'open') })
    for (const move of moves) {
      call.now += move.waitMs
      submit(call, commandInCall(call, stateOf(call), move))
    }
    return call
  })

type Opening = Omit<CommandOf<'openInterview'>, 'by' | 'role' | 'commandId'>

export const opening = (items: number, rules: Partial<Opening['interview']> = {}): Opening => ({
  type: 'openInterview',
  address: 'http://192.168.1.5:3000',
  interview: {
    candidate: 'Вера',
    interviewers: ['Анна', 'Борис'],
    seconds: null,
    minutes: null,
    mayMoveOn: false,
    showsNumbers: false,
    keptDays: 30,
    ...rules,
  },
  agenda: Array.from({ length: items }, (_, index) => item(index + 1)),
  levels: ['0', '1', '2', '3', '4'].map((level) => hush('level', level)),
  planTitle: hush('plan', 'title'),
  planName: hush('plan', 'name'),
  bank: hush('bank', 1),
  links: { host: hush('host', 1), cohost: hush('cohost', 1), candidate: hush('candidate', 1) },
  cardId: hush('card', 1),
  roomId: hush('room', 1),
})

/** Every third one has no note. */
export const item = (number: number): AgendaItem => ({
  id: `item-${number}`,
  questionId: hush('question', number),
  kind: 'question',
  section: number % 2 === 0 ? 'Python' : 'SQL',
  path: [number % 2 === 0 ? 'Python' : 'SQL'],
  text: hush('text', number),
  ...(number % 3 === 0 ? {} : { note: hush('note', number) }),
})

/** Everyone who may look at an interview, and some who may not come in and are asked all the same. */
export const callers: Viewer[] = [
  { role: 'host', seat: 'host' },
  { role: 'cohost', seat: 'cohost' },
  { role: 'candidate', seat: 'candidate' },
  { role: 'screen', seat: null },
  { role: 'player', seat: 'player' },
]

export function commandInCall(
  { decided, now }: Pick<Played, 'decided' | 'now'>,
  state: RoomState,
  move: CallMove,
): Command {
  const previous = decided.at(-1)?.command
  if (move.kind === 'again' && previous) return previous
  const kind = move.kind === 'again' ? 'expire' : move.kind
  const by = move.sensible ? speakerOf(kind, move) : move.role
  return { ...saying(kind, move, state, now), by, role: by, commandId: hush('command', decided.length) } as Command
}

function speakerOf(kind: Command['type'], { flag }: CallMove): Role | 'server' {
  if (kind === 'ready' || kind === 'moveOn') return 'candidate'
  if (kind === 'expire' || kind === 'open' || kind === 'openInterview') return 'server'
  return flag || kind === 'replaceLink' ? 'host' : 'cohost'
}

/** @returns what is asked; a command of a quiz stands for all of them, with nothing in it */
function saying(kind: Command['type'], move: CallMove, state: RoomState, now: Ms): Unspoken | { type: CallType } {
  const { number, flag, rating } = move
  const id = idIn(state, move)
  switch (kind) {
    case 'openInterview':
      return opening(2)
    case 'showItem':
      return { type: kind, item: id }
    case 'moveOn':
      return { type: kind, item: move.sensible ? (state.interview?.shown?.item ?? id) : id }
    case 'assess':
      return { type: kind, item: id, ...assessmentOf(move) }
    case 'finish':
      return { type: kind, finished: number % 4 > 0 }
    case 'agree':
      return { type: kind, item: id, level: typeof rating === 'number' ? rating : null }
    case 'conclude':
      return { type: kind, ...(flag ? { recommendation: 'yes' } : { strengths: hush('strengths', number) }) }
    case 'addItem': {
      const question = flag ? { id: hush('question', number % 9) } : { text: hush('text', `own-${number}`) }
      const found = number % 5 === 0 ? null : { ...item(number % 9), id: hush('question', number % 9), line: 1 }
      return { type: kind, question, after: number % 3 === 0 ? null : id, itemId: `added-${now}-${number}`, found }
    }
    case 'replaceLink':
      return { type: kind, link: flag ? 'candidate' : 'cohost', capability: hush(flag ? 'candidate' : 'cohost', now) }
    case 'chooseAddress':
      return { type: kind, address: `http://10.0.0.${number % 3}:3000` }
    case 'resume':
      return { type: kind, leadMs: 0 }
    default:
      return { type: kind } as { type: CallType }
  }
}

function idIn({ secret }: RoomState, { number, sensible }: CallMove): string {
  const agenda = secret.agenda ?? []
  return (
    (sensible && agenda[number % (agenda.length || 1)]?.id) || ['nothing', 'constructor', '__proto__'][number % 3] || ''
  )
}

/** What each makes of it carries their own mark, so that it is known again in any bytes. */
function assessmentOf({ number, flag, rating }: CallMove) {
  const note = hush(flag ? 'first' : 'second', number)
  if (number % 3 === 0) return { note, ...(number % 2 === 0 ? { noteWas: '' } : {}) }
  return number % 7 === 1 ? { flagged: number % 2 === 0 } : { rating }
}
