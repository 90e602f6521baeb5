import type { Ms, QuestionId } from '../ids.ts'
import { isDue, targetRetention, type Cards } from './cards.ts'

/** A question on its way to Anki. */
export interface AnkiItem {
  id: QuestionId
  question: string
  note: string | null
  /** The title of the section that becomes its deck. */
  section: string
  tags: string[]
}

/** Anki tells by the first column what it has already, and keeps what it knows of it. */
const heads = ['#separator:tab', '#html:false', '#guid column:1', '#tags column:4', '#deck column:5']

/**
 * A text that Anki imports: columns id, question, answer, tags, deck.
 * @see "Text files" in the Anki manual
 */
export function ankiText({ bankTitle, items }: { bankTitle: string; items: AnkiItem[] }): string {
  const rows = items.map(({ id, question, note, section, tags }) =>
    [id, question, note ?? '', tags.map(asTag).join(' '), `${asDeck(bankTitle)}::${asDeck(section)}`]
      .map(field)
      .join('\t'),
  )
  return [...heads, ...rows, ''].join('\n')
}

const field = (text: string): string => {
  const lines = text.replace(/\r\n?/g, '\n')
  return /[\t\n"#]/.test(lines) ? `"${lines.replaceAll('"', '""')}"` : lines
}

/** A space begins the next tag. */
const asTag = (text: string): string => text.trim().replace(/\s+/g, '_')

/** Two colons begin a deck within a deck. */
const asDeck = (title: string): string => title.replace(/\s+/g, ' ').replace(/:{2,}/g, ':')

/** What is worth learning alone: due now, or not known when it was asked last. */
export const dueOrMissed = (cards: Cards, now: Ms, retention = targetRetention): QuestionId[] =>
  [...cards.values()]
    .filter((card) => card.lastRating === 'again' || isDue(card, now, retention))
    .map(({ question }) => question)
