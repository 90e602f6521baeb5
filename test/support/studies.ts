import fc from 'fast-check'
import { freshTrust } from '@knopka/shared/fair'
import {
  nextTurn,
  type Command,
  type CommandOf,
  type Role,
  type RoomEvent,
  type RoomState,
  type StudyRating,
  type Viewer,
} from '@knopka/shared/game'
import type { Ms, SeatId } from '@knopka/shared/ids'
import { hush } from './leaks.ts'
import { stateOf, submit, unplayed, type Played } from './played.ts'

/** What can happen in a study room alone. */
export const ofStudies = {
  studyOpened: true,
  studyChanged: true,
  sessionBegan: true,
  sessionEnded: true,
  written: true,
  studyRevealed: true,
  rated: true,
  steppedBack: true,
  votedOut: true,
  invitationChanged: true,
  noteWritten: true,
  progressBrought: true,
  mapShared: true,
} satisfies Partial<Record<RoomEvent['type'], true>>

/** The numbers a command is made from, once it is known which room it comes to. */
export interface SittingMove {
  kind: Command['type'] | 'again'
  waitMs: Ms
  number: number
  rating: StudyRating | null
  flag: boolean
  who: number
  role: Role | 'server'
  /** Whether whoever may say it says it, of the present question; else anybody, of any. */
  sensible: boolean
}

const often: SittingMove['kind'][] = ['askNext', 'askNext', 'buzz', 'vote', 'reveal', 'rate', 'rate', 'settle']
const sometimes: SittingMove['kind'][] = [
  ...(['write', 'write', 'stepBack', 'join', 'voteOut', 'writeNote', 'bringProgress', 'shareMap', 'again'] as const),
  ...(['pause', 'resume', 'rename', 'expire', 'changeStudy'] as const),
]
const seldom: SittingMove['kind'][] = ['endSession', 'chooseAddress', 'openStudy']
const ofOthers: SittingMove['kind'][] = ['ask', 'end', 'remove', 'giveVerdict', 'assess', 'replaceLink', 'skip']

const roles: (Role | 'server')[] = ['member', 'host', 'cohost', 'candidate', 'player', 'screen', 'server']

const moves = (kinds: fc.Arbitrary<SittingMove['kind']>, sensible: fc.Arbitrary<boolean>) =>
  fc.record<SittingMove>(
    {
      kind: kinds,
      sensible,
      waitMs: fc.constantFrom(0, 1, 300, 20_000, 90_000, 7 * 3_600_000),
      number: fc.nat(99),
      rating: fc.constantFrom<(StudyRating | null)[]>('again', 'hard', 'good', 'easy', null),
      flag: fc.boolean(),
      who: fc.nat(4),
      role: fc.constantFrom(...roles),
    },
    { noNullPrototype: true },
  )

/** What moves a sitting on. */
const likelyMove = moves(
  fc.oneof(
    { weight: 60, arbitrary: fc.constantFrom(...often) },
    { weight: 34, arbitrary: fc.constantFrom(...sometimes) },
    { weight: 3, arbitrary: fc.constantFrom(...seldom) },
  ),
  fc.nat(9).map((chance) => chance > 0),
)

/** Anything, by anyone. */
export const wildSittingMove = moves(fc.constantFrom(...often, ...sometimes, ...seldom, ...ofOthers), fc.boolean())

export const memberSeats: SeatId[] = ['anna', 'boris', 'vera', 'gleb', 'dina']

/** Rooms of one to four people, with typed answers or without, over one session or some. */
export const sittings: fc.Arbitrary<Played> = fc
  .record({
    people: fc.integer({ min: 1, max: 4 }),
    typesFirst: fc.boolean(),
    moves: fc.array(likelyMove, { minLength: 5, maxLength: 70, size: 'max' }),
  })
  .map(({ people, typesFirst, moves }) => {
    const sitting = unplayed()
    submit(sitting, { ...opening(typesFirst), by: 'server', role: 'server', commandId: hush('command', 'open') })
    for (const seat of memberSeats.slice(0, people)) {
      submit(sitting, { type: 'join', name: seat, by: seat, role: 'member', commandId: hush('command', seat) })
    }
    for (const move of moves) {
      sitting.now += move.waitMs
      submit(sitting, commandInSitting(sitting, stateOf(sitting), move))
    }
    return sitting
  })

export const opening = (typesFirst = false): Omit<CommandOf<'openStudy'>, 'by' | 'role' | 'commandId'> => ({
  type: 'openStudy',
  title: 'Вторник',
  address: 'http://192.168.1.5:3000',
  study: { sections: ['python', 'sql'], newPercent: 30, typesFirst },
  bank: 'bank',
  seed: hush('seed', 1),
  roomId: hush('room', 1),
  invitation: hush('invitation', 1),
})

/** Two who study, and a projector, which is not let in and is told no secret all the same. */
export const lookers: Viewer[] = [
  { role: 'member', seat: 'anna' },
  { role: 'member', seat: 'boris' },
  { role: 'screen', seat: null },
]

export function commandInSitting(
  { decided, now }: Pick<Played, 'decided' | 'now'>,
  state: RoomState,
  move: SittingMove,
): Command {
  const previous = decided.at(-1)?.command
  if (move.kind === 'again' && previous) return previous
  const kind = move.kind === 'again' ? 'expire' : move.kind
  const isClock = kind === 'expire' || kind === 'settle' || kind === 'openStudy'
  const member = memberSeats[move.who] as SeatId
  const by = move.sensible && isClock ? 'server' : member
  const role = move.sensible ? (isClock ? 'server' : 'member') : move.role
  return { ...saying(kind, move, state, now, by), by, role, commandId: hush('command', decided.length) } as Command
}

const lighting = { leadMs: 20, tieSecret: hush('tie', 'secret'), tieHash: 'hash' }

/** @returns what is asked; a command of another mode stands for all of them, with nothing in it */
function saying(kind: Command['type'], move: SittingMove, state: RoomState, now: Ms, by: SeatId): object {
  const { number, flag, rating, sensible } = move
  const turn = sensible ? (state.turn?.turn ?? 1) : 1 + (number % 5)
  switch (kind) {
    case 'openStudy':
      return opening(flag)
    case 'join':
      return { type: kind, name: by }
    case 'rename':
      return { type: kind, seat: sensible ? by : memberSeats[number % 5], name: `имя ${number % 7}` }
    case 'askNext':
      return { type: kind, turn: sensible ? nextTurn(state) : turn, ...lighting, next: coming(move, state) }
    case 'buzz':
      return { type: kind, turn, pressedAt: 0, frameWaitMs: 0, ...press(move, state, now) }
    case 'settle':
      return { type: kind, turn, opening: state.turn?.openings ?? 1 }
    case 'vote':
      return { type: kind, turn, verdict: (['right', 'partly', 'wrong'] as const)[number % 3] }
    case 'reveal':
      return { type: kind, turn }
    case 'write':
      return { type: kind, turn, text: hush('written', `${by}-${number}`) }
    case 'rate':
      return { type: kind, turn, rating }
    case 'stepBack':
      return { type: kind, turn, ...lighting }
    case 'voteOut':
      return {
        type: kind,
        // It takes two who mean the same person.
        seat: memberSeats[sensible ? number % 2 : number % 5],
        out: flag || sensible,
        present: memberSeats.slice(0, 2 + (number % 3)),
        invitation: hush('invitation', now),
      }
    case 'writeNote': {
      const questionId = `question-${number % 4}`
      const was = sensible ? (state.secret.notes?.[questionId]?.length ?? 0) : number % 3
      return { type: kind, questionId, text: number % 6 === 0 ? '' : `note ${number}`, was }
    }
    case 'bringProgress':
      return { type: kind, key: 'k', progress: flag ? null : hush('progress', `${by}-${number % 2}`) }
    case 'shareMap':
      return { type: kind, shared: flag }
    case 'changeStudy':
      return { type: kind, study: { sections: ['python'], newPercent: number, typesFirst: flag } }
    case 'chooseAddress':
      return { type: kind, address: `http://10.0.0.${number % 3}:3000` }
    case 'resume':
      return { type: kind, leadMs: 20 }
    default:
      return { type: kind }
  }
}

function coming({ number, flag }: SittingMove, { secret }: RoomState): CommandOf<'askNext'>['next'] {
  if (number % 17 === 0) return null
  const id = `question-${number % 9}`
  const note = number % 3 === 0 ? {} : { note: hush('note', number % 9) }
  const question = { id, kind: 'question' as const, path: ['Python'], text: `text ${number % 9}`, line: 1, ...note }
  const seats = Object.keys(secret.progress ?? {})
  return { question, why: flag && seats.length > 0 ? { kind: 'forgotten', seats } : { kind: 'new' } }
}

function press({ number }: SittingMove, { turn }: RoomState, now: Ms) {
  const at = now + (number % 3 === 0 ? 0 : 25)
  const scoreMs = at - (turn?.opensAt ?? at)
  return {
    at,
    scoreMs,
    certaintyMs: 2,
    cameMs: scoreMs,
    overruledMs: 0,
    trust: freshTrust,
    tieRank: hush('rank', number),
  }
}
