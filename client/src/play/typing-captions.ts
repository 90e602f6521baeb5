import type { Mine, Turn, Typing } from '@knopka/shared/game'
import { gain, guess } from '../lib/text/form.ts'
import type { Caption } from '../ui/caption.ts'
import { text } from './text.ts'
import { offBy, type Sent, type TypingFace } from './typing.ts'
import { typingText } from './typing-text.ts'

/** What came of what this phone typed. */
type Outcome = Pick<Mine, 'verdict' | 'gained'>

/** What a phone says around the field. @param next what comes after this question */
export function typingCaptionOf(
  face: TypingFace,
  turn: Turn,
  typing: Typing,
  sent: Sent | null,
  outcome: Outcome,
  next: string,
): Caption {
  const t = typingText()
  switch (face) {
    case 'reading':
      return { ...t.reading, line: t.coming[typing.kind] }
    case 'typing':
      return { head: t.typing[typing.kind], word: '', line: t.once }
    case 'marked':
      return captionOfMarked(turn, typing, sent, outcome, next)
    default:
      return t[face]
  }
}

function captionOfMarked({ closed }: Turn, typing: Typing, sent: Sent | null, outcome: Outcome, next: string): Caption {
  const t = typingText()
  const { verdict, gained } = outcome
  if (verdict) return { head: headOf(verdict, gained), word: '', line: next }
  if (closed === 'skipped') return { head: t.skipped, word: '', line: next }
  if (!sent) return { head: t.unanswered, word: '', line: closed === 'time-out' ? text().choices.late : next }
  return { head: t.awaited[typing.kind], word: '', line: t.judges[typing.kind] }
}

/** A verdict that moves no points is only a word. */
const headOf = (verdict: 'right' | 'partly' | 'wrong', gained: number | null): string =>
  gained ? text()[verdict](gain(gained)) : typingText().outcomes[verdict]

/** Of a number, how far it was from the right one; `null` while that is not said. */
export function nearnessOf({ right }: Typing, { text }: Sent, { verdict }: Outcome): string | null {
  const t = typingText()
  const off = offBy(right, text)
  if (off === null) return null
  if (off === 0) return t.exact
  return verdict === 'right' ? t.nearest(guess(off)) : t.off(guess(off))
}
