import {
  inOrder,
  isPressedBy,
  queueOf,
  verdictOf,
  type ButtonFace,
  type Mine,
  type Press,
  type RoomState,
  type Turn,
} from '@knopka/shared/game'
import { gain, gap, tenths } from '../lib/text/form.ts'
import { nameOf } from '../lib/text/names.ts'
import { text } from './text.ts'

/** What a phone says around and on its button. */
export interface Caption {
  head: string
  word: string
  line: string
}

/** @param now the store's clock, for what is counted down in words */
export function captionOf(face: ButtonFace, state: RoomState, mine: Mine, now: number): Caption {
  const t = text()
  const { turn } = state
  switch (face) {
    case 'wait':
      return state.phase === 'lobby' ? t.lobby : t.wait
    case 'first':
      return turn ? captionOfFloor(turn, mine) : t.first
    case 'join-queue':
    case 'other':
      return turn ? captionOfOther(face, turn, mine) : t.wait
    case 'early': {
      const why = state.rules.strict && turn && turn.openings > 0 ? t.early.strict : t.early.line
      return { ...t.early, line: why(tenths(Math.max(0, mine.earlyUntil - now))) }
    }
    case 'locked':
      return turn?.tieBreak && !turn.tieBreak.includes(mine.seat) ? t.tieBreak : captionOfLocked(turn, mine)
    case 'closed':
      return turn ? captionOfClosed(turn, mine) : t.closed
    default:
      return t[face]
  }
}

function captionOfFloor(turn: Turn, mine: Mine): Caption {
  const t = text()
  const order = inOrder(turn)
  const place = order.findIndex(({ seat }) => seat === mine.seat)
  const next = order[place + 1]
  const head = turn.verdicts.length > 0 ? t.turnCame : t.first.head
  const line = next ? t.behind(nameOf(next), gap(next.scoreMs - (order[place]?.scoreMs ?? 0))) : t.first.line
  return { head, word: t.first.word, line: turn.floor?.timedOut ? t.decided : line }
}

/** Who has the floor, as far as the presses tell. */
export const speakerOf = (turn: Turn): Press | undefined =>
  turn.presses.findLast(({ seat }) => seat === turn.floor?.seat)

function captionOfOther(face: 'join-queue' | 'other', turn: Turn, mine: Mine): Caption {
  const t = text()
  const speaker = speakerOf(turn)
  const head = speaker ? t.answers(nameOf(speaker)) : t.sent.head
  if (face === 'join-queue') return { head, ...t.queue }
  const order = queueOf(turn)
  const place = order.findIndex(({ seat }) => seat === mine.seat)
  const own = order[place]
  if (!own) return { head, word: '', line: isPressedBy(turn, mine) ? t.farBehind : t.notNow }
  return { head, word: '', line: t.yourPlace(place + 1, gap(own.scoreMs - (order[0]?.scoreMs ?? 0))) }
}

function captionOfLocked(turn: Turn | null, mine: Mine): Caption {
  const t = text()
  const judged = turn && verdictOf(turn, mine.seat)
  return judged ? { ...t.locked, head: t[judged.verdict](gain(judged.points)) } : t.locked
}

function captionOfClosed(turn: Turn, mine: Mine): Caption {
  const t = text()
  const own = verdictOf(turn, mine.seat)
  const winner = turn.verdicts.findLast(({ verdict }) => verdict !== 'wrong')
  const name = turn.presses.find(({ seat }) => seat === winner?.seat)
  if (own) return { ...t.closed, head: t[own.verdict](gain(own.points)) }
  if (turn.closed === 'time-out') return { ...t.closed, head: t.timeOut }
  if (turn.closed === 'skipped') return { ...t.closed, head: t.skipped }
  return name ? { ...t.closed, line: t.rightBy(nameOf(name)) } : t.closed
}
