import type { Choosing, Turn } from '@knopka/shared/game'
import { gain } from '../lib/text/form.ts'
import type { Caption } from '../ui/caption.ts'
import { outcomeOf, type ChoiceFace, type Given } from './choosing.ts'
import { text } from './text.ts'

/**
 * What a phone says around the options.
 * @param gained points, `null` as long as they are not known
 * @param next what comes after this question
 */
export function choiceCaptionOf(
  face: ChoiceFace,
  turn: Turn,
  choosing: Choosing,
  given: Given | null,
  gained: number | null,
  next: string,
): Caption {
  const t = text().choices
  switch (face) {
    case 'reading':
      return { ...t.reading, line: t.coming(choosing.count, choosing.multiple) }
    case 'choosing':
      return choosing.multiple ? t.several : t.one
    case 'marked':
      return captionOfMarked(turn, choosing, given, gained, next)
    default:
      return t[face]
  }
}

function captionOfMarked(
  { closed }: Turn,
  choosing: Choosing,
  given: Given | null,
  gained: number | null,
  next: string,
): Caption {
  const t = text()
  const outcome = outcomeOf(choosing, given)
  const wasLate = outcome === 'unanswered' && closed === 'time-out'
  const line = wasLate ? t.choices.late : next
  const points = outcome === 'right' || outcome === 'wrong' ? gained : null
  const head = points ? t[outcome as 'right' | 'wrong'](gain(points)) : t.choices.outcomes[outcome]
  return { head, word: '', line }
}
