import { freshTrust } from '@knopka/shared/fair'
import { shownOrder } from '@knopka/shared/game'
import type {
  CloseReason,
  Draft,
  Lighting,
  Mark,
  Press,
  Round,
  RoundSettings,
  Rules,
  ScoredPress,
  Split,
  Verdict,
} from '@knopka/shared/game'
import type { Ms, QuestionId, SeatId } from '@knopka/shared/ids'
import { choiceQuestion, lighting, question, scored } from './commands.ts'

/** What happened, in the shortest words; a test adds only what it is about. */
export type DraftOf<Type extends Draft['type']> = Extract<Draft, { type: Type }>

export const plainRules: Rules = {
  pressSeconds: null,
  answerSeconds: null,
  scoring: 'plain',
  afterWrong: 'next-in-queue',
  setting: 'room',
  textOnPhones: false,
  approveNames: false,
}

interface Opened {
  rules?: Partial<Rules>
  total?: number
  plan?: QuestionId[]
  rounds?: Round[]
  programme?: RoundSettings[]
}

/** As it is set up; its rules are those of `plainRules`. */
export const plainRound: RoundSettings = {
  title: null,
  sections: ['python'],
  count: 3,
  order: 'bank',
  rules: { pressSeconds: null, answerSeconds: null, scoring: 'plain', afterWrong: 'next-in-queue' },
}

/** A quiz of three questions, with two more for tie-breaks. */
export const roomOpened = ({
  rules = {},
  total = 3,
  plan = ['q1', 'q2', 'q3', 'q4', 'q5'],
  rounds = [{ title: null, count: total, board: null }],
  programme = rounds.map(() => plainRound),
}: Opened = {}): DraftOf<'roomOpened'> => ({
  type: 'roomOpened',
  mode: 'quiz',
  title: 'Friday',
  rules: { ...plainRules, ...rules },
  rounds,
  total: rounds.reduce((sum, { count }) => sum + count, 0),
  sections: 1,
  address: 'http://192.168.1.5:3000',
  secret: {
    plan,
    programme,
    seed: 'seed',
    bank: 'python',
    links: { host: 'host-link', cohost: 'cohost-link' },
    resultsId: 'results-id',
    roomId: 'room-id',
  },
})

export const names: Record<SeatId, string> = { ann: 'Ann', bob: 'Bob', cat: 'Cat', dan: 'Dan' }

const numberOf = (seat: SeatId) => Object.keys(names).indexOf(seat) + 1

export const joined = (
  seat: SeatId,
  { name = names[seat] ?? seat, number = numberOf(seat), hidden = false } = {},
): DraftOf<'joined'> => ({ type: 'joined', secret: { seat: { id: seat, number, name, hidden, removed: false } } })

export const renamed = (seat: SeatId, name: string): DraftOf<'renamed'> => ({ type: 'renamed', seat, name })
export const nameHidden = (seat: SeatId, hidden = true): DraftOf<'nameHidden'> => ({ type: 'nameHidden', seat, hidden })
export const removed = (seat: SeatId): DraftOf<'removed'> => ({ type: 'removed', seat })
export const letBackIn = (seat: SeatId): DraftOf<'letBackIn'> => ({ type: 'letBackIn', seat })
export const teamPicked = (...members: [SeatId, number | null][]): DraftOf<'teamPicked'> => ({
  type: 'teamPicked',
  secret: { members: members.map(([seat, team]) => ({ seat, team })) },
})

export const captainNamed = (team: number, seat: SeatId | null): DraftOf<'captainNamed'> => ({
  type: 'captainNamed',
  team,
  seat,
})

export const teamRenamed = (team: number, name: string): DraftOf<'teamRenamed'> => ({ type: 'teamRenamed', team, name })

export const roomLocked = (locked = true): DraftOf<'roomLocked'> => ({ type: 'roomLocked', locked })

interface Asked {
  only?: SeatId[] | null
  onPhones?: boolean
  note?: string | null
  /** What the evening's number of questions is from here on. */
  total?: number
  /** Which question of the plan it is, where not the turn's own. */
  of?: number
}

export const asked = (
  turn = 1,
  { only = null, onPhones = false, of = turn, note = `Note ${of}`, total = only ? 4 : 3 }: Asked = {},
): DraftOf<'questionAsked'> => {
  const { id, kind, path, text } = question(of)
  const secret = { questionId: id, ...(onPhones ? {} : { text }), ...(note === null ? {} : { note }) }
  return { type: 'questionAsked', turn, kind, path, text: onPhones ? text : null, only, total, secret }
}

export const dropped = (questionId: QuestionId, total: number): DraftOf<'questionDropped'> => ({
  type: 'questionDropped',
  total,
  secret: { questionId },
})

/** What `choiceQuestion` of `commands.ts` offers, in the order in which a room shows it: two of three are right, or one. */
export const askedByChoice = (turn = 1, multiple = false): DraftOf<'questionAsked'> => {
  const { secret, ...open } = asked(turn)
  const choices = shownOrder(choiceQuestion(turn, multiple).choices ?? [], `seed q${turn}`)
  return { ...open, choosing: { count: choices.length, multiple }, secret: { ...secret, choices } }
}

interface Clock {
  turn?: number
  opensAt?: Ms
  endsAt?: Ms | null
}

export const opened = ({
  turn = 1,
  opensAt = 0,
  endsAt = null,
  tieSecret = lighting.tieSecret,
  tieHash = lighting.tieHash,
}: Clock & Partial<Lighting> = {}): DraftOf<'buzzersOpened'> => ({
  type: 'buzzersOpened',
  turn,
  opensAt,
  endsAt,
  tieHash,
  secret: { tieSecret },
})

/** @param options as the projector shows them */
export const openedChoices = ({ turn = 1, multiple = false, ...clock }: Clock & { multiple?: boolean } = {}) => {
  const { secret } = askedByChoice(turn, multiple)
  return { ...opened({ turn, ...clock }), options: (secret.choices ?? []).map(({ text }) => text) }
}

/** By this seat, so many ms after the options were there. */
export const chosen = (seat: SeatId, options: number[], afterMs = 2000, turn = 1) => ({
  ...({ type: 'chosen', turn, secret: { choice: { options, afterMs } } } satisfies DraftOf<'chosen'>),
  by: seat,
})

/** `given` forgets who did it. */
export const someoneChose = (options: number[], afterMs = 2000, turn = 1): DraftOf<'chosen'> => ({
  type: 'chosen',
  turn,
  secret: { choice: { options, afterMs } },
})

export const choicesMarked = (
  right: number[],
  spread: number[],
  marks: Mark[],
  turn = 1,
): DraftOf<'choicesMarked'> => ({
  type: 'choicesMarked',
  turn,
  right,
  spread,
  secret: { marks },
})

export const falseStarted = (seat: SeatId, until: Ms, turn = 1, trust = freshTrust): DraftOf<'falseStarted'> => ({
  type: 'falseStarted',
  turn,
  secret: { early: { seat, until }, trust: { seat, ...trust } },
})

interface Buzzed extends Partial<ScoredPress> {
  turn?: number
  name?: string
  hidden?: boolean
  settlesAt?: Ms | null
}

/** One that comes behind others. As the how-manieth it came in, `given` finds out. */
export function buzzed(seat: SeatId, about: Buzzed = {}): DraftOf<'buzzed'> {
  const { turn = 1, name = names[seat] ?? seat, hidden = false, settlesAt = null, ...press } = about
  const { at, trust, tieRank, ...told } = scored(seat, press)
  const secret = { trust: { seat, ...trust }, tieRank }
  return { type: 'buzzed', turn, seat, number: numberOf(seat), name, hidden, arrival: 0, ...told, settlesAt, secret }
}

/** The first to come in: in a room others are waited for until 150 ms later. */
export const firstIn = (seat: SeatId, about: Buzzed = {}) => buzzed(seat, { settlesAt: 1150, ...about })

/** Stands for the press of this seat, which `given` puts in its place. */
export function somePress(seat: SeatId): Press {
  const { at, trust, tieRank, ...told } = scored(seat)
  const who = { seat, number: numberOf(seat), name: names[seat] ?? seat, hidden: false }
  return { ...who, opening: 1, arrival: 0, called: 0, ...told }
}

export const floorGiven = (seat: SeatId, { turn = 1, endsAt = null }: Clock = {}): DraftOf<'floorGiven'> => ({
  type: 'floorGiven',
  turn,
  seat,
  press: somePress(seat),
  endsAt,
})

/** The order of an opening is found, and what broke ties is open to all. */
export const foundFirst = (seat: SeatId, clock: Clock = {}): DraftOf<'floorGiven'> => ({
  ...floorGiven(seat, clock),
  tieSecret: lighting.tieSecret,
})

export const buzzersKeptOpen = (turn = 1): DraftOf<'buzzersKeptOpen'> => ({ type: 'buzzersKeptOpen', turn })

export const answerTimedOut = (seat: SeatId, turn = 1): DraftOf<'answerTimedOut'> => ({
  type: 'answerTimedOut',
  turn,
  seat,
})

export const juryCalled = (endsAt: Ms, turn = 1): DraftOf<'juryCalled'> => ({ type: 'juryCalled', turn, endsAt })

/** The how-manieth vote it is. */
export const voted = (vote: Verdict, voted: number, turn = 1): DraftOf<'voted'> => ({
  type: 'voted',
  turn,
  secret: { vote, voted },
})

export const juryClosed = (split: Split, turn = 1): DraftOf<'juryClosed'> => ({ type: 'juryClosed', turn, split })

export const protested = (protester: SeatId, turn = 1): DraftOf<'protested'> => ({
  type: 'protested',
  turn,
  secret: { protester },
})

export const protestRuled = (seat: SeatId, upheld: boolean, turn = 1): DraftOf<'protestRuled'> => ({
  type: 'protestRuled',
  turn,
  seat,
  upheld,
})

export const verdictGiven = (seat: SeatId, verdict: Verdict, points: number, turn = 1): DraftOf<'verdictGiven'> => ({
  type: 'verdictGiven',
  turn,
  seat,
  verdict,
  points,
})

export const verdictUndone = (seat: SeatId, turn = 1): DraftOf<'verdictUndone'> => ({
  type: 'verdictUndone',
  turn,
  seat,
})

export const turnClosed = (reason: CloseReason, turn = 1): DraftOf<'turnClosed'> => ({
  type: 'turnClosed',
  turn,
  reason,
})

export const revealed = (note: string, turn = 1): DraftOf<'answerRevealed'> => ({ type: 'answerRevealed', turn, note })

export const paused = (): DraftOf<'paused'> => ({ type: 'paused' })
export const resumed = (shiftMs: Ms): DraftOf<'resumed'> => ({ type: 'resumed', shiftMs })
export const breakBegan = (endsAt: Ms | null): DraftOf<'breakBegan'> => ({ type: 'breakBegan', endsAt })
export const breakEnded = (): DraftOf<'breakEnded'> => ({ type: 'breakEnded' })
export const standingsShown = (shown = true): DraftOf<'standingsShown'> => ({ type: 'standingsShown', shown })

export const scoreCorrected = (seat: SeatId, points: number, reason: string): DraftOf<'scoreCorrected'> => ({
  type: 'scoreCorrected',
  secret: { correction: { seat, points, reason } },
})

export const teamScoreCorrected = (team: number, points: number, reason: string): DraftOf<'scoreCorrected'> => ({
  type: 'scoreCorrected',
  secret: { correction: { team, points, reason } },
})

export const gameEnded = (): DraftOf<'gameEnded'> => ({ type: 'gameEnded', results: 'results-id' })

/** A whole question, asked and answered right by the only one who pressed. */
export const answeredBy = (seat: SeatId, turn = 1): Draft[] => [
  asked(turn),
  opened({ turn }),
  buzzed(seat, { turn }),
  floorGiven(seat, { turn }),
  verdictGiven(seat, 'right', 1, turn),
  turnClosed('answered', turn),
]

/** A whole question that nobody took. */
export const skipped = (turn = 1, about: Asked = {}): Draft[] => [asked(turn, about), turnClosed('skipped', turn)]
