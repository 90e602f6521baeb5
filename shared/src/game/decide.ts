import type { Ms } from '../ids.ts'
import { seatNamed, type Why } from './ask.ts'
import type { Command, Speaker } from './commands.ts'
import type { RoomEvent } from './events.ts'
import { isRefusal, refuse, type Refusal } from './refusals.ts'
import { buzz, settle } from './rules/buzzer.ts'
import { choose, closeAnswers, markChoices } from './rules/choices.ts'
import { chooseAddress, lockRoom, open, replaceLink } from './rules/room.ts'
import { addItem, endInterview, moveOn, openInterview, ready, showItem } from './rules/interview.ts'
import { callJury, vote } from './rules/jury.ts'
import { agree, assess, conclude, finish } from './rules/opinions.ts'
import { protest, ruleOnProtest } from './rules/protests.ts'
import type { Rule, Ruling } from './rules/rule.ts'
import {
  askNext,
  bringProgress,
  changeStudy,
  endSession,
  openStudy,
  rate,
  shareMap,
  stepBack,
  voteOut,
  write,
  writeNote,
} from './rules/study.ts'
import { hideName, join, letBackIn, remove, rename } from './rules/seats.ts'
import { dealTeams, mergeTeams, nameCaptain, pickTeam, renameTeam } from './rules/teams.ts'
import { ask } from './rules/asking.ts'
import { beginRound, changeRules, pickCell, planRounds, stake } from './rules/rounds.ts'
import { answer, judgeAnswers, judgeGuesses } from './rules/typing.ts'
import {
  end,
  endBreak,
  expire,
  openBuzzers,
  pause,
  resume,
  reveal,
  showStandings,
  skip,
  takeBreak,
} from './rules/turns.ts'
import { correctScore, giveExtraTime, giveVerdict, undoVerdict } from './rules/verdicts.ts'
import { lookUp } from './shards.ts'
import type { Mode, RoomState } from './state.ts'

/** What happened because of a command (nothing, if it had been decided before), or why it may not be. */
export type Decision = RoomEvent[] | Refusal

const rules: { [Type in Command['type']]: Rule<Type> } = {
  open,
  chooseAddress,
  replaceLink,
  join,
  rename,
  hideName,
  remove,
  letBackIn,
  pickTeam,
  dealTeams,
  renameTeam,
  nameCaptain,
  mergeTeams,
  lockRoom,
  planRounds,
  beginRound,
  changeRules,
  pickCell,
  stake,
  ask,
  openBuzzers,
  skip,
  reveal,
  pause,
  resume,
  takeBreak,
  endBreak,
  showStandings,
  expire,
  end,
  buzz,
  settle,
  choose,
  closeAnswers,
  markChoices,
  answer,
  judgeAnswers,
  judgeGuesses,
  giveVerdict,
  undoVerdict,
  callJury,
  vote,
  protest,
  ruleOnProtest,
  giveExtraTime,
  correctScore,
  openInterview,
  ready,
  showItem,
  moveOn,
  addItem,
  endInterview,
  assess,
  finish,
  agree,
  conclude,
  openStudy,
  changeStudy,
  askNext,
  write,
  rate,
  stepBack,
  voteOut,
  writeNote,
  bringProgress,
  shareMap,
  endSession,
}

const hosts: Speaker['role'][] = ['host', 'cohost']
const members: Speaker['role'][] = ['member']
/** Whoever runs the room: hosts, or all in one that nobody runs. */
const leaders: Speaker['role'][] = [...hosts, ...members]
/** Whoever presses. */
const pressers: Speaker['role'][] = ['player', ...members]

/** Who may say it. */
const speakers: { [Type in Command['type']]: readonly Speaker['role'][] } = {
  open: ['server'],
  expire: ['server'],
  settle: ['server'],
  join: pressers,
  buzz: pressers,
  choose: ['player'],
  answer: ['player'],
  pickCell: [...hosts, 'player'],
  stake: [...hosts, 'player'],
  vote: pressers,
  protest: ['player'],
  rename: [...hosts, ...pressers],
  pickTeam: [...hosts, 'player'],
  renameTeam: [...hosts, 'player'],
  nameCaptain: [...hosts, 'player'],
  dealTeams: hosts,
  mergeTeams: hosts,
  replaceLink: ['host'],
  chooseAddress: leaders,
  hideName: hosts,
  remove: hosts,
  letBackIn: hosts,
  lockRoom: hosts,
  planRounds: hosts,
  beginRound: hosts,
  changeRules: hosts,
  ask: hosts,
  openBuzzers: hosts,
  skip: hosts,
  closeAnswers: hosts,
  markChoices: hosts,
  judgeAnswers: hosts,
  judgeGuesses: hosts,
  reveal: leaders,
  pause: leaders,
  resume: leaders,
  takeBreak: hosts,
  endBreak: hosts,
  showStandings: hosts,
  end: hosts,
  giveVerdict: hosts,
  undoVerdict: hosts,
  callJury: hosts,
  ruleOnProtest: hosts,
  giveExtraTime: hosts,
  correctScore: hosts,
  openInterview: ['server'],
  ready: ['candidate'],
  moveOn: ['candidate'],
  showItem: hosts,
  addItem: hosts,
  endInterview: hosts,
  assess: hosts,
  finish: hosts,
  agree: hosts,
  conclude: hosts,
  openStudy: ['server'],
  changeStudy: members,
  askNext: members,
  write: members,
  rate: members,
  stepBack: members,
  voteOut: members,
  writeNote: members,
  bringProgress: members,
  shareMap: members,
  endSession: members,
}

export const maySay = (role: Speaker['role'], type: Command['type']): boolean => speakers[type].includes(role)

const ofInterviews = [
  ...(['openInterview', 'ready', 'moveOn', 'showItem', 'addItem', 'endInterview'] as const),
  ...(['assess', 'finish', 'agree', 'conclude'] as const),
] satisfies Command['type'][]
/** What can be asked of an interview alone. */
export type InterviewCommandType = (typeof ofInterviews)[number]

const ofStudies = [
  ...(['openStudy', 'changeStudy', 'askNext', 'write', 'rate', 'stepBack'] as const),
  ...(['voteOut', 'writeNote', 'bringProgress', 'shareMap', 'endSession'] as const),
] satisfies Command['type'][]
/** What can be asked of a study room alone. */
export type StudyCommandType = (typeof ofStudies)[number]

const alsoOfStudies: readonly Command['type'][] = ['join', 'rename', 'buzz', 'settle', 'vote', 'reveal']
const ofAllModes: readonly Command['type'][] = ['chooseAddress', 'replaceLink', 'pause', 'resume', 'expire']

/** Whether it can be asked of a room in this mode. */
export function isOfMode(type: Command['type'], mode: Mode): boolean {
  if (ofAllModes.includes(type)) return true
  const [isOfInterviews, isOfStudies] = [ofInterviews, ofStudies].map((types: Command['type'][]) =>
    types.includes(type),
  )
  if (mode === 'interview') return isOfInterviews === true
  if (mode === 'study') return isOfStudies === true || alsoOfStudies.includes(type)
  return !isOfInterviews && !isOfStudies
}

const openings: readonly Command['type'][] = ['open', 'openInterview', 'openStudy']

/** Holds every rule and changes nothing. `now` is the store's clock. */
export function decide(state: RoomState, command: Command, now: Ms): Decision {
  const isOpening = openings.includes(command.type)
  if ((state.phase === 'unopened') !== isOpening) return refuse('no-room')
  if (!maySay(command.role, command.type)) return refuse('not-yours')
  if (!isOpening && !isOfMode(command.type, state.mode)) return refuse('other-mode')
  const { done } = state.secret
  if (done && lookUp(done, command.by)?.includes(command.commandId)) return []
  const why = whyNotAmongMembers(state, command)
  if (why) return refuse(why)
  const rule = rules[command.type] as (state: RoomState, command: Command, now: Ms) => Ruling
  const ruling = rule(state, command, now)
  return isRefusal(ruling) ? ruling : recorded(ruling, command, now)
}

/** In a room that nobody runs its members speak, and nobody else; nor does whoever was removed, though they hear it late. */
function whyNotAmongMembers(state: RoomState, { type, by, role }: Command): Why {
  if (role === 'server') return null
  if ((role === 'member') !== (state.mode === 'study')) return 'not-yours'
  if (role !== 'member' || type === 'join') return null
  const seat = seatNamed(state, by)
  if (!seat) return 'no-seat'
  return seat.removed ? 'removed' : null
}

/** The first event keeps the command's id: enough to know the command again. */
function recorded(drafts: Exclude<Ruling, Refusal>, { by, commandId }: Command, at: Ms): RoomEvent[] {
  return drafts.map((draft, index) => {
    const event: RoomEvent = { ...draft, at, by }
    return index === 0 ? { ...event, secret: { ...event.secret, commandId } } : event
  })
}
