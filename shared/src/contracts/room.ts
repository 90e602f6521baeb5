import { z } from 'zod'
import type { Results } from '../game/index.ts'
import type { Pin } from '../ids.ts'
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

/** One set of rules for an evening; the host picks them before the first question. */
export const Rules = z.strictObject({
  /** How long the buzzers stay open, in seconds; `null`: until the host decides. */
  pressSeconds: z.int().min(3).max(600).nullable(),
  /** How long the one who was first may answer, in seconds; `null`: until the host decides. */
  answerSeconds: z.int().min(3).max(600).nullable(),
  scoring: z.enum(['plain', 'penalty', 'by-place']),
  /** Who may answer after a wrong answer: the next in the queue, whoever presses first once more, or nobody. */
  afterWrong: z.enum(['next-in-queue', 'reopen', 'close']),
  /** Where people sit: what "first" means follows from it. */
  setting: z.enum(['room', 'call', 'screen', 'friends', 'arrival']),
  textOnPhones: z.boolean(),
  /** New names stay off the wall until the host shows them. */
  approveNames: z.boolean(),
  /** The light comes when nobody can foresee it, and a press that no reaction can have made is a false start. */
  strict: z.boolean().optional(),
  /** How questions that carry choices are played: everyone chooses. `null`: by the buzzer, like all others. */
  choices: ChoiceRules.nullable().optional(),
  /** `null`: everyone plays for themselves. */
  teams: TeamRules.nullable().optional(),
})
export type Rules = z.infer<typeof Rules>

export const maxQuestions = 2000

/** What an evening is made of. */
export const RoomSettings = z.strictObject({
  mode: z.enum(['quiz']),
  title: line(60),
  bank: z.string().min(1).max(100),
  /** Section ids; a section stands for all below it. */
  sections: z.array(z.string().min(1).max(64)).min(1).max(1000),
  count: z.int().min(1).max(maxQuestions),
  order: z.enum(['shuffled', 'bank']),
  seed: line(40),
  rules: Rules,
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
