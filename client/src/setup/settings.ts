import type { ChoiceRules, RoomSettings, Rules, TeamRules, RoundSettings } from '@knopka/shared/contracts'
import { base64url } from '../lib/base64url.ts'

/** What the page remembers and what its links carry: all that opens a room. A title of `null` is the usual one. */
export type Setup = Pick<RoomSettings, 'bank' | 'seed' | 'group' | 'fresh' | 'difficulty'> &
  Pick<RoundSettings, 'sections' | 'count' | 'order'> & { title: string | null; rules: Rules }

/** As the server takes it. */
export function settingsOf(setup: Setup): Omit<RoomSettings, 'mode' | 'title'> {
  const { sections, count, order, rules, title: _title, ...evening } = setup
  const { pressSeconds, answerSeconds, scoring, afterWrong, choices, typing, ...common } = rules
  const own = { pressSeconds, answerSeconds, scoring, afterWrong, choices, typing }
  return {
    ...evening,
    rules: common,
    rounds: [{ title: null, sections, count, order, rules: own }],
  }
}

export const orders = ['shuffled', 'bank'] as const
export const scorings = ['plain', 'penalty', 'by-place'] as const
export const afterWrongs = ['next-in-queue', 'reopen', 'reopen-to-others', 'close'] as const
/** Where people sit. */
export const settings = ['room', 'call', 'screen', 'friends'] as const
export const pressChoices = [10, 15, 30, 60, null] as const
export const answerChoices = [10, 15, 30, null] as const
/** Of a right choice among options. */
export const choicePoints = ['plain', 'penalty', 'by-time'] as const
/** How long everyone may choose. */
export const choosingChoices = [10, 20, 30, 60, null] as const
/** Who puts people into teams, who presses for a team, and what a team has. */
export const formers = ['players', 'host'] as const
export const pressers = ['anyone', 'captain'] as const
export const teamScores = ['sum', 'per-head'] as const
/** Which questions are drawn first, by how often they were answered right so far. */
export const difficulties = ['any', 'easy', 'hard'] as const
export type Difficulty = (typeof difficulties)[number]

/** The room's own limits: importing them would bring their checker, zod, into the page. */
export const mostQuestions = 2000
export const mostSections = 1000
export const longestTitle = 60
export const longestSeed = 40
export const fewestTeams = 2
export const mostTeams = 30

export const firstChoiceRules: ChoiceRules = { points: 'plain', seconds: 20 }
export const firstTeamRules: TeamRules = { count: 4, formedBy: 'players', presses: 'anyone', score: 'sum' }

export const firstRules: Rules = {
  pressSeconds: 30,
  answerSeconds: 15,
  scoring: 'plain',
  afterWrong: 'next-in-queue',
  setting: 'room',
  textOnPhones: false,
  approveNames: false,
  strict: false,
  choices: firstChoiceRules,
  teams: null,
}

/** Points by time need a time. */
export const withClock = (rules: ChoiceRules): ChoiceRules =>
  rules.points === 'by-time' && rules.seconds === null ? { ...rules, seconds: firstChoiceRules.seconds } : rules

/** The set-up of somebody who has never had one. */
export const firstSetup = (seed: string): Setup => ({
  bank: '',
  sections: [],
  count: 40,
  order: 'shuffled',
  seed,
  title: null,
  rules: firstRules,
  fresh: true,
  difficulty: 'any',
})

/** A key for a group that remembers what it has played: 128 bits that nobody can guess. */
export const newGroup = (): string => base64url(crypto.getRandomValues(new Uint8Array(16)))

const isGroup = (value: unknown): value is string => typeof value === 'string' && /^[\w-]{22}$/.test(value)

/** One line as the room takes it: marks that nobody sees dropped, white space folded. */
export const tidy = (text: string): string =>
  text
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()

/**
 * A set-up out of anything: a link that somebody mended by hand, what an older page kept. A part that is missing or
 * out of its bounds is as in `otherwise`. @returns `null` where it is no set-up at all
 */
export function readSetup(value: unknown, otherwise: Setup): Setup | null {
  if (!isRecord(value) || !isIdOf(100)(value.bank) || !Array.isArray(value.sections)) return null
  const group = isGroup(value.group) ? value.group : otherwise.group
  return {
    bank: value.bank,
    sections: value.sections.filter(isIdOf(64)).slice(0, mostSections),
    count: isWholeWithin(1, mostQuestions, value.count) ? value.count : otherwise.count,
    order: oneOf(orders, value.order, otherwise.order),
    seed: lineWithin(longestSeed, value.seed) ?? otherwise.seed,
    title: lineWithin(longestTitle, value.title),
    rules: readRules(isRecord(value.rules) ? value.rules : {}, otherwise.rules),
    fresh: oneOf<boolean | undefined>([true, false], value.fresh, otherwise.fresh),
    difficulty: oneOf(difficulties, value.difficulty, otherwise.difficulty ?? 'any'),
    ...(group === undefined ? {} : { group }),
  }
}

const readRules = (rules: Record<string, unknown>, otherwise: Rules): Rules => ({
  pressSeconds: oneOf<number | null>(pressChoices, rules.pressSeconds, otherwise.pressSeconds),
  answerSeconds: oneOf<number | null>(answerChoices, rules.answerSeconds, otherwise.answerSeconds),
  scoring: oneOf(scorings, rules.scoring, otherwise.scoring),
  afterWrong: oneOf(afterWrongs, rules.afterWrong, otherwise.afterWrong),
  setting: oneOf(settings, rules.setting, otherwise.setting),
  textOnPhones: oneOf([true, false], rules.textOnPhones, otherwise.textOnPhones),
  approveNames: oneOf([true, false], rules.approveNames, otherwise.approveNames),
  strict: oneOf<boolean | undefined>([true, false], rules.strict, otherwise.strict),
  choices: readChoices(rules.choices, otherwise.choices),
  teams: readTeams(rules.teams, otherwise.teams),
})

function readChoices(choices: unknown, otherwise: Rules['choices']): Rules['choices'] {
  if (choices === null) return null
  if (!isRecord(choices)) return otherwise
  return withClock({
    points: oneOf(choicePoints, choices.points, firstChoiceRules.points),
    seconds: oneOf<number | null>(choosingChoices, choices.seconds, firstChoiceRules.seconds),
  })
}

function readTeams(teams: unknown, otherwise: Rules['teams']): Rules['teams'] {
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
