import type {
  BoardSettings,
  EveningRules,
  RoomSettings,
  RoundRules,
  RoundSettings,
  TeamRules,
} from '@knopka/shared/contracts'
import { base64url } from '../lib/base64url.ts'
import { firstChoiceRules, usedRules } from '../ui/round-setup.ts'

/** A round as it is set up. What its way of playing does not use stays as it was, for when it is played another way. */
export interface RoundSetup extends Pick<RoundSettings, 'title' | 'sections' | 'count' | 'order'> {
  rules: RoundRules
  board: BoardSettings | null
}

/** What the page remembers and what its links carry: all that opens a room. A title of `null` is the usual one. */
export interface Setup extends Pick<RoomSettings, 'bank' | 'seed' | 'group' | 'fresh' | 'difficulty'> {
  title: string | null
  rules: EveningRules
  rounds: RoundSetup[]
}

/** As the server takes it. */
export const settingsOf = ({ title: _title, rounds, ...evening }: Setup): Omit<RoomSettings, 'mode' | 'title'> => ({
  ...evening,
  rounds: rounds.map((round) => ({ ...round, rules: usedRules(round) })),
})

export const orders = ['shuffled', 'bank'] as const
export const scorings = ['plain', 'penalty', 'by-place'] as const
export const afterWrongs = ['next-in-queue', 'reopen', 'reopen-to-others', 'close'] as const
/** Where people sit. */
export const settings = ['room', 'call', 'screen', 'friends'] as const
export const pressChoices = [10, 15, 30, 60, null] as const
export const answerChoices = [10, 15, 30, null] as const
/** How long everyone may choose. */
export const choosingChoices = [10, 20, 30, 60, null] as const
/** How long everyone may type. */
export const typingChoices = [15, 30, 60, 90, null] as const
/** When the standings may be seen. */
export const standings = ['any-time', 'after-each', 'between-rounds', 'at-the-end'] as const
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
export const fewestTeams = 2
export const mostTeams = 30
export const mostRounds = 20

export const firstTeamRules: TeamRules = { count: 4, formedBy: 'players', presses: 'anyone', score: 'sum' }

export const firstRules: EveningRules = {
  setting: 'room',
  textOnPhones: false,
  approveNames: false,
  strict: false,
  teams: null,
  standings: 'any-time',
}

export const firstRoundRules: RoundRules = {
  pressSeconds: 30,
  answerSeconds: 15,
  scoring: 'plain',
  afterWrong: 'next-in-queue',
  choices: firstChoiceRules,
  typing: null,
}

export const firstRound: RoundSetup = {
  title: null,
  sections: [],
  count: 40,
  order: 'shuffled',
  rules: firstRoundRules,
  board: null,
}

/** The set-up of somebody who has never had one. */
export const firstSetup = (seed: string): Setup => ({
  bank: '',
  seed,
  title: null,
  rules: firstRules,
  rounds: [firstRound],
  fresh: true,
  difficulty: 'any',
})

/** A key for a group that remembers what it has played: 128 bits that nobody can guess. */
export const newGroup = (): string => base64url(crypto.getRandomValues(new Uint8Array(16)))
