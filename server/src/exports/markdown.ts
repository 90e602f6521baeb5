import {
  judgedGroups,
  verdictOnChoice,
  type PlayedChoices,
  type PlayedQuestion,
  type PlayedTyping,
  type Protest,
  type Results,
} from '@knopka/shared/game'
import { offBy, tenth } from './csv.ts'
import { namesIn, teamName, teamsNamedIn, type NameOf } from './names.ts'

export function toMarkdown(results: Results): string {
  const nameOf = namesIn(results)
  const teamNamed = teamsNamedIn(results)
  const byHand = results.corrections.map(({ seat, team, points, reason }) => {
    const name = seat === undefined ? (teamNamed(team) ?? '') : nameOf(seat)
    return `- ${plain(name)}: ${points} (${plain(reason)})`
  })
  return [
    `# ${plain(results.title)}`,
    '',
    ...(results.teams.length > 0 ? [...teamLines(results), ''] : []),
    ...personLines(results),
    '',
    ...(byHand.length > 0 ? ['## Corrected by hand', '', ...byHand, ''] : []),
    ...partsOf(results).flatMap(({ title, questions }) => [
      `## ${title}`,
      '',
      ...questions.map((question) => {
        const protests = results.protests.filter(({ turn }) => turn === question.turn)
        return questionLines(question, protests, nameOf).join('\n')
      }),
    ]),
  ].join('\n')
}

/** By rounds, where there was more than one. */
function partsOf({ rounds, questions }: Results): { title: string; questions: PlayedQuestion[] }[] {
  if (rounds.length < 2) return [{ title: 'Questions', questions }]
  const parts = rounds.map(({ title, isBoard }, index) => {
    const name = title ?? (isBoard ? 'Board' : null)
    return {
      title: [`Round ${index + 1}`, ...(name ? [plain(name)] : [])].join('. '),
      questions: questions.filter(({ round }) => round === index + 1),
    }
  })
  return parts.filter(({ questions }) => questions.length > 0)
}

function teamLines({ teams }: Results): string[] {
  const rows = teams.map((team) => `| ${team.place} | ${plain(teamName(team))} | ${team.size} | ${tenth(team.score)} |`)
  return ['| place | team | people | points |', '| ---: | --- | ---: | ---: |', ...rows]
}

function personLines({ standings, teams }: Results): string[] {
  if (teams.length === 0) {
    const rows = standings.map(({ place, name, score }) => `| ${place} | ${plain(name)} | ${score} |`)
    return ['| place | name | points |', '| ---: | --- | ---: |', ...rows]
  }
  const rows = standings.map(({ place, name, team, score }) => {
    const own = teams.find(({ number }) => number === team)
    return `| ${place} | ${plain(name)} | ${own ? plain(teamName(own)) : ''} | ${score} |`
  })
  return ['| place | name | team | points |', '| ---: | --- | --- | ---: |', ...rows]
}

function questionLines(question: PlayedQuestion, protests: Protest[], nameOf: NameOf): string[] {
  const { turn, path, text, note, practice } = question
  const answers = answerLines(question, nameOf)
  const quoted = note ? ['', note.replace(/^/gm, '> ')] : []
  const about = [plain(path.join(' / ')), ...worthInWords(question), ...(practice ? ['practice, not counted'] : [])]
  const asked = protests.map(({ seat, upheld }) => `- Protest of ${plain(nameOf(seat))}: ${rulingInWords(upheld)}`)
  const contested = asked.length > 0 ? ['', ...asked] : []
  return [`### ${turn}. ${plain(text)}`, '', about.join(', '), '', ...answers, ...contested, ...quoted, '']
}

function worthInWords({ worth }: PlayedQuestion): string[] {
  if (!worth) return []
  if (worth.kind === 'final') return ['final']
  return worth.kind === 'plain' ? [`for ${worth.value}`] : [`double, stake ${worth.stake ?? 0}`]
}

function answerLines(question: PlayedQuestion, nameOf: NameOf): string[] {
  const { choices, typing } = question
  if (typing) return typing.kind === 'number' ? guessLines(typing, nameOf) : typedLines(typing, nameOf)
  return choices ? choiceLines(choices, nameOf) : pressLines(question, nameOf)
}

/** Answers that are alike stand together, as they were judged. */
const typedLines = (typing: PlayedTyping, nameOf: NameOf): string[] =>
  judgedGroups(typing).flatMap(({ text, seats }) => [
    `- ${plain(text)}`,
    ...typing.answers
      .filter(({ seat }) => seats.includes(seat))
      .map((one) => `  - ${typedInWords(one, nameOf, one.text === text ? [] : [plain(one.text)])}`),
  ])

/** The nearest first. */
function guessLines({ right, answers }: PlayedTyping, nameOf: NameOf): string[] {
  const off = ({ text }: { text: string }) => offBy(right, text)
  const sorted = answers.toSorted((a, b) => (off(a) ?? 0) - (off(b) ?? 0))
  const lines = sorted.map((one) => {
    const distance = off(one)
    return `- ${typedInWords(one, nameOf, [plain(one.text), ...(distance === null ? [] : [`off by ${distance}`])])}`
  })
  return [...(right === null ? [] : [`Right: ${right}`, '']), ...lines]
}

function typedInWords(
  { seat, verdict, points, stake }: PlayedTyping['answers'][number],
  nameOf: NameOf,
  words: string[],
): string {
  const judged = verdict ? [verdict, String(points)] : []
  const said = [...words, ...(stake === null ? [] : [`stake ${stake}`]), ...judged].join(', ')
  return said ? `${plain(nameOf(seat))}: ${said}` : plain(nameOf(seat))
}

const rulingInWords = (upheld: boolean | null): string =>
  upheld === null ? 'no ruling' : upheld ? 'upheld' : 'dismissed'

function pressLines({ presses, verdicts }: PlayedQuestion, nameOf: NameOf): string[] {
  const order = presses.map(
    ({ seat, scoreMs }) => `${plain(nameOf(seat))} +${Math.round(scoreMs - (presses[0]?.scoreMs ?? 0))} ms`,
  )
  return [
    ...(order.length > 0 ? [`Pressed: ${order.join(', ')}`, ''] : []),
    ...verdicts.map(({ seat, verdict, points }) => `- ${plain(nameOf(seat))}: ${verdict}, ${points}`),
  ]
}

function choiceLines(choices: PlayedChoices, nameOf: NameOf): string[] {
  const options = choices.options.map(({ text, right, count }, option) =>
    [`${option + 1}. ${plain(text)}: ${count}`, ...(right ? ['right'] : [])].join(', '),
  )
  const marks = choices.marks.map((mark) => {
    const chosen = mark.options.map((option) => option + 1).join(' + ')
    const verdict = verdictOnChoice(choices, mark)
    return [`- ${plain(nameOf(mark.seat))}: ${chosen}`, ...(verdict ? [verdict] : []), mark.points].join(', ')
  })
  return [...options, ...(marks.length > 0 ? ['', ...marks] : [])]
}

/** Names and questions are anybody's text: it stays text, on one line, also where a list or a number would begin. */
const plain = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_~[\]<>|#&]/g, '\\$&')
    .replace(/^(\d*)([-+=.)])/, '$1\\$2')
