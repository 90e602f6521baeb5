import type { Ms } from '@knopka/shared/ids'
import { clockTime, day } from '../lib/text/form.ts'
import { summaryText } from './summary-text.ts'
import type { Asked } from './summary.ts'

/** A session as its reader takes it along: with one's own ratings, and nobody else's. */
export function toMarkdown(title: string, beganAt: Ms, asked: Asked[]): string {
  const t = summaryText()
  const fresh = asked.filter(({ isNew }) => isNew).length
  return [
    `# ${plain(title)}`,
    `${t.title}: ${day(beganAt)}, ${clockTime(beganAt)}. ${t.asked(asked.length, fresh)}`,
    ...asked.flatMap((one, index) => partsOf(one, index)),
    '',
  ].join('\n\n')
}

function partsOf({ path, text, answered, votes, texts, rating, note }: Asked, index: number): string[] {
  const t = summaryText()
  const { right, partly, wrong } = votes
  const about = [
    plain(path.join(' / ')),
    ...(answered ? [plain(t.aloud(answered))] : []),
    ...(right + partly + wrong > 0 ? [t.votes(right, partly, wrong)] : []),
    `${t.own}: ${rating ? t.ratings[rating] : t.unrated}`,
  ]
  return [
    `## ${index + 1}. ${plain(text)}`,
    about.filter(Boolean).join(' · '),
    ...texts.flatMap((one) => [`${plain(one.name)}:`, quoted(one.text)]),
    ...(note ? [`${t.note}:`, quoted(note)] : []),
  ]
}

/** What a person wrote, as it was written. */
const quoted = (text: string): string => text.trim().replace(/^.*$/gm, (line) => `> ${line}`.trimEnd())

/** Names and questions are anybody's text: it stays text, on one line, also where a list or a number would begin. */
const plain = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_~[\]<>|#&]/g, '\\$&')
    .replace(/^(\d*)([-+=.)])/, '$1\\$2')
