import type { Ms, SeatId } from '../ids.ts'
import type { QuestionKind } from '../bank/question.ts'
import { groupsOf, type AnswerGroup } from './answers.ts'
import { inOrder, textOf } from './ask.ts'
import { lookUp } from './shards.ts'
import { standingsOf, teamStandingsOf, turnsOf, type Standing, type TeamStanding } from './scores.ts'
import type {
  CloseReason,
  Correction,
  Judgement,
  Mark,
  Mode,
  Press,
  Protest,
  RoomState,
  Turn,
  Typed,
  Typing,
  Verdict,
  Worth,
} from './state.ts'

export interface PlayedQuestion {
  turn: number
  kind: QuestionKind
  path: string[]
  text: string
  note: string | null
  /** In the order that the rules found. */
  presses: Press[]
  verdicts: Judgement[]
  /** Where everyone answered by choosing; `null`: by the buzzer. */
  choices: PlayedChoices | null
  /** Where everyone answered by typing. */
  typing: PlayedTyping | null
  /** The how-manieth round it belonged to, 1 for the first. */
  round: number
  /** What it was worth, where it was of a board. */
  worth: Pick<Worth, 'value' | 'kind' | 'stake'> | null
  closed: CloseReason | null
  /** Only where it was to try the buttons: its points count for nothing. */
  practice?: true
}

export interface PlayedChoices {
  /** In the order in which they were shown. What is right is what was marked last; never marked, what the bank says. */
  options: { text: string; right: boolean; count: number }[]
  /** In the order in which they came in; none of a question that was skipped. */
  marks: Mark[]
}

export interface PlayedTyping {
  kind: Typing['kind']
  /** The number that was to be guessed, if it was said. */
  right: number | null
  /** In the order in which they came in; `verdict` is `null` for what was never judged. */
  answers: (Typed & { seat: SeatId; verdict: Verdict | null; points: number; stake: number | null })[]
}

export interface Awards {
  /** The quickest press that was answered right; a second opening of the buzzers can be foreseen and does not count. */
  fastest: { seat: SeatId; scoreMs: Ms } | null
  /** The most right answers in a row, spoken or chosen, counting only one's own answers. */
  streak: { seat: SeatId; length: number } | null
  /** From the lowest place after any question to the last. */
  comeback: { seat: SeatId; places: number } | null
}

/** An evening as it ended: everything on the page of results and in its downloads. */
export interface Results {
  mode: Mode
  title: string
  endedAt: Ms
  standings: Standing[]
  /** None where everyone played for themselves. */
  teams: TeamStanding[]
  awards: Awards
  rounds: { title: string | null; isBoard: boolean }[]
  questions: PlayedQuestion[]
  corrections: Correction[]
  /** Oldest first; `upheld` is `null` where the evening ended before a ruling. */
  protests: Protest[]
}

type Added = 'teams' | 'protests' | 'rounds' | 'questions'
type StoredQuestion = Omit<PlayedQuestion, keyof typeof plainQuestion> & Partial<PlayedQuestion>

const plainQuestion = { choices: null, typing: null, round: 1, worth: null }
const plainRounds = [{ title: null, isBoard: false }]

/** As they may have been kept, before there were teams, protests and rounds. */
export type StoredResults = Omit<Results, Added> &
  Partial<Pick<Results, 'teams' | 'protests' | 'rounds'>> & { questions: StoredQuestion[] }

/** What was kept, with what it lacks. */
export const completed = <Kept extends StoredResults>(kept: Kept) => ({
  teams: [],
  protests: [],
  rounds: plainRounds,
  ...kept,
  questions: kept.questions.map((question): PlayedQuestion => ({ ...plainQuestion, ...question })),
})

/** Everything is open once the evening is over, answer notes included. */
export function resultsOf(state: RoomState): Results {
  const questions = turnsOf(state).map(played)
  return {
    mode: state.mode,
    title: state.title,
    endedAt: state.results?.endedAt ?? 0,
    standings: standingsOf(state),
    teams: teamStandingsOf(state),
    awards: { fastest: fastest(state), streak: longestStreak(questions), comeback: comeback(state) },
    rounds: state.rounds.slice(0, state.round).map(({ title, board }) => ({ title, isBoard: board !== null })),
    questions,
    corrections: state.secret.corrections ?? [],
    protests: state.secret.protests ?? [],
  }
}

function played(turn: Turn): PlayedQuestion {
  const { turn: number, kind, path, verdicts, closed, practice, round, worth, secret } = turn
  return {
    turn: number,
    kind,
    path,
    text: textOf(turn),
    note: secret.note ?? null,
    presses: inOrder(turn),
    verdicts,
    choices: choicesOf(turn),
    typing: typingOf(turn),
    round,
    worth: worth && { value: worth.value, kind: worth.kind, stake: worth.stake },
    closed,
    ...(practice ? { practice } : {}),
  }
}

function choicesOf({ choosing, secret }: Turn): PlayedChoices | null {
  if (!choosing) return null
  const { choices = [], marks = [] } = secret
  // Skipped before they were open, options are known by the bank's key alone.
  const texts = choosing.options ?? choices.map(({ text }) => text)
  const isRight = (option: number) => choosing.right?.includes(option) ?? choices[option]?.right ?? false
  const options = texts.map((text, option) => ({
    text,
    right: isRight(option),
    count: choosing.spread?.[option] ?? 0,
  }))
  return { options, marks }
}

function typingOf({ typing, secret }: Turn): PlayedTyping | null {
  if (!typing) return null
  const marks = new Map(secret.typedMarks?.map((mark) => [mark.seat, mark]))
  const answers = (secret.whoTyped ?? []).flatMap((seat) => {
    const typed = secret.typed && lookUp(secret.typed, seat)
    const { verdict = null, points = 0 } = marks.get(seat) ?? {}
    const stake = (secret.stakes && lookUp(secret.stakes, seat)) ?? null
    return typed ? [{ seat, ...typed, verdict, points, stake }] : []
  })
  return { ...typing, answers }
}

const bestFirst: (Verdict | null)[] = ['right', 'partly', 'wrong', null]

/** What is alike and was judged alike: the best first, and of those the most frequent. */
export const judgedGroups = ({ answers }: PlayedTyping): AnswerGroup[] =>
  bestFirst.flatMap((verdict) => groupsOf(answers.filter((one) => one.verdict === verdict)))

/** What a choice came to; `null` where no option is right after all, and the question counts for nothing. */
export function verdictOnChoice({ options }: PlayedChoices, { points }: Mark): Exclude<Verdict, 'partly'> | null {
  if (!options.some(({ right }) => right)) return null
  // Under all rules a right choice earns something, and a wrong one never does.
  return points > 0 ? 'right' : 'wrong'
}

/** What an award can be won with. */
const counting = (state: RoomState): Turn[] => turnsOf(state).filter(({ practice }) => !practice)

function fastest(state: RoomState): Awards['fastest'] {
  const right = counting(state).flatMap(({ presses, verdicts }) =>
    presses.filter(
      ({ seat, opening }) =>
        opening === 1 && verdicts.some((judged) => judged.seat === seat && judged.verdict === 'right'),
    ),
  )
  const [first] = right.sort((a, b) => a.scoreMs - b.scoreMs)
  return first ? { seat: first.seat, scoreMs: first.scoreMs } : null
}

function longestStreak(questions: PlayedQuestion[]): Awards['streak'] {
  const running = new Map<SeatId, number>()
  let best: Awards['streak'] = null
  for (const { seat, verdict } of questions.filter(({ practice }) => !practice).flatMap(answersTo)) {
    const length = verdict === 'right' ? (running.get(seat) ?? 0) + 1 : 0
    running.set(seat, length)
    if (length > (best?.length ?? 1)) best = { seat, length }
  }
  return best
}

/** Who answered what counts, in order; who did not choose did not answer. */
function answersTo({ verdicts, choices, typing }: PlayedQuestion): { seat: SeatId; verdict: Verdict }[] {
  if (typing) return typing.answers.flatMap(({ seat, verdict }) => (verdict ? [{ seat, verdict }] : []))
  if (!choices) return verdicts
  return choices.marks.flatMap((mark) => {
    const verdict = verdictOnChoice(choices, mark)
    return verdict ? { seat: mark.seat, verdict } : []
  })
}

function comeback(state: RoomState): Awards['comeback'] {
  const turns = counting(state)
  const final = standingsOf(state)
  const lowest = new Map<SeatId, number>()
  turns.forEach((turn, index) => {
    const then = standingsOf({
      ...state,
      turn,
      secret: { ...state.secret, past: turns.slice(0, index), corrections: [] },
    })
    then.forEach(({ seat, place }) => lowest.set(seat, Math.max(place, lowest.get(seat) ?? 0)))
  })
  const rises = final.map(({ seat, place }) => ({ seat, places: (lowest.get(seat) ?? place) - place }))
  const [best] = rises.sort((a, b) => b.places - a.places)
  return best && best.places > 0 ? best : null
}
