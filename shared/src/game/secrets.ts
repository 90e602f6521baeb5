import type { RoomEvent } from './events.ts'
import type { Press, RoomState, Turn, Viewer } from './state.ts'

type KeysOfEach<Union> = Union extends unknown ? keyof Union : never

/** Every name that stands under `secret` anywhere. */
type SecretPart = KeysOfEach<NonNullable<RoomEvent['secret']>> | keyof RoomState['secret'] | keyof Turn['secret']

const nobody = () => false
const hostAlone = ({ role }: Viewer) => role === 'host'
const cohostAlone = ({ role }: Viewer) => role === 'cohost'
const hostsOrMembers = (viewer: Viewer) => hosts(viewer) || members(viewer)
const hosts = ({ role }: Viewer) => role === 'host' || role === 'cohost'
/** Those in a study room, who are all equal. */
const members = ({ role }: Viewer) => role === 'member'
/** Hosts and the projector: what stands on the wall. A phone gets of it only what is its own. */
const wall = ({ role }: Viewer) => role !== 'player' && role !== 'candidate'

/** Who reads what. There is no default: a new secret does not compile until its readers are named. */
const readers: { [Part in SecretPart]: (viewer: Viewer) => boolean } = {
  addition: hosts,
  agenda: hosts,
  agreed: hosts,
  agreement: hosts,
  allowance: hosts,
  answer: hosts,
  answers: hosts,
  bank: hostsOrMembers,
  brought: nobody,
  card: hosts,
  cardId: nobody,
  cellIds: hosts,
  choice: nobody,
  choices: hosts,
  chosen: nobody,
  commandId: nobody,
  conclusion: hosts,
  correction: wall,
  corrections: wall,
  done: nobody,
  draws: nobody,
  early: hosts,
  extraTime: hosts,
  finished: hosts,
  finisher: hosts,
  first: hostAlone,
  group: nobody,
  inGame: nobody,
  invitation: members,
  levels: hosts,
  links: hostAlone,
  marks: wall,
  members: wall,
  mended: hosts,
  names: nobody,
  note: hosts,
  noted: members,
  notes: members,
  opinions: hosts,
  past: wall,
  plan: hosts,
  planName: nobody,
  planTitle: hosts,
  programme: hosts,
  progress: nobody,
  protester: hosts,
  protests: hosts,
  questionId: hostsOrMembers,
  rated: nobody,
  ratings: nobody,
  rest: hosts,
  resultsId: nobody,
  roomId: nobody,
  roster: wall,
  sealed: hosts,
  seat: wall,
  second: cohostAlone,
  seed: hosts,
  spent: hosts,
  stake: hosts,
  staker: wall,
  stakes: hosts,
  text: wall,
  tieRank: nobody,
  tieRanks: nobody,
  tieSecret: nobody,
  trust: nobody,
  typed: hosts,
  typedMarks: wall,
  unjudged: wall,
  vote: nobody,
  voted: wall,
  votes: nobody,
  whoChose: wall,
  whoStaked: wall,
  whoTyped: wall,
  whoWrote: wall,
  written: nobody,
}

type Role = Viewer['role']
const phones: Role[] = ['player']
const allButHosts: Role[] = ['player', 'screen', 'candidate', 'member']
const all: Role[] = [...allButHosts, 'host', 'cohost']
const allButFirst: Role[] = [...allButHosts, 'cohost']
const allButSecond: Role[] = [...allButHosts, 'host']

/** For whom an event changes nothing that they see; for everyone else it is sent. */
const quietFor: { [Type in RoomEvent['type']]: readonly Role[] } = {
  addressChosen: [],
  agreed: allButHosts,
  answerRevealed: [],
  answerTimedOut: [],
  answersJudged: [],
  answersUnjudged: [],
  breakBegan: [],
  breakEnded: [],
  buzzed: [],
  buzzersKeptOpen: [],
  buzzersOpened: [],
  candidateReady: [],
  captainNamed: [],
  cellPicked: [],
  choicesMarked: [],
  chosen: phones,
  concluded: allButHosts,
  extraTimeGiven: allButHosts,
  falseStarted: allButHosts,
  finishedRating: allButHosts,
  firstAssessed: allButFirst,
  floorGiven: [],
  gameEnded: [],
  interviewEnded: [],
  interviewOpened: [],
  invitationChanged: [],
  itemAdded: allButHosts,
  itemShown: [],
  joined: phones,
  juryCalled: [],
  juryClosed: [],
  letBackIn: phones,
  linksReplaced: allButFirst,
  mapShared: [],
  nameHidden: [],
  noteWritten: [],
  opinionMended: allButHosts,
  opinionsOpened: allButHosts,
  paused: [],
  progressBrought: all,
  protestRuled: allButHosts,
  protested: allButHosts,
  questionAsked: [],
  questionDropped: [],
  rated: [],
  removed: phones,
  renamed: [],
  resumed: [],
  roomLocked: [],
  roomOpened: [],
  roundBegan: [],
  roundsPlanned: [],
  rulesChanged: [],
  scoreCorrected: phones,
  secondAssessed: allButSecond,
  sessionBegan: [],
  sessionEnded: [],
  staked: [],
  standingsShown: [],
  steppedBack: [],
  studyChanged: [],
  studyOpened: [],
  studyRevealed: [],
  teamPicked: phones,
  teamRenamed: [],
  teamsMerged: [],
  turnClosed: [],
  typed: phones,
  verdictGiven: [],
  verdictUndone: [],
  voted: phones,
  votedOut: [],
  written: ['player', 'candidate'],
}

/** A phone knows the first presses of an opening, and those that got the floor: nobody waits for a thousand to come in. */
const pressesOnPhones = 8
const isOnPhones = ({ arrival }: Pick<Press, 'arrival'>): boolean => arrival < pressesOnPhones

function isQuietFor(event: RoomEvent, { role }: Viewer): boolean {
  if (event.type === 'buzzed' && role === 'player') return !isOnPhones(event)
  // In a final each keeps their stake.
  if (event.type === 'staked' && role === 'player') return event.stake === null
  return quietFor[event.type].includes(role)
}

/** An event, or `quiet` in its place: that many versions passed and nothing here changed. */
export type Item = RoomEvent | { quiet: number }

export const isQuiet = (item: Item): item is { quiet: number } => 'quiet' in item

/** The event as this viewer may know it. It is never dropped without a count, so versions have no gaps for anyone. */
export function redact(event: RoomEvent, viewer: Viewer): Item {
  if (isQuietFor(event, viewer)) return { quiet: 1 }
  const { secret, ...open } = event
  const parts = secret && readable(secret, viewer)
  return parts && Object.keys(parts).length > 0 ? { ...open, secret: parts } : open
}

/** The state as this viewer may know it: what folding their redacted events would give. */
export function viewOf(state: RoomState, viewer: Viewer): RoomState {
  const pressesFor = (presses: Press[]) =>
    viewer.role === 'player' ? presses.filter((press) => isOnPhones(press) || press.called !== null) : presses
  const turnFor = (turn: Turn): Turn => ({
    ...turn,
    presses: pressesFor(turn.presses),
    secret: readable(turn.secret, viewer),
  })
  const secret = readable(state.secret, viewer)
  return {
    ...state,
    turn: state.turn && turnFor(state.turn),
    secret: secret.past ? { ...secret, past: secret.past.map(turnFor) } : secret,
  }
}

function readable<Secret extends object>(secret: Secret, viewer: Viewer): Secret {
  const parts = Object.entries(secret).filter(([part]) => readers[part as SecretPart](viewer))
  return Object.fromEntries(parts) as Secret
}
