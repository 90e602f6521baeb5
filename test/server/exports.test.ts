import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ResultsPage, Rules } from '@knopka/shared/contracts'
import {
  verdictOnChoice,
  type PlayedChoices,
  type PlayedQuestion,
  type PlayedTyping,
  type Results,
  type TeamStanding,
} from '@knopka/shared/game'
import { toCsv } from '../../server/src/exports/csv.ts'
import { downloads } from '../../server/src/exports/exports.ts'
import { toMarkdown } from '../../server/src/exports/markdown.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asHost, asPlayer, askNext, type Guest } from '../support/guest.ts'
import { openRoom, settings, startServer, type TestServer } from '../support/server.ts'
import { openNext, takeFloor } from './scene.ts'
import { readCsv } from './csv.ts'

const bank = `# Exports

## =Formulas, "quoted" | piped

=1+1? {#formula}
> -dash, "quotes"
> and a second line

@everyone, what is <b>this</b>? {#markup}
> +plus

1. Is a list? \\
- and the second line? {#lines}

Nobody knows? {#nobody}

Which one? {#one}
- [ ] =1+1
- [x] -dash, "quotes" | piped
- [ ] 1. <b>list</b>
> 2. it is

Which of them? {#several}
- [x] **B**
- [x] @everyone
- [ ] # none

Taken back? {#taken}
- [x] yes
- [ ] no

Chosen by nobody? {#unchosen}
- [x] yes
- [ ] no
`

/** What people choose among those options, by question. */
const toChoose: { right: string[]; wrong: string[]; takenBack?: boolean }[] = [
  { right: ['-dash, "quotes" | piped'], wrong: ['=1+1'] },
  { right: ['**B**', '@everyone'], wrong: ['# none'] },
  { right: ['yes'], wrong: ['no'], takenBack: true },
]

const names = ['=cmd()|calc', '+7 900', '-1', '@SUM(A1)', 'Quote " and, comma', '**B** [link](http://a)', "'plain'"]

let server: TestServer
let folder: string
let page: ResultsPage
let csv: string
let markdown: string
let json: string

/** One evening full of what spreadsheets and Markdown would take for their own. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'knopka-exports-'))
  await writeFile(join(folder, 'exports.md'), bank)
  server = await startServer({ KNOPKA_BANKS: folder })
  const rules = { ...settings.rules, choices: { points: 'plain', seconds: null } } satisfies Rules
  const { pin, capability } = await openRoom(server.address, { title: '# *Вечер*', bank: 'exports', rules })
  const host = await asHost(server.address, pin, capability)
  const players: Guest[] = []
  for (const name of names) players.push(await asPlayer(server.address, pin, name))
  await play(host, players)
  await playByChoice(host, players)
  await host.say({ type: 'end' })
  await host.until(({ state }) => state.results !== null)
  const get = async (path: string) => {
    const headers = { authorization: `Bearer ${host.welcome?.token ?? ''}` }
    const response = await fetch(`${server.address}/api/results/${host.state.results?.id ?? ''}${path}`, { headers })
    // To read it as text would drop the mark at its beginning.
    return Buffer.from(await response.arrayBuffer()).toString()
  }
  page = JSON.parse(await get('')) as ResultsPage
  ;[csv, markdown, json] = [await get('/csv'), await get('/markdown'), await get('/json')]
  for (const guest of [host, ...players]) guest.leave()
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

/** Everyone presses on the first three questions, one is wrong and one right; nobody on the last. */
async function play(host: Guest, players: Guest[]) {
  for (let turn = 1; turn <= 3; turn++) {
    await askNext(host)
    await host.say({ type: 'openBuzzers', turn })
    const [first, second, ...others] = players as [Guest, Guest, ...Guest[]]
    await takeFloor(first, turn)
    await second.buzz(turn)
    await host.say({ type: 'giveVerdict', turn, seat: first.seat, verdict: 'wrong' })
    for (const player of others) await player.buzz(turn)
    await host.say({ type: 'giveVerdict', turn, seat: second.seat, verdict: 'right' })
  }
  await host.say({ type: 'skip', turn: await askNext(host) })
  await host.say({ type: 'correctScore', seat: players[0]?.seat ?? '', points: -2, reason: '=HYPERLINK("http://a")' })
}

/** All but the last two choose, every second one what is wrong; one question is taken back, one that nobody chose. */
async function playByChoice(host: Guest, players: Guest[]) {
  for (const { right, wrong, takenBack = false } of toChoose) {
    const turn = await openNext(host)
    await host.until(({ state }) => state.turn?.turn === turn)
    const shown = host.state.turn?.secret.choices?.map(({ text }) => text) ?? []
    for (const [index, player] of players.slice(0, -2).entries()) {
      const options = (index % 2 === 0 ? right : wrong).map((text) => shown.indexOf(text))
      expect(await player.say({ type: 'choose', turn, options, pressedAt: player.clock() })).toMatchObject({ ok: true })
    }
    await host.say({ type: 'closeAnswers', turn })
    if (takenBack) await host.say({ type: 'markChoices', turn, right: [] })
  }
  await host.say({ type: 'closeAnswers', turn: await openNext(host) })
}

/** A cell as a person reads it: without the apostrophe that keeps a spreadsheet from running it. */
const read = (cell: string) => cell.replace(/^'(?=[=+\-@\t\r])/, '')

describe('comma-separated values', () => {
  const rowsOf = (turn: number) => readCsv(csv.slice(1)).filter(([first]) => first === String(turn))

  test('have a row for each press and each choice, each question without one, and each correction', () => {
    const answers = page.questions.flatMap(({ presses, choices }) => [...presses, ...(choices?.marks ?? [])]).length
    const rows = readCsv(csv.slice(1))
    expect(answers).toBe(3 * names.length + 3 * (names.length - 2))
    expect(rows).toHaveLength(1 + answers + 2 + 1)
    expect(new Set(rows.map(({ length }) => length))).toEqual(new Set([22]))
    expect(rows[0]?.join()).toBe(
      'turn,section,question,player,gap_ms,score_ms,certainty_ms,verdict,points,note,chosen,after_ms,practice,team,' +
        'round,round_title,value,worth,stake,typed,right_number,off_by',
    )
  })

  test('say what the page of results says, cell by cell', () => {
    const nameOf = new Map(page.standings.map(({ seat, name }) => [seat, name]))
    const tenth = (ms: number) => String(Math.round(ms * 10) / 10)
    const pressed = ({ presses, verdicts, note }: PlayedQuestion) =>
      presses.map(({ seat, scoreMs, certaintyMs }) => {
        const judged = verdicts.find((judged) => judged.seat === seat)
        const [first = scoreMs] = presses.map((press) => press.scoreMs)
        const times = [scoreMs - first, scoreMs, certaintyMs].map(tenth)
        const outcome = [judged?.verdict ?? '', String(judged?.points ?? '')]
        return [nameOf.get(seat) ?? '', ...times, ...outcome, note ?? '', '', '', '', '']
      })
    const chosen = ({ note }: PlayedQuestion, { options, marks }: PlayedChoices) =>
      marks.map((mark) => {
        const texts = mark.options.map((option) => options[option]?.text).join(' / ')
        const outcome = [verdictOnChoice({ options, marks }, mark) ?? '', String(mark.points)]
        return [nameOf.get(mark.seat) ?? '', '', '', '', ...outcome, note ?? '', texts, tenth(mark.afterMs), '', '']
      })
    const expected = page.questions.flatMap((question) => {
      const { turn, path, text, note, choices } = question
      const answers = choices ? chosen(question, choices) : pressed(question)
      const rows = answers.length > 0 ? answers : [['', '', '', '', '', '', note ?? '', '', '', '', '']]
      return rows.map((row) => [String(turn), path.join(' / '), text, ...row, '1', ...Array<string>(7).fill('')])
    })
    const byHand = page.corrections.map(({ seat, points, reason }) => {
      return [
        '',
        '',
        reason,
        nameOf.get(seat ?? '') ?? '',
        '',
        '',
        '',
        'by hand',
        String(points),
        ...Array<string>(13).fill(''),
      ]
    })
    const cells = readCsv(csv.slice(1)).slice(1)
    expect(cells.map((row) => row.map(read))).toEqual([...expected, ...byHand])
  })

  test('have no cell that a spreadsheet would run', () => {
    const texts = readCsv(csv.slice(1)).flatMap((row) => [...row.slice(0, 4), ...[7, 9, 10].map((at) => row[at] ?? '')])
    expect(texts.filter((text) => /^[=+\-@\t\r]/.test(text))).toEqual([])
    expect(texts).toEqual(expect.arrayContaining(["'=cmd()|calc", "'+7 900", "'-1", "'@SUM(A1)", "'=1+1?"]))
    expect(texts).toEqual(expect.arrayContaining(["'=1+1", `'-dash, "quotes" | piped`]))
  })

  test('tell of a choice what was chosen, whether it was right, and what it earned', () => {
    const told = (turn: number) =>
      rowsOf(turn).map((row) => [row[3], row[7], row[8], row[10]].map((cell) => cell ?? ''))
    const [one, several, taken] = [5, 6, 7].map(told) as [string[][], string[][], string[][]]
    expect(one.slice(0, 2)).toEqual([
      ["'=cmd()|calc", 'right', '1', `'-dash, "quotes" | piped`],
      ["'+7 900", 'wrong', '0', "'=1+1"],
    ])
    expect(several[0]?.slice(1, 3)).toEqual(['right', '1'])
    expect(several[0]?.[3]).toMatch(/^(\*\*B\*\* \/ @everyone|'@everyone \/ \*\*B\*\*)$/)
    expect(several[1]?.slice(1)).toEqual(['wrong', '0', '# none'])
    expect(taken.map(([, verdict, points]) => [verdict, points])).toEqual(taken.map(() => ['', '0']))
  })

  test('keep points that are less than nothing a number', () => {
    const [row] = readCsv(csv.slice(1)).slice(-1)
    expect(row?.[8]).toBe('-2')
  })

  test('begin with the mark by which spreadsheets know Cyrillic, and end every line as they expect', () => {
    expect(csv.startsWith('\uFEFF')).toBe(true)
    expect(csv).not.toMatch(/[^\r]\n(?=\d+,)/)
    expect(csv.endsWith('\r\n')).toBe(true)
  })
})

describe('JSON', () => {
  test('is the page of results, whole', () => {
    const { pin: _pin, mayDownload: _mayDownload, ...results } = page
    expect(JSON.parse(json)).toEqual(results)
  })
})

describe('Markdown', () => {
  const lines = () => markdown.split('\n')

  test('keeps titles, names and questions text', () => {
    expect(lines()[0]).toBe('# \\# \\*Вечер\\*')
    expect(markdown).toContain('\\*\\*B\\*\\* \\[link\\](http://a)')
    expect(markdown).toContain('@everyone, what is \\<b\\>this\\</b\\>?')
    expect(markdown).not.toMatch(/[^\\](<b>|\*\*|\[link)/)
  })

  test('keeps its table in shape', () => {
    const table = lines().filter((line) => line.startsWith('|'))
    expect(table).toHaveLength(2 + names.length)
    for (const row of table) expect(row.match(/(?<!\\)\|/g)).toHaveLength(4)
  })

  test('keeps each question on one line, as a heading and nothing else', () => {
    expect(lines().filter((line) => line.startsWith('### '))).toHaveLength(8)
    expect(lines().find((line) => line.startsWith('### 3. '))).toContain('Is a list? - and the second line?')
  })

  test('takes no name for a list or a heading', () => {
    const begun = lines().filter((line) => /^- [-+]/.test(line))
    expect(begun).toEqual([])
    expect(markdown).toContain('- \\+7 900: ')
  })

  test('quotes every line of an answer note', () => {
    expect(markdown).toContain('> -dash, "quotes"\n> and a second line\n')
  })

  test('names corrections and their reasons', () => {
    expect(markdown).toMatch(/## Corrected by hand\n\n- .*: -2 \(\\=HYPERLINK\("http:\/\/a"\)\)/)
  })

  test('lists options by their numbers, with what was right and how often each was chosen', () => {
    const { options = [] } = page.questions[4]?.choices ?? {}
    const listed = lines().filter((line) => /^\d\. .*: \d(, right)?$/.test(line))
    expect(listed).toHaveLength(3 + 3 + 2 + 2)
    const numberOf = (text: string) => options.findIndex((option) => option.text === text) + 1
    expect(listed).toContain(`${numberOf('=1+1')}. \\=1+1: 2`)
    expect(listed).toContain(`${numberOf('-dash, "quotes" | piped')}. \\-dash, "quotes" \\| piped: 3, right`)
    expect(listed).toContain(`${numberOf('1. <b>list</b>')}. 1\\. \\<b\\>list\\</b\\>: 0`)
  })

  test('names who chose what', () => {
    const { options = [] } = page.questions[4]?.choices ?? {}
    const number = options.findIndex(({ text }) => text === '=1+1') + 1
    expect(lines()).toContain(`- \\+7 900: ${number}, wrong, 0`)
    expect(lines().some((line) => /^- \\=cmd\(\)\\\|calc: \d \+ \d, right, 1$/.test(line))).toBe(true)
    expect(lines().some((line) => /^- \\\+7 900: \d, 0$/.test(line))).toBe(true)
  })
})

describe('an evening that was kept before questions had options', () => {
  const old = (): Results => {
    const questions = page.questions.slice(0, 4).map(({ choices: _choices, ...question }) => question as PlayedQuestion)
    return { ...page, questions }
  }

  test('is downloaded as it was, with the new cells empty', () => {
    const today = { ...page, questions: page.questions.slice(0, 4) }
    expect(toMarkdown(old())).toBe(toMarkdown(today))
    expect(toCsv(old())).toBe(toCsv(today))
    const added = readCsv(toCsv(old()).slice(1)).slice(1)
    expect(new Set(added.flatMap((row) => row.slice(10, 14)))).toEqual(new Set(['']))
  })
})

describe('an evening of teams', () => {
  const seatOf = (index: number) => page.standings.toSorted((a, b) => a.number - b.number)[index]?.seat ?? ''
  const team = (number: number, name: string | null, score: number): TeamStanding => ({
    ...{ number, name, captain: null, size: 2, score },
    place: number,
  })
  /** The first two players against the others, but the last one, who is in no team. The first question was practice. */
  const played = (): Results => ({
    ...page,
    teams: [team(1, '=Owls|', 2.333), team(2, null, 1)],
    corrections: [
      ...page.corrections,
      { team: 1, points: 2, reason: '=Start', at: 0 },
      { team: 2, points: -1, reason: 'Late', at: 0 },
    ],
    standings: page.standings.map((who) => ({
      ...who,
      team: who.number <= 2 ? 1 : who.number < names.length ? 2 : null,
    })),
    questions: page.questions.map((question) => (question.turn === 1 ? { ...question, practice: true } : question)),
    protests: [
      { turn: 1, seat: seatOf(0), at: 0, upheld: false },
      { turn: 3, seat: seatOf(1), at: 0, upheld: true },
      { turn: 3, seat: seatOf(2), at: 0, upheld: null },
    ],
  })
  const rows = () => readCsv(toCsv(played()).slice(1))
  const lines = () => toMarkdown(played()).split('\n')
  const section = (turn: number) => {
    const start = lines().findIndex((line) => line.startsWith(`### ${turn}. `))
    return lines().slice(
      start,
      lines().findIndex((line, index) => index > start && line.startsWith('### ')),
    )
  }

  test('has in its table the team of everyone', () => {
    const teams = new Map(
      rows()
        .slice(1)
        .map((row) => [row[3], row[13]]),
    )
    expect(rows()[0]?.[13]).toBe('team')
    expect([teams.get("'=cmd()|calc"), teams.get("'-1"), teams.get("''plain'") ?? teams.get("'plain'")]).toEqual([
      "'=Owls|",
      'Team 2',
      '',
    ])
    expect(rows().at(-3)?.[13]).toBe("'=Owls|")
  })

  test('has in its table and in Markdown what a whole team was given by hand', () => {
    const given = rows().slice(-2)
    expect(given.map((row) => [2, 3, 7, 8, 13].map((at) => row[at]))).toEqual([
      ["'=Start", '', 'by hand', '2', "'=Owls|"],
      ['Late', '', 'by hand', '-1', 'Team 2'],
    ])
    expect(lines()).toContain('- \\=Owls\\|: 2 (\\=Start)')
    expect(lines()).toContain('- Team 2: -1 (Late)')
  })

  test('has a column of points that adds up to the standings: practice has none', () => {
    const practice = rows().filter(([turn]) => turn === '1')
    expect(practice.map((row) => [row[8], row[12]])).toEqual(practice.map(() => ['', 'yes']))
    expect(practice.map((row) => row[7])).toContain('right')
    expect(rows().filter((row) => row[12] === 'yes')).toHaveLength(practice.length)
  })

  test('has its teams in Markdown before its people, with one digit after the point', () => {
    const tables = lines().filter((line) => line.startsWith('|'))
    expect(tables.slice(0, 6)).toEqual([
      '| place | team | people | points |',
      '| ---: | --- | ---: | ---: |',
      '| 1 | \\=Owls\\| | 2 | 2.3 |',
      '| 2 | Team 2 | 2 | 1 |',
      '| place | name | team | points |',
      '| ---: | --- | --- | ---: |',
    ])
    expect(tables.filter((line) => line.includes('| Team 2 |'))).toHaveLength(1 + names.length - 3)
  })

  test('says in Markdown what was practice, and lists protests below their question', () => {
    expect(section(1)).toContain('=Formulas, "quoted" \\| piped, practice, not counted'.replace('=', '\\='))
    expect(section(1)).toContain('- Protest of \\=cmd()\\|calc: dismissed')
    expect(section(2).filter((line) => line.startsWith('- Protest'))).toEqual([])
    expect(section(3).filter((line) => line.startsWith('- Protest'))).toEqual([
      '- Protest of \\+7 900: upheld',
      '- Protest of \\-1: no ruling',
    ])
  })
})

test('an evening that was kept before there were teams is downloaded as it was', () => {
  const { teams: _teams, protests: _protests, ...old } = page
  expect(downloads.markdown(old).body).toBe(toMarkdown(page))
  expect(downloads.csv(old).body).toBe(toCsv(page))
})

describe('an evening of rounds', () => {
  const seatOf = (index: number) => page.standings.toSorted((a, b) => a.number - b.number)[index]?.seat ?? ''
  const plainQuestion = () => page.questions[3] as PlayedQuestion
  const typed = (index: number, text: string, about: Partial<PlayedTyping['answers'][number]> = {}) => ({
    ...{ seat: seatOf(index), text, afterMs: 1000, verdict: null, points: 0, stake: null },
    ...about,
  })
  /** A round of words, one of numbers, and a board with a cell, a double and a final. */
  const played = (): Results => {
    const text: PlayedTyping = {
      kind: 'text',
      right: null,
      answers: [
        typed(0, '=Канберра', { verdict: 'right', points: 1 }),
        typed(1, 'канберра', { verdict: 'right', points: 1 }),
        typed(2, 'Сидней'),
      ],
    }
    const number: PlayedTyping = {
      kind: 'number',
      right: 1994.25,
      answers: [typed(0, '1990', { verdict: 'wrong' }), typed(1, '1 994,2', { verdict: 'right', points: 1 })],
    }
    const final: PlayedTyping = {
      ...text,
      answers: [typed(0, 'Гвидо', { verdict: 'wrong', points: -300, stake: 300 })],
    }
    const questions: PlayedQuestion[] = [
      { ...plainQuestion(), turn: 1, typing: text },
      { ...plainQuestion(), turn: 2, round: 2, typing: number },
      {
        ...(page.questions[0] as PlayedQuestion),
        turn: 3,
        round: 3,
        worth: { value: 200, kind: 'plain', stake: null },
      },
      {
        ...(page.questions[1] as PlayedQuestion),
        turn: 4,
        round: 3,
        worth: { value: 300, kind: 'double', stake: 150 },
      },
      { ...plainQuestion(), turn: 5, round: 3, worth: { value: 0, kind: 'final', stake: null }, typing: final },
    ]
    const rounds = [null, '*Числа*', null].map((title, index) => ({ title, isBoard: index === 2 }))
    return { ...page, rounds, questions, corrections: [], protests: [] }
  }
  const cells = (turn: number) =>
    readCsv(toCsv(played()).slice(1))
      .filter(([first]) => first === String(turn))
      .map((row) => [...[3, 7, 8, 11].map((at) => row[at]), ...row.slice(14)])

  test('says in its table who typed what, when, and how far it was off', () => {
    expect(cells(1)).toEqual([
      ["'=cmd()|calc", 'right', '1', '1000', '1', '', '', '', '', "'=Канберра", '', ''],
      ["'+7 900", 'right', '1', '1000', '1', '', '', '', '', 'канберра', '', ''],
      ["'-1", '', '', '1000', '1', '', '', '', '', 'Сидней', '', ''],
    ])
    expect(cells(2)).toEqual([
      ["'=cmd()|calc", 'wrong', '0', '1000', '2', '*Числа*', '', '', '', '1990', '1994.25', '4.25'],
      ["'+7 900", 'right', '1', '1000', '2', '*Числа*', '', '', '', '1 994,2', '1994.25', '0.05'],
    ])
  })

  test('says in its table what was played for', () => {
    expect(new Set(cells(3).map((row) => row.slice(4, 9).join()))).toEqual(new Set(['3,,200,plain,']))
    expect(new Set(cells(4).map((row) => row.slice(4, 9).join()))).toEqual(new Set(['3,,300,double,150']))
    expect(cells(5)).toEqual([["'=cmd()|calc", 'wrong', '-300', '1000', '3', '', '0', 'final', '300', 'Гвидо', '', '']])
  })

  test('has its rounds in Markdown, with answers that are alike together', () => {
    const lines = toMarkdown(played()).split('\n')
    expect(lines.filter((line) => line.startsWith('## '))).toEqual([
      '## Round 1',
      '## Round 2. \\*Числа\\*',
      '## Round 3. Board',
    ])
    const start = lines.indexOf('- \\=Канберра')
    expect(lines.slice(start, start + 5)).toEqual([
      '- \\=Канберра',
      '  - \\=cmd()\\|calc: right, 1',
      '  - \\+7 900: канберра, right, 1',
      '- Сидней',
      '  - \\-1',
    ])
    expect(lines).toEqual(expect.arrayContaining(['Right: 1994.25', '- \\+7 900: 1 994,2, off by 0.05, right, 1']))
    expect(lines.indexOf('- \\+7 900: 1 994,2, off by 0.05, right, 1')).toBeLessThan(
      lines.indexOf('- \\=cmd()\\|calc: 1990, off by 4.25, wrong, 0'),
    )
    const abouts = lines.filter((line) => /, (for \d|double|final)/.test(line))
    expect(abouts.map((line) => line.split('piped, ')[1])).toEqual(['for 200', 'double, stake 150', 'final'])
    expect(lines).toContain('  - \\=cmd()\\|calc: stake 300, wrong, -300')
  })
})
