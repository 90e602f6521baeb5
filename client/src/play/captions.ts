import {
  inOrder,
  isPressedBy,
  queueOf,
  verdictOf,
  whyNotBuzz,
  type ButtonFace,
  type Judgement,
  type Mine,
  type Press,
  type RoomState,
  type Team,
  type Turn,
} from '@knopka/shared/game'
import { clockTime, gain, gap, minutesLeft, points, tenths } from '../lib/text/form.ts'
import { nameOf } from '../lib/text/names.ts'
import { speakerOf, type Caption } from '../ui/caption.ts'
import { contenderOf } from '../ui/teams.ts'
import { hasFreeCells } from './board.ts'
import { captionOfOthersDouble, nextLine } from './board-captions.ts'
import { boardText } from './board-text.ts'
import { reviewText } from './review-text.ts'
import { isOfMate, isOurs } from './team.ts'
import { teamText } from './team-text.ts'
import { text } from './text.ts'

/** @param now the store's clock, for what is counted down in words */
export function captionOf(face: ButtonFace, state: RoomState, mine: Mine, now: number): Caption {
  const t = text()
  const { turn } = state
  if (state.break) return captionOfBreak(state.break.endsAt, now)
  switch (face) {
    case 'wait':
      return captionOfWait(state, mine)
    case 'first':
      return turn ? captionOfFloor(state, turn, mine) : t.first
    case 'join-queue':
    case 'other':
      return turn ? captionOfOther(face, state, turn, mine) : t.wait
    case 'early': {
      const why = state.rules.strict && turn && turn.openings > 0 ? t.early.strict : t.early.line
      return { ...t.early, line: why(tenths(Math.max(0, mine.earlyUntil - now))) }
    }
    case 'ready':
      return turn ? captionOfReady(turn) : t.ready
    case 'locked':
      return captionOfLocked(state, mine)
    case 'closed':
      return turn ? captionOfClosed(state, turn, mine) : t.closed
    default:
      return t[face]
  }
}

function captionOfBreak(endsAt: number | null, now: number): Caption {
  const t = text().break
  if (endsAt === null) return { head: t.word, word: t.word, line: t.open }
  const line = endsAt > now ? t.left(minutesLeft(endsAt - now)) : t.soon
  return { head: t.until(clockTime(endsAt)), word: t.word, line }
}

function captionOfWait({ phase, rules }: RoomState, { team }: Mine): Caption {
  const t = text()
  if (phase !== 'lobby') return t.wait
  return rules.teams && team === null ? teamText().awaited : t.lobby
}

/** Whoever plays for a stake has just said it. */
function captionOfReady({ worth }: Turn): Caption {
  const t = text().ready
  return worth && worth.stake !== null ? { ...t, head: boardText().staked(points(worth.stake)) } : t
}

function captionOfFloor({ teams }: RoomState, turn: Turn, mine: Mine): Caption {
  const t = text()
  const order = inOrder(turn)
  const place = order.findIndex(({ seat }) => seat === mine.seat)
  const next = order.find((press, index) => index > place && !isOurs(press, mine))
  const head = turn.verdicts.length > 0 ? t.turnCame : t.first.head
  const line = next ? t.behind(whoOf(teams, next), gap(next.scoreMs - (order[place]?.scoreMs ?? 0))) : t.first.line
  const { jury, timedOut } = turn.floor ?? {}
  const alone = { head, word: t.first.word }
  if (jury && !jury.split) return { ...alone, line: reviewText().aboutYou }
  return { ...alone, line: timedOut ? t.decided : line }
}

/** In words: a person, or a team and who of it. */
function whoOf(teams: Team[], who: Press): string {
  const { name, person } = contenderOf(teams, who)
  return person ? `${name} (${person})` : name
}

function captionOfOther(face: 'join-queue' | 'other', state: RoomState, turn: Turn, mine: Mine): Caption {
  const t = text()
  const speaker = speakerOf(turn)
  if (speaker && speaker.seat !== mine.seat && isOfMate(speaker, mine))
    return { head: teamText().mateAnswers(nameOf(speaker)), word: '', line: teamText().ifWrong }
  const head = speaker ? t.answers(contenderOf(state.teams, speaker).name) : t.sent.head
  if (face === 'join-queue') return { head, ...t.queue }
  const order = queueOf(turn)
  const place = order.findIndex((press) => isOurs(press, mine))
  const own = order[place]
  if (own) return { head, word: '', line: t.yourPlace(place + 1, gap(own.scoreMs - (order[0]?.scoreMs ?? 0))) }
  if (whyNotBuzz(state, mine.seat, mine) === 'not-captain')
    return { head, word: '', line: teamText().captainPresses.head }
  return { head, word: '', line: isPressedBy(turn, mine) ? t.farBehind : t.notNow }
}

function captionOfLocked(state: RoomState, mine: Mine): Caption {
  const t = text()
  const { turn } = state
  const why = whyNotBuzz(state, mine.seat, mine)
  if (why === 'not-in-tie-break') return t.tieBreak
  if (why === 'not-your-question' && turn) return captionOfOthersDouble(state, turn)
  if (why === 'had-a-press') return turn && hasOwnPress(turn, mine) ? boardText().spent : boardText().spentTeam
  if (why === 'team-answered') return { ...t.locked, ...teamText().answered }
  if (why === 'not-captain') return { ...t.locked, ...teamText().captainPresses }
  if (why === 'no-team') return { ...t.locked, ...teamText().none }
  const judged = turn && verdictOf(turn, mine.seat)
  return judged ? { ...t.locked, head: t[judged.verdict](gain(judged.points)) } : t.locked
}

const hasOwnPress = ({ presses }: Turn, mine: Mine): boolean =>
  mine.team === null || mine.pressed !== null || presses.some(({ seat }) => seat === mine.seat)

function captionOfClosed(state: RoomState, turn: Turn, mine: Mine): Caption {
  const { teams } = state
  const t = { ...text(), closed: { ...text().closed, line: nextLine(state) } }
  const own = verdictOf(turn, mine.seat)
  if (own) return { ...t.closed, head: headOf(own) }
  const press = ({ seat }: Judgement) => turn.presses.find((press) => press.seat === seat)
  const ofMate = turn.verdicts.findLast((judged) => isOfMate(judged, mine))
  const mate = ofMate && press(ofMate)
  if (mate) return { ...t.closed, head: headOf(ofMate), line: teamText().answeredBy(nameOf(mate)) }
  if (turn.closed === 'time-out') return { ...t.closed, head: t.timeOut }
  if (turn.closed === 'skipped') return { ...t.closed, head: t.skipped }
  const winner = turn.verdicts.findLast(({ verdict }) => verdict !== 'wrong')
  const name = winner && press(winner)
  if (!name) return t.closed
  // Whoever picks now was right just now: that is said once.
  if (hasFreeCells(state) && state.picked === null) return t.closed
  const line = t.rightBy(whoOf(teams, name))
  return { ...t.closed, line: t.closed.line === text().closed.line ? line : `${line}. ${t.closed.line}` }
}

const headOf = ({ verdict, points }: Judgement): string => text()[verdict](gain(points))
