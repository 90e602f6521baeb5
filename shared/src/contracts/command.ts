import { z } from 'zod'
import { longestNote } from '../game/interview.ts'
import { longestAnswer, longestStudyNote } from '../game/study.ts'
import { CommandId, ItemId, line, Name, QuestionId, SeatId, TeamNumber, TurnNumber } from './parts.ts'
import { maxRounds, RoundRules, RoundSettings } from './room.ts'
import { ProgressKey, StudyRating, StudySettings } from './study.ts'

const command = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.strictObject({ type: z.literal(type), commandId: CommandId, ...shape })

const verdict = z.enum(['right', 'partly', 'wrong'])
export type Verdict = z.infer<typeof verdict>

/**
 * One player's press. `pressedAt` is the phone's own monotonic clock in milliseconds; `frameWaitMs` is how long the
 * frame that showed the light came after the light was due. Both are claims, bounded by what the server measured.
 */
const buzz = command('buzz', {
  turn: TurnNumber,
  pressedAt: z.number(),
  frameWaitMs: z.number(),
})
export type Buzz = z.infer<typeof buzz>

/** As many as any question has. */
const mostOptions = 50
const Options = z
  .array(
    z
      .int()
      .min(0)
      .max(mostOptions - 1),
  )
  .max(mostOptions)

/**
 * One player's choice among the options as they are shown, 0 for the first. `pressedAt` is the phone's own monotonic
 * clock in milliseconds; a claim, bounded by what the server measured.
 */
const choose = command('choose', { turn: TurnNumber, options: Options.min(1), pressedAt: z.number() })
export type Choose = z.infer<typeof choose>

/** What one player typed; short, as answers to a question of a quiz are. */
const answer = command('answer', { turn: TurnNumber, text: line(80), pressedAt: z.number() })
export type Answer = z.infer<typeof answer>

/** By hand, for a person or for a team. */
const correctScore = command('correctScore', {
  seat: SeatId.optional(),
  team: TeamNumber.optional(),
  points: z.number().min(-1000).max(1000),
  reason: line(80),
}).refine(({ seat, team }) => (seat === undefined) !== (team === undefined), 'Points are for a person or for a team')

const Cell = z.int().min(0).max(99)
const Points = z.int().min(0).max(1_000_000)

/** How well a question was answered; the plan says in words what each level means. */
const Level = z.literal([0, 1, 2, 3, 4])
export type Level = z.infer<typeof Level>

const Rating = z.union([Level, z.literal('not-asked')])
export type Rating = z.infer<typeof Rating>

const Recommendation = z.enum(['strong-yes', 'yes', 'no', 'strong-no'])
export type Recommendation = z.infer<typeof Recommendation>

const Note = z.string().max(longestNote)

/** Everything that a phone or a console may say inside a room. Who says it comes from the seat, never from here. */
export const SentCommand = z.discriminatedUnion('type', [
  buzz,
  choose,
  answer,
  command('rename', { seat: SeatId, name: Name }),
  command('hideName', { seat: SeatId, hidden: z.boolean() }),
  command('remove', { seat: SeatId }),
  command('letBackIn', { seat: SeatId }),
  command('pickTeam', { seat: SeatId, team: TeamNumber.nullable() }),
  command('dealTeams', {}),
  command('renameTeam', { team: TeamNumber, name: Name }),
  command('nameCaptain', { team: TeamNumber, seat: SeatId.nullable() }),
  command('mergeTeams', { from: TeamNumber, into: TeamNumber }),
  command('lockRoom', { locked: z.boolean() }),
  command('chooseAddress', { address: z.url({ protocol: /^https?$/ }).max(200) }),
  command('replaceLink', { link: z.enum(['host', 'cohost', 'candidate']) }),
  command('ask', {
    turn: TurnNumber,
    questionId: QuestionId,
    tieBreak: z.boolean(),
    practice: z.boolean().optional(),
    /** Of the board; the number behind the last one is the final. */
    cell: Cell.optional(),
  }),
  command('planRounds', { kept: z.int().min(0).max(maxRounds), rounds: z.array(RoundSettings).max(maxRounds) }),
  command('beginRound', { round: z.int().min(1).max(maxRounds) }),
  command('changeRules', { rules: RoundRules }),
  command('pickCell', { cell: Cell }),
  /** What whoever plays a double, or a player of a final, would win or lose. */
  command('stake', { turn: TurnNumber, seat: SeatId, points: Points }),
  command('openBuzzers', { turn: TurnNumber }),
  command('skip', { turn: TurnNumber }),
  command('closeAnswers', { turn: TurnNumber }),
  /** Which options are right after all; none: the question counts for nothing. */
  command('markChoices', { turn: TurnNumber, right: Options }),
  /** Typed answers that are equal in all that matters, as the console read them out of the room; `null`: not judged. */
  command('judgeAnswers', {
    turn: TurnNumber,
    answers: z.array(z.string().min(1).max(400)).min(1).max(200),
    verdict: verdict.nullable(),
  }),
  /** `null`: it was not said yet. */
  command('judgeGuesses', { turn: TurnNumber, right: z.number().min(-1e12).max(1e12).nullable() }),
  command('reveal', { turn: TurnNumber }),
  command('pause', {}),
  command('resume', {}),
  command('takeBreak', { minutes: z.int().min(1).max(180).nullable() }),
  command('endBreak', {}),
  command('showStandings', { shown: z.boolean() }),
  command('giveVerdict', { turn: TurnNumber, seat: SeatId, verdict }),
  command('undoVerdict', { turn: TurnNumber, seat: SeatId }),
  command('callJury', { turn: TurnNumber }),
  command('vote', { turn: TurnNumber, verdict }),
  command('protest', { turn: TurnNumber }),
  command('ruleOnProtest', { turn: TurnNumber, seat: SeatId, upheld: z.boolean() }),
  command('giveExtraTime', { seat: SeatId, percent: z.int().min(0).max(200) }),
  correctScore,
  command('end', {}),
  command('ready', {}),
  command('showItem', { item: ItemId }),
  /** The candidate goes on from this one, where the plan lets them. */
  command('moveOn', { item: ItemId }),
  /**
   * What the one who says it makes of a question; what is left out stays as it was. `null`: no rating. `noteWas` is the
   * note that the new one was written over: where there is another by now, none is lost unseen.
   */
  command('assess', {
    item: ItemId,
    rating: Rating.nullable().optional(),
    note: Note.optional(),
    noteWas: Note.optional(),
    flagged: z.boolean().optional(),
  }),
  /** Whether the one who says it has nothing more to rate. */
  command('finish', { finished: z.boolean() }),
  command('agree', { item: ItemId, level: Level.nullable() }),
  command('conclude', {
    recommendation: Recommendation.nullable().optional(),
    strengths: Note.optional(),
    strengthsWas: Note.optional(),
    gaps: Note.optional(),
    gapsWas: Note.optional(),
  }),
  /** A question of the bank, or one that was just thought of, behind another; `null`: at the end. */
  command('addItem', {
    question: z.union([z.strictObject({ id: QuestionId }), z.strictObject({ text: line(300) })]),
    after: ItemId.nullable(),
  }),
  command('endInterview', {}),
  command('changeStudy', { study: StudySettings }),
  /** It names the number that the question will have: of two who ask at once, the second finds it asked. */
  command('askNext', { turn: TurnNumber }),
  command('write', { turn: TurnNumber, text: z.string().trim().min(1).max(longestAnswer) }),
  command('rate', { turn: TurnNumber, rating: StudyRating.nullable() }),
  /** Takes back the last step of this question: that all was shown, who answers, or that it was asked. */
  command('stepBack', { turn: TurnNumber }),
  command('voteOut', { seat: SeatId, out: z.boolean() }),
  /** `was`: how many versions the writer knew. Empty: the bank's own note stands again. */
  command('writeNote', { questionId: QuestionId, text: z.string().trim().max(longestStudyNote), was: z.int().min(0) }),
  /** What this seat rates from now on is kept under this key; `null`: nowhere. */
  command('bringProgress', { key: ProgressKey.nullable() }),
  command('shareMap', { shared: z.boolean() }),
  command('endSession', {}),
])
export type SentCommand = z.infer<typeof SentCommand>
