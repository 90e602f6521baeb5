import { z } from 'zod'
import type { Use } from '../bank/use.ts'
import type { Results } from '../game/index.ts'
import { isScoringFit } from '../game/rounds.ts'
import type { Pin, QuestionId } from '../ids.ts'
import { line, Pin as PinShape } from './parts.ts'

/** One set of rules for questions that everyone answers by choosing. */
const ChoiceRules = z
  .strictObject({
    points: z.enum(['plain', 'penalty', 'by-time']),
    /** How long everyone may choose, in seconds; `null`: until all have, or the host decides. */
    seconds: z.int().min(3).max(600).nullable(),
  })
  .refine(({ points, seconds }) => points !== 'by-time' || seconds !== null, 'Points by time need a time')
export type ChoiceRules = z.infer<typeof ChoiceRules>

const TeamRules = z.strictObject({
  count: z.int().min(2).max(30),
  /** Who puts people into teams: they themselves, or the host alone. */
  formedBy: z.enum(['players', 'host']),
  /** Who may press for a team; where it has no captain, anyone. */
  presses: z.enum(['anyone', 'captain']),
  /** What a team has: the sum of its members' points, or that divided by how many they are. */
  score: z.enum(['sum', 'per-head']),
})
export type TeamRules = z.infer<typeof TeamRules>

/** A round in which everyone answers each question by typing, and the host judges equal answers together. */
const TypingRules = z.strictObject({
  /** Words, or a number that the nearest guess wins. */
  kind: z.enum(['text', 'number']),
  /** How long everyone may type, in seconds; `null`: until all have, or the host decides. */
  seconds: z.int().min(3).max(600).nullable(),
})
export type TypingRules = z.infer<typeof TypingRules>

/** Rules that may be others in each round. */
export const RoundRules = z.strictObject({
  /** How long the buzzers stay open, in seconds; `null`: until the host decides. */
  pressSeconds: z.int().min(3).max(600).nullable(),
  /** How long the one who was first may answer, in seconds; `null`: until the host decides. */
  answerSeconds: z.int().min(3).max(600).nullable(),
  scoring: z.enum(['plain', 'penalty', 'by-place']),
  /**
   * Who may answer after a wrong answer: the next in the queue; whoever presses first once more; of those who have not
   * pressed yet, whoever presses first; or nobody.
   */
  afterWrong: z.enum(['next-in-queue', 'reopen', 'reopen-to-others', 'close']),
  /** How questions that carry choices are played: everyone chooses. `null`: by the buzzer, like all others. */
  choices: ChoiceRules.nullable().optional(),
  /** `null`: whoever presses first answers aloud. */
  typing: TypingRules.nullable().optional(),
})
export type RoundRules = z.infer<typeof RoundRules>

/** Rules that hold for the whole evening. */
export const EveningRules = z.strictObject({
  /** Where people sit: what "first" means follows from it. */
  setting: z.enum(['room', 'call', 'screen', 'friends', 'arrival']),
  textOnPhones: z.boolean(),
  /** New names stay off the wall until the host shows them. */
  approveNames: z.boolean(),
  /** The light comes when nobody can foresee it, and a press that no reaction can have made is a false start. */
  strict: z.boolean().optional(),
  /** `null`: everyone plays for themselves. */
  teams: TeamRules.nullable().optional(),
  /**
   * When the standings are seen: whenever the host likes; of their own accord after each question; between rounds, of
   * their own accord as well; or at the end.
   */
  standings: z.enum(['any-time', 'after-each', 'between-rounds', 'at-the-end']).optional(),
})
export type EveningRules = z.infer<typeof EveningRules>

/** All rules that hold at one instant. */
export type Rules = EveningRules & RoundRules

export const maxQuestions = 2000
export const maxRounds = 20
export const maxColumns = 8

/** «Своя игра»: sections are columns, and the deeper a question, the more it is worth. */
const BoardSettings = z.strictObject({
  /** Questions in a column; a section that has fewer has a shorter one. */
  rows: z.int().min(1).max(10),
  /** What the first row is worth; the second is worth twice that, and so on. */
  step: z.int().min(1).max(1000),
  /** How many questions are for whoever picks them alone, with a stake; nobody knows which. */
  doubles: z.int().min(0).max(4),
  /** Whether one question for all, with stakes and typed answers, ends it. */
  final: z.boolean(),
})
export type BoardSettings = z.infer<typeof BoardSettings>

/** A run of questions with one set of rules. */
export const RoundSettings = z
  .strictObject({
    title: line(60).nullable(),
    /** Section ids; a section stands for all below it. Of a board, its columns. */
    sections: z.array(z.string().min(1).max(64)).max(1000),
    /** Its questions are those of the evening that nobody has answered right; `sections` are not looked at. */
    missed: z.boolean().optional(),
    /** A board has as many as its columns hold. */
    count: z.int().min(1).max(maxQuestions),
    order: z.enum(['shuffled', 'bank']),
    rules: RoundRules,
    board: BoardSettings.nullable().optional(),
  })
  .refine(isScoringFit, 'Points are not counted like that in such a round')
  .refine(({ sections, missed }) => missed || sections.length > 0, 'A round needs sections')
  .refine(({ board, sections }) => !board || sections.length <= maxColumns, 'A board has no room for more columns')
export type RoundSettings = z.infer<typeof RoundSettings>

/** The whole right to what a group has played: 128 bits that a browser drew. */
export const GroupKey = z.string().regex(/^[\w-]{22}$/)

/** What draws one question before another. */
const DrawRules = z.object({
  /** First what the group has not played; as long as nobody says otherwise. */
  fresh: z.boolean().optional(),
  /** Which questions are drawn first, by how often they were answered right so far. */
  difficulty: z.enum(['any', 'easy', 'hard']).optional(),
})
export type DrawRules = z.infer<typeof DrawRules>

/** What an evening is made of. */
export const RoomSettings = z.strictObject({
  mode: z.enum(['quiz']),
  title: line(60),
  bank: z.string().min(1).max(100),
  /** The same seed gives the same questions of the same bank. */
  seed: line(40),
  rules: EveningRules,
  rounds: z.array(RoundSettings).min(1).max(maxRounds),
  /** Who remembers what is asked; without it nobody does. */
  group: GroupKey.optional(),
  ...DrawRules.shape,
})
export type RoomSettings = z.infer<typeof RoomSettings>

/** `POST /api/rooms`: an evening, and the host's password where the server wants one. */
export const RoomToOpen = RoomSettings.extend({ password: z.string().max(200).optional() })
export type RoomToOpen = z.infer<typeof RoomToOpen>

/** The answer to `POST /api/rooms`; the capability belongs in the fragment of the host's link. */
export const OpenedRoom = z.object({ pin: PinShape, capability: z.string() })
export type OpenedRoom = z.infer<typeof OpenedRoom>

/** `GET /api/rooms/<pin>`: what a person at the door may know. */
export interface RoomAtTheDoor {
  pin: Pin
  title: string
  mode: RoomSettings['mode']
  locked: boolean
  over: boolean
}

/** `GET /api/results/<id>`: an evening that is over, and whether the asker holds it. */
export interface ResultsPage extends Results {
  pin: Pin
  mayDownload: boolean
}

/** `GET /api/groups/<key>?bank=<id>`, and `DELETE`, which forgets it all: questions of this bank. */
export interface PlayedByGroup {
  played: QuestionId[]
}

/** `GET /api/banks/<id>/use`: of the questions that were ever asked. */
export type BankUse = Record<QuestionId, Use>

/** `GET /api/addresses`: under which addresses phones on the local network may reach this server, likeliest first. */
export interface Addresses {
  addresses: { address: string; name: string }[]
}

/** The body of every answer of the API that says no. */
export interface HttpRefusal {
  code:
    | 'no-room'
    | 'no-bank'
    | 'no-sections'
    | 'no-results'
    | 'no-plan'
    | 'no-scorecard'
    | 'no-progress'
    | 'not-yours'
    /** The host's password is missing or wrong. */
    | 'wrong-password'
    | 'bad-request'
    | 'too-many'
    | 'foreign-origin'
    | 'not-found'
    | 'server-error'
  retryAfterSeconds?: number
}
