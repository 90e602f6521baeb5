import type { CardItem, CardSection, Interviewer, Opinion, Recommendation, Scorecard } from '@knopka/shared/game'
import { tenth } from './csv.ts'
import { plain } from './plain.ts'

const recommendations: Record<Recommendation, string> = {
  'strong-yes': 'strong yes',
  yes: 'yes',
  no: 'no',
  'strong-no': 'strong no',
}

interface Rater {
  interviewer: Interviewer
  name: string
}

export function scorecardMarkdown(card: Scorecard): string {
  const { candidate, planTitle, interviewers, endedAt, beganAt, level, levels, items, conclusion } = card
  const day = new Date(beganAt ?? endedAt).toISOString().slice(0, 10)
  const raters = ratersOf(card)
  const summary = [
    `- Plan: ${plain(planTitle)}`,
    `- Day: ${day}`,
    `- Interviewers: ${interviewers.map(plain).join(', ')}`,
    `- Level: ${level === null ? 'not rated' : `${tenth(level)} of 4`}`,
    ...(conclusion.recommendation ? [`- Recommendation: ${recommendations[conclusion.recommendation]}`] : []),
  ]
  return [
    `# ${plain(candidate)}`,
    '',
    ...summary,
    '',
    ...chapter('Strengths', linesOf(conclusion.strengths)),
    ...chapter('Gaps', linesOf(conclusion.gaps)),
    ...chapter('Sections', sectionTable(card.sections, raters)),
    ...chapter('Questions', items.flatMap((item, index) => itemLines(item, index + 1, raters)).slice(0, -1)),
    ...chapter(
      'Levels',
      levels.map((words, level) => `- ${level}: ${plain(words)}`),
    ),
  ].join('\n')
}

const chapter = (title: string, lines: string[]): string[] =>
  lines.length > 0 ? [`## ${title}`, '', ...lines, ''] : []

/** The second one may have come without having been named, or been named and not have come. */
function ratersOf({ interviewers, items }: Scorecard): Rater[] {
  const [first = 'First interviewer', second] = interviewers
  const hasSecond = second !== undefined || items.some(({ second }) => second !== null)
  return [
    { interviewer: 'first', name: first },
    ...(hasSecond ? [{ interviewer: 'second' as const, name: second ?? 'Second interviewer' }] : []),
  ]
}

function sectionTable(sections: CardSection[], raters: Rater[]): string[] {
  const shown = (level: number | null) => (level === null ? '' : tenth(level))
  const row = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`
  return [
    row(['section', 'level', ...raters.map(({ name }) => plain(name)), 'rated']),
    row(['---', '---:', ...raters.map(() => '---:'), '---:']),
    ...sections.map((section) => {
      const own = raters.map(({ interviewer }) => shown(section[interviewer]))
      return row([titleOf(section.title), shown(section.level), ...own, `${section.rated} of ${section.items}`])
    }),
  ]
}

/** What was typed in stands in no section. */
const titleOf = (title: string): string => (title === '' ? '(own)' : plain(title))

function itemLines(item: CardItem, number: number, raters: Rater[]): string[] {
  const { path, text, added, spentMs, agreed, differs } = item
  const about = [
    ...(path.length > 0 ? [plain(path.join(' / '))] : []),
    spentMs === null ? 'not shown' : clock(spentMs),
    ...(added ? ['added during the call'] : []),
    ...(agreed === null ? [] : [`agreed: ${agreed}`]),
    ...(differs ? ['more than one level apart'] : []),
  ]
  const opinions = raters.flatMap(({ interviewer, name }) => opinionLines(item[interviewer], name))
  return [`### ${number}. ${plain(text)}`, '', about.join(', '), '', ...(opinions.length > 0 ? [...opinions, ''] : [])]
}

function opinionLines(opinion: Opinion | null, name: string): string[] {
  if (!opinion) return []
  const { rating, note, flagged } = opinion
  const said = [rating === null ? 'no rating' : rating === 'not-asked' ? 'not asked' : rating]
  const words = [...said, ...(flagged ? ['to follow up'] : [])].join(', ')
  const lines = linesOf(note).map((line) => (line === '' ? '' : `  ${line}`))
  return [`- ${plain(name)}: ${words}`, ...(lines.length > 0 ? ['', ...lines] : [])]
}

/** What somebody typed, a paragraph a line, as it stood there. */
const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .flatMap((line, index) => [...(index > 0 ? [''] : []), plain(line.trim())])

function clock(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
