import { queueOf, type ButtonFace, type Mine, type RoomState, type Turn } from '@knopka/shared/game'
import type { Ms } from '@knopka/shared/ids'
import { gap, tenths } from '../lib/text/form.ts'
import { speakerOf, type Caption } from '../ui/caption.ts'
import { text } from './text.ts'

/** What stands around and on the button of somebody who studies. @param now the store's clock */
export function captionOf(face: ButtonFace, { turn }: RoomState, mine: Mine, now: Ms): Caption {
  const t = text().press
  switch (face) {
    case 'first':
      return turn ? captionOfFirst(turn, mine) : t.first
    case 'join-queue':
    case 'other':
      return turn ? captionOfOther(face, turn, mine) : t.wait
    case 'early':
      return { ...t.early, line: t.early.line(tenths(Math.max(0, mine.earlyUntil - now))) }
    case 'ready':
    case 'press':
    case 'sent':
    case 'paused':
      return t[face]
    case 'wait':
      return t.wait
    default:
      return t.closed
  }
}

function captionOfFirst(turn: Turn, { seat }: Mine): Caption {
  const t = text().press
  const order = queueOf(turn)
  const place = order.findIndex((press) => press.seat === seat)
  const next = order[place + 1]
  const line = next ? t.behind(next.name, gap(next.scoreMs - (order[place]?.scoreMs ?? 0))) : t.first.line
  return { ...t.first, line }
}

function captionOfOther(face: 'join-queue' | 'other', turn: Turn, { seat }: Mine): Caption {
  const t = text().press
  const head = t.answers(speakerOf(turn)?.name ?? text().somebody)
  if (face === 'join-queue') return { head, word: t.queue, line: t.queueHow }
  const order = queueOf(turn)
  const place = order.findIndex((press) => press.seat === seat)
  const own = order[place]
  return { head, word: '', line: own ? t.yourPlace(place + 1, gap(own.scoreMs - (order[0]?.scoreMs ?? 0))) : '' }
}
