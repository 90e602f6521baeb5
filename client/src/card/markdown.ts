import type { CardItem, CardSection, Scorecard } from '@knopka/shared/game'
import { recommendationInWords } from '../lib/text/recommendations.ts'
import { fullDay, level, mean, minutes, minutesInWords, rating, wholeTime } from './figures.ts'
import { hasVerdictOfBoth, isFlagged, isLevel, ratersIn, ratingOf, type Rater } from './raters.ts'
import { extremesOf, leastRated } from './sections.ts'
import { nameOf, text } from './text.ts'

/** All of the page, in the language of whoever takes it along. */
export function toMarkdown(card: Scorecard): string {
  const raters = ratersIn(card)
  const { recommendation, strengths, gaps } = card.conclusion
  const { highest, lowest, why } = extremesInWords(card)
  return [
    `# ${plain(card.candidate)}`,
    factsOf(card).map(plain).join('  \n'),
    `${text().mean}: **${mean(card.level)}** ${text().outOf}  \n${text().recommendation}: **${
      recommendation ? recommendationInWords(recommendation) : text().noRecommendation
    }**`,
    `## ${text().strengths}`,
    quoted(strengths) || text().notWritten,
    ...(highest ? [`${text().highest}: ${plain(highest)}`] : []),
    `## ${text().gaps}`,
    quoted(gaps) || text().notWritten,
    ...(lowest ? [`${text().lowest}: ${plain(lowest)}`] : []),
    ...(why ? [why] : []),
    `## ${text().sections}`,
    sectionTable(card, raters),
    `## ${text().all}`,
    ...card.items.flatMap((item, index) => questionParts(card, raters, item, index)),
    `## ${text().levels}`,
    card.levels.map((words, at) => `- ${at}: ${plain(words)}`).join('\n'),
    '',
  ].join('\n\n')
}

/** The plan, the size of it, the day, the time that it took, and who asked. */
export function factsOf(card: Scorecard): string[] {
  const time = wholeTime(card)
  const names = card.interviewers.filter((name) => name.trim() !== '')
  return [
    `${text().plan(card.planTitle)}, ${text().questions(card.items.length)}`,
    `${fullDay(card.endedAt)}, ${time === null ? text().neverBegan : minutesInWords(time)}`,
    ...(names.length > 0 ? [text().interviewers(names.join(', '))] : []),
  ]
}

/** Where the candidate did best and worst, or why that cannot be told. */
export function extremesInWords({ sections }: Scorecard): { highest?: string; lowest?: string; why?: string } {
  const extremes = extremesOf(sections)
  if (extremes === 'too-few') return { why: text().tooFew(leastRated) }
  if (extremes === 'even') return { why: text().even }
  const inWords = (sections: CardSection[]) =>
    sections.map(({ title, level }) => `${title || text().noSection} ${mean(level)}`).join(', ')
  return { highest: inWords(extremes.highest), lowest: inWords(extremes.lowest) }
}

function sectionTable(card: Scorecard, raters: Rater[]): string {
  const both = hasVerdictOfBoth(card)
  const head = [
    text().section,
    ...raters.map(({ interviewer, name }) => plain(nameOf(interviewer, name))),
    ...(both ? [text().both] : []),
    text().rated,
  ]
  const rows = card.sections.map((section) => [
    plain(section.title || text().noSection),
    ...raters.map(({ interviewer }) => mean(section[interviewer])),
    ...(both ? [mean(section.level)] : []),
    text().ratedOf(section.rated, section.items),
  ])
  return [head, head.map((_, at) => (at === 0 ? '---' : '---:')), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n')
}

function questionParts(card: Scorecard, raters: Rater[], item: CardItem, index: number): string[] {
  const about = [
    plain(item.path.join(' / ')),
    minutes(item.spentMs),
    ...(item.added ? [text().added] : []),
    ...(isFlagged(item) ? [text().flagged] : []),
    ...(item.differs ? [text().differs] : []),
  ]
  const told = raters.flatMap(({ interviewer, name }) => {
    const [own, note] = [ratingOf(item[interviewer]), quoted(item[interviewer]?.note ?? '')]
    const words = isLevel(own)
      ? `, ${plain(card.levels[own] ?? '')}`
      : own === 'not-asked'
        ? `, ${text().notAsked}`
        : ''
    return [`${plain(nameOf(interviewer, name))}: **${rating(own)}**${words}`, ...(note ? [note] : [])]
  })
  const agreed =
    item.agreed === null ? [] : [text().agreed(`**${item.agreed}**, ${plain(card.levels[item.agreed] ?? '')}`)]
  const counts = item.agreed === null && raters.length > 1 ? [`${text().both}: ${level(item.level)}`] : []
  const answer = item.note ? [`${text().answer}:`, quoted(item.note)] : []
  const title = `### ${index + 1}. ${plain(item.text)}`
  return [title, about.filter(Boolean).join(' · '), ...told, ...agreed, ...counts, ...answer]
}

/** What a person wrote, as it was written. */
const quoted = (text: string): string =>
  text
    .trim()
    .replace(/^(?!$)/gm, '> ')
    .replace(/^$/gm, text.trim() ? '>' : '')

/** Names and questions are anybody's text: it stays text, on one line, also where a list or a number would begin. */
const plain = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_~[\]<>|#&]/g, '\\$&')
    .replace(/^(\d*)([-+=.)])/, '$1\\$2')
