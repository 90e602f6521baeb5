import type { BoardSettings, EveningRules, RoundRules } from '@knopka/shared/contracts'
import { longestSeed } from '../lib/seed.ts'
import { tidy } from '../lib/text/tidy.ts'
import {
  afterWrongs,
  answerChoices,
  choosingChoices,
  difficulties,
  fewestTeams,
  firstRound,
  firstTeamRules,
  formers,
  longestTitle,
  mostQuestions,
  mostRounds,
  mostSections,
  mostTeams,
  orders,
  pressChoices,
  pressers,
  scorings,
  settings,
  standings,
  teamScores,
  typingChoices,
  type RoundSetup,
  type Setup,
} from './settings.ts'
import {
  choicePoints,
  doublesChoices,
  firstBoard,
  firstChoiceRules,
  firstTyping,
  mostRows,
  stepChoices,
  withClock,
} from '../ui/round-setup.ts'

/**
 * A set-up out of anything: a link that somebody mended by hand, what an older page kept. A part that is missing or
 * out of its bounds is as in `otherwise`. @returns `null` where it is no set-up at all
 */
export function readSetup(value: unknown, otherwise: Setup): Setup | null {
  if (!isRecord(value) || !isIdOf(100)(value.bank)) return null
  const rounds = readRounds(value, otherwise.rounds[0] ?? firstRound)
  if (rounds.length === 0) return null
  const group = isGroup(value.group) ? value.group : otherwise.group
  return {
    bank: value.bank,
    seed: lineWithin(longestSeed, value.seed) ?? otherwise.seed,
    title: lineWithin(longestTitle, value.title),
    rules: readRules(isRecord(value.rules) ? value.rules : {}, otherwise.rules),
    rounds,
    fresh: oneOf<boolean | undefined>([true, false], value.fresh, otherwise.fresh),
    difficulty: oneOf(difficulties, value.difficulty, otherwise.difficulty ?? 'any'),
    ...(group === undefined ? {} : { group }),
  }
}

const isGroup = (value: unknown): value is string => typeof value === 'string' && /^[\w-]{22}$/.test(value)

/** Before there were rounds, an evening was what one round is now, and its rules were all in one place. */
function readRounds(value: Record<string, unknown>, otherwise: RoundSetup): RoundSetup[] {
  const rounds = Array.isArray(value.rounds) ? value.rounds : [{ ...value, title: null }]
  return rounds
    .filter(isRecord)
    .filter(({ sections }) => Array.isArray(sections))
    .slice(0, mostRounds)
    .map((round) => readRound(round, otherwise))
}

const readRound = (round: Record<string, unknown>, otherwise: RoundSetup): RoundSetup => ({
  title: lineWithin(longestTitle, round.title),
  sections: (round.sections as unknown[]).filter(isIdOf(64)).slice(0, mostSections),
  count: isWholeWithin(1, mostQuestions, round.count) ? round.count : otherwise.count,
  order: oneOf(orders, round.order, otherwise.order),
  rules: readRoundRules(isRecord(round.rules) ? round.rules : {}, otherwise.rules),
  board: isRecord(round.board) ? readBoard(round.board) : null,
})

const readRoundRules = (rules: Record<string, unknown>, otherwise: RoundRules): RoundRules => ({
  pressSeconds: oneOf<number | null>(pressChoices, rules.pressSeconds, otherwise.pressSeconds),
  answerSeconds: oneOf<number | null>(answerChoices, rules.answerSeconds, otherwise.answerSeconds),
  scoring: oneOf(scorings, rules.scoring, otherwise.scoring),
  afterWrong: oneOf(afterWrongs, rules.afterWrong, otherwise.afterWrong),
  choices: readChoices(rules.choices, otherwise.choices),
  typing: readTyping(rules.typing),
})

const readBoard = (board: Record<string, unknown>): BoardSettings => ({
  rows: isWholeWithin(1, mostRows, board.rows) ? board.rows : firstBoard.rows,
  step: oneOf(stepChoices, board.step, firstBoard.step),
  doubles: oneOf(doublesChoices, board.doubles, firstBoard.doubles),
  final: oneOf([true, false], board.final, firstBoard.final),
})

function readTyping(typing: unknown): RoundRules['typing'] {
  if (!isRecord(typing)) return null
  const kind = oneOf(['text', 'number'] as const, typing.kind, 'text')
  return { kind, seconds: oneOf<number | null>(typingChoices, typing.seconds, firstTyping[kind]) }
}

const readRules = (rules: Record<string, unknown>, otherwise: EveningRules): EveningRules => ({
  setting: oneOf(settings, rules.setting, otherwise.setting),
  textOnPhones: oneOf([true, false], rules.textOnPhones, otherwise.textOnPhones),
  approveNames: oneOf([true, false], rules.approveNames, otherwise.approveNames),
  strict: oneOf<boolean | undefined>([true, false], rules.strict, otherwise.strict),
  teams: readTeams(rules.teams, otherwise.teams),
  standings: oneOf(standings, rules.standings, otherwise.standings ?? 'any-time'),
})

function readChoices(choices: unknown, otherwise: RoundRules['choices']): RoundRules['choices'] {
  if (choices === null) return null
  if (!isRecord(choices)) return otherwise
  return withClock({
    points: oneOf(choicePoints, choices.points, firstChoiceRules.points),
    seconds: oneOf<number | null>(choosingChoices, choices.seconds, firstChoiceRules.seconds),
  })
}

function readTeams(teams: unknown, otherwise: EveningRules['teams']): EveningRules['teams'] {
  if (teams === null) return null
  if (!isRecord(teams)) return otherwise
  const first = firstTeamRules
  return {
    count: isWholeWithin(fewestTeams, mostTeams, teams.count) ? teams.count : first.count,
    formedBy: oneOf(formers, teams.formedBy, first.formedBy),
    presses: oneOf(pressers, teams.presses, first.presses),
    score: oneOf(teamScores, teams.score, first.score),
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const isIdOf =
  (longest: number) =>
  (value: unknown): value is string =>
    typeof value === 'string' && value.length > 0 && value.length <= longest

const isWholeWithin = (least: number, most: number, value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most

const oneOf = <T>(allowed: readonly T[], value: unknown, otherwise: T): T =>
  allowed.includes(value as T) ? (value as T) : otherwise

function lineWithin(longest: number, value: unknown): string | null {
  const line = typeof value === 'string' ? tidy(value) : ''
  return line.length > 0 && line.length <= longest ? line : null
}
