import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ResultsPage } from '@knopka/shared/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asHost, asPlayer, askNext, type Guest } from '../support/guest.ts'
import { openRoom, startServer, type TestServer } from '../support/server.ts'
import { takeFloor } from './scene.ts'
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
`

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
  const { pin, capability } = await openRoom(server.address, { title: '# *Вечер*', bank: 'exports' })
  const host = await asHost(server.address, pin, capability)
  const players: Guest[] = []
  for (const name of names) players.push(await asPlayer(server.address, pin, name))
  await play(host, players)
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
  await host.say({ type: 'end' })
  await host.until(({ state }) => state.results !== null)
}

/** A cell as a person reads it: without the apostrophe that keeps a spreadsheet from running it. */
const read = (cell: string) => cell.replace(/^'(?=[=+\-@\t\r])/, '')

describe('comma-separated values', () => {
  test('have a row for each press, each question without one, and each correction', () => {
    const pressed = page.questions.flatMap(({ presses }) => presses).length
    const rows = readCsv(csv.slice(1))
    expect(pressed).toBe(3 * names.length)
    expect(rows).toHaveLength(1 + pressed + 1 + 1)
    expect(new Set(rows.map(({ length }) => length))).toEqual(new Set([10]))
    expect(rows[0]?.join()).toBe('turn,section,question,player,gap_ms,score_ms,certainty_ms,verdict,points,note')
  })

  test('say what the page of results says, cell by cell', () => {
    const nameOf = new Map(page.standings.map(({ seat, name }) => [seat, name]))
    const tenth = (ms: number) => String(Math.round(ms * 10) / 10)
    const expected = page.questions.flatMap(({ turn, path, text, presses, verdicts, note }) => {
      const front = [String(turn), path.join(' / '), text]
      const rows = presses.map(({ seat, scoreMs, certaintyMs }) => {
        const judged = verdicts.find((judged) => judged.seat === seat)
        const [first = scoreMs] = presses.map((press) => press.scoreMs)
        const times = [scoreMs - first, scoreMs, certaintyMs].map(tenth)
        return [
          ...front,
          nameOf.get(seat) ?? '',
          ...times,
          judged?.verdict ?? '',
          String(judged?.points ?? ''),
          note ?? '',
        ]
      })
      return rows.length > 0 ? rows : [[...front, '', '', '', '', '', '', note ?? '']]
    })
    const byHand = page.corrections.map(({ seat, points, reason }) => {
      return ['', '', reason, nameOf.get(seat) ?? '', '', '', '', 'by hand', String(points), '']
    })
    const cells = readCsv(csv.slice(1)).slice(1)
    expect(cells.map((row) => row.map(read))).toEqual([...expected, ...byHand])
  })

  test('have no cell that a spreadsheet would run', () => {
    const texts = readCsv(csv.slice(1)).flatMap((row) => [...row.slice(0, 4), row[7] ?? '', row[9] ?? ''])
    expect(texts.filter((text) => /^[=+\-@\t\r]/.test(text))).toEqual([])
    expect(texts).toEqual(expect.arrayContaining(["'=cmd()|calc", "'+7 900", "'-1", "'@SUM(A1)", "'=1+1?"]))
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
    expect(lines().filter((line) => line.startsWith('### '))).toHaveLength(4)
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
})
