import type { Ms } from '../ids.ts'
import type { Command, Speaker } from './commands.ts'
import type { RoomEvent } from './events.ts'
import { isRefusal, refuse, type Refusal } from './refusals.ts'
import { buzz, settle } from './rules/buzzer.ts'
import { choose, closeAnswers, markChoices } from './rules/choices.ts'
import { chooseAddress, lockRoom, open, replaceLink } from './rules/room.ts'
import { callJury, vote } from './rules/jury.ts'
import { protest, ruleOnProtest } from './rules/protests.ts'
import type { Rule, Ruling } from './rules/rule.ts'
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
import type { RoomState } from './state.ts'

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
}

const hosts: Speaker['role'][] = ['host', 'cohost']

/** Who may say it. */
const speakers: { [Type in Command['type']]: readonly Speaker['role'][] } = {
  open: ['server'],
  expire: ['server'],
  settle: ['server'],
  join: ['player'],
  buzz: ['player'],
  choose: ['player'],
  answer: ['player'],
  pickCell: [...hosts, 'player'],
  stake: [...hosts, 'player'],
  vote: ['player'],
  protest: ['player'],
  rename: [...hosts, 'player'],
  pickTeam: [...hosts, 'player'],
  renameTeam: [...hosts, 'player'],
  nameCaptain: [...hosts, 'player'],
  dealTeams: hosts,
  mergeTeams: hosts,
  replaceLink: ['host'],
  chooseAddress: hosts,
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
  reveal: hosts,
  pause: hosts,
  resume: hosts,
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
}

export const maySay = (role: Speaker['role'], type: Command['type']): boolean => speakers[type].includes(role)

/** Holds every rule and changes nothing. `now` is the store's clock. */
export function decide(state: RoomState, command: Command, now: Ms): Decision {
  if ((state.phase === 'unopened') !== (command.type === 'open')) return refuse('no-room')
  if (!maySay(command.role, command.type)) return refuse('not-yours')
  const { done } = state.secret
  if (done && lookUp(done, command.by)?.includes(command.commandId)) return []
  const rule = rules[command.type] as (state: RoomState, command: Command, now: Ms) => Ruling
  const ruling = rule(state, command, now)
  return isRefusal(ruling) ? ruling : recorded(ruling, command, now)
}

/** The first event keeps the command's id: enough to know the command again. */
function recorded(drafts: Exclude<Ruling, Refusal>, { by, commandId }: Command, at: Ms): RoomEvent[] {
  return drafts.map((draft, index) => {
    const event: RoomEvent = { ...draft, at, by }
    return index === 0 ? { ...event, secret: { ...event.secret, commandId } } : event
  })
}
