import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { allBanks, idIn, parseBank, type Section } from '@knopka/shared/bank'
import { cardsOf, dueTomorrow, mapOf, wordsOf, type Review, type SectionMap } from '@knopka/shared/study'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { device, expectAccessible, laptop, launchBrowser, phone } from '../support/browser.ts'
import { Product } from '../support/product.ts'

const dayMs = 24 * 3_600_000
const names = [...Array(12).keys()].map((at) => `What is ${'abcdefghijkl'.charAt(at)}?`)
const file = [
  ...['# Twelve', '## Python', ...names.slice(0, 4), '### Deep', ...names.slice(4, 6)],
  ...['## Web', ...names.slice(6, 9), '## Empty', '## Data', ...names.slice(9)],
].join('\n\n')
const { bank } = parseBank('twelve', new TextEncoder().encode(file))
const ids = [...bank.questions.keys()].map((id) => idIn(allBanks, 'twelve', id))
const named = ({ questions, sections, ...section }: Section): Section => ({
  ...section,
  questions: questions.map((id) => idIn(allBanks, 'twelve', id)),
  sections: sections.map(named),
})
const mapFor = (reviews: Review[]) => mapOf(bank.sections.map(named), cardsOf(reviews), Date.now())

let browser: Browser
let product: Product
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'knopka-progress-'))
  await writeFile(join(folder, 'twelve.md'), file)
  product = await Product.start({ KNOPKA_DATA: join(folder, 'data'), KNOPKA_BANKS: folder })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await product.stop()
  await rm(folder, { recursive: true, force: true })
})

const ago = (days: number) => Date.now() - days * dayMs - 3_600_000 + 0.25
const review = (at: number, days: number, rating: Review['rating'], room = 'room'): Review => ({
  ...{ id: `${room}/${at}-${days}`, question: ids[at] ?? `twelve/gone-${at}`, at: ago(days), rating, revision: 0 },
})
/** One of each standing, and a question that the bank has lost. */
const reviews = [
  ...[review(0, 90, 'good'), review(0, 60, 'easy'), review(0, 2, 'easy')],
  ...[review(1, 1, 'good'), review(4, 1, 'hard'), review(6, 40, 'good'), review(7, 30, 'again')],
  ...[review(9, 3, 'again'), review(9, 0, 'good'), review(99, 5, 'good')],
]

const keyFor = (letter: string) => `${letter.repeat(21)}A`

async function seed(key: string, reviews: Review[]): Promise<void> {
  const answer = await fetch(`${product.address}/api/progress`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ reviews }),
  })
  expect(answer.status).toBe(200)
}

async function kept(key: string): Promise<Review[]> {
  const answer = await fetch(`${product.address}/api/progress`, { headers: { authorization: `Bearer ${key}` } })
  return answer.ok ? ((await answer.json()) as { reviews: Review[] }).reviews : []
}

async function open(key: string | null, options: BrowserContextOptions = laptop, fragment = '') {
  const { page, faults } = await device(browser, options)
  await page.goto(`${product.address}/healthz`)
  if (key) await page.evaluate((key) => localStorage.setItem('knopka.progress', key), key)
  await page.goto(`${product.address}/progress${fragment}`)
  await page.locator('main:not([aria-busy])').waitFor()
  return { page, faults }
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
const standings = ['known', 'shaky', 'due', 'unseen'] as const

/** By what the legend says. */
async function legend(page: Page): Promise<number[]> {
  const counts = standings.map((one) => page.locator(`[data-standing="${one}"] b`).innerText())
  return (await Promise.all(counts)).map(Number)
}
const legendOf = (maps: SectionMap[]) => standings.map((standing) => maps.reduce((sum, map) => sum + map[standing], 0))

/** How many cells of each standing the picture of a section has. */
const cellsIn = (page: Page, section: string) =>
  page.locator(`[data-section="${section}"] > svg`).evaluate((svg) =>
    ['known', 'shaky', 'due', 'unseen'].map((ink) => {
      const path = svg.querySelector(`path.${ink}`)?.getAttribute('d') ?? ''
      return path.split('M').length - 1
    }),
  )

async function tableRows(page: Page): Promise<(string | number)[][]> {
  const rows = page.getByRole('table', { name: /Вопросы по разделам/ }).getByRole('row')
  const cells = await rows.evaluateAll((rows) =>
    rows.slice(1).map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent?.trim() ?? '')),
  )
  return cells.map(([title = '', ...figures]) => [title, ...figures.map(Number)])
}

const flat = (maps: SectionMap[]): SectionMap[] => maps.flatMap((map) => [map, ...flat(map.sections)])

test('the figures are those of the map, in the picture, in its legend and in the table', async () => {
  const key = keyFor('a')
  await seed(key, reviews)
  const { page, faults } = await open(key)
  const maps = mapFor(reviews)
  expect(legendOf(maps).every((count) => count > 0)).toBe(true)
  await expect.poll(() => legend(page)).toEqual(legendOf(maps))
  for (const map of maps.filter(({ total }) => total > 0)) {
    expect(await cellsIn(page, map.id)).toEqual(standings.map((standing) => map[standing]))
  }
  await page.getByText('Те же цифры таблицей').click()
  const figures = (map: SectionMap) => [...standings, 'total' as const].map((part) => map[part])
  expect(await tableRows(page)).toEqual([
    ['Весь банк', ...legendOf(maps), 12],
    ...flat(maps).map((map) => [map.title, ...figures(map)]),
  ])
  const number = (name: string) => page.locator(`[data-number="${name}"]`).innerText()
  const there = new Map([...cardsOf(reviews)].filter(([id]) => ids.includes(id)))
  expect(await number('tomorrow')).toBe(String(dueTomorrow(there, Date.now())))
  expect(Number(await number('streak'))).toBeGreaterThan(2)
  await page.getByText('В банке больше нет ваших вопросов: 1').waitFor()

  await button(page, 'Подразделы: Python').click()
  expect(await cellsIn(page, maps[0]?.sections[0]?.id ?? '')).toEqual(
    standings.map((standing) => maps[0]?.sections[0]?.[standing]),
  )
  expect(await page.getByRole('list', { name: 'Пора повторить' }).getByRole('listitem').allInnerTexts()).toEqual([
    expect.stringContaining('What is g?'),
    expect.stringContaining('What is h?'),
  ])
  const [link] = await page.getByRole('link', { name: 'Повторить 2' }).all()
  const path = new URL((await link?.getAttribute('href')) ?? '', product.address)
  expect(Object.fromEntries(path.searchParams)).toEqual({ bank: 'twelve', sections: bank.sections[1]?.id })
  await page.getByText('По дням таблицей').click()
  await expectAccessible(page, 'a progress in Russian')
  await button(page, 'English').click()
  await page.getByRole('heading', { name: 'My progress' }).waitFor()
  await expectAccessible(page, 'a progress in English')
  expect(faults).toEqual([])
})

test('a clock that is a year wrong changes nothing', async () => {
  const key = keyFor('b')
  await seed(key, reviews)
  const { page } = await open(null)
  await page.addInitScript((wrong) => {
    const right = Date.now
    Date.now = () => right() + wrong
  }, 366 * dayMs)
  await page.goto(`${product.address}/progress#${key}`)
  await button(page, 'Взять на это устройство').click()
  await expect.poll(() => legend(page)).toEqual(legendOf(mapFor(reviews)))
})

test('out to a file, deleted for good and in again: the same figures', async () => {
  const key = keyFor('c')
  await seed(key, reviews)
  const { page, faults } = await open(key, phone)
  const before = legendOf(mapFor(reviews))
  await expect.poll(() => legend(page)).toEqual(before)
  const downloading = page.waitForEvent('download')
  await button(page, 'Скачать файл').click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^knopka-progress-\d{4}-\d\d-\d\d\.json$/)
  const text = await readFile(await download.path(), 'utf8')

  await button(page, 'Удалить навсегда').click()
  await page.getByText(`Исчезнут ${reviews.length}\u00a0оценок`).waitFor()
  await expectAccessible(page, 'before a deletion')
  await page.getByRole('dialog').getByRole('button', { name: 'Удалить навсегда' }).click()
  await page.getByText('Прогресс удалён').waitFor()
  expect(await legend(page)).toEqual([0, 0, 0, 12])
  expect(await kept(key)).toEqual([])

  const give = (name: string, said: string) =>
    page.getByLabel('Файл прогресса').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(said) })
  await give('odd.json', '{"plan":[]}')
  await page.getByRole('alert').getByText('не файл прогресса').waitFor()
  await give('cut.json', text.slice(0, 300))
  await page.getByRole('alert').getByText('обрезан').waitFor()
  await give('newer.json', text.replace('"version":1', '"version":2'))
  await page.getByRole('alert').getByText('более новой').waitFor()
  await give('large.json', `{"knopka":"progress","version":1,"reviews":[${'{},'.repeat(200_000)}{}]}`)
  await page.getByRole('alert').getByText('слишком велик').waitFor()
  expect(await legend(page)).toEqual([0, 0, 0, 12])

  const odd = text.replace(
    '\n]}',
    `,\n${JSON.stringify({ ...review(2, 1, 'good'), at: Date.now() + 400 * dayMs })}\n]}`,
  )
  await give('own.json', odd)
  await page.getByText(`В файле ${reviews.length}\u00a0оценок, новых ${reviews.length}`).waitFor()
  await page.getByText('Пропущено 1').waitFor()
  await expect.poll(() => legend(page)).toEqual(before)
  await give('own.json', text)
  await page.getByText('все они здесь уже есть').waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
  await expectAccessible(page, 'a progress on a phone')
  expect(faults).toEqual([])
})

test('a key that moves to another device takes along what that device had', async () => {
  const [one, other] = [keyFor('d'), keyFor('e')]
  const theirs = [review(2, 1, 'easy', 'theirs'), review(3, 1, 'good', 'theirs')]
  await Promise.all([seed(one, reviews), seed(other, theirs)])
  const first = await open(one)
  await button(first.page, 'Показать ключ').click()
  const words = await first.page.getByRole('list', { name: 'Ключ словами' }).innerText()
  expect(words.split(/\s+/).join(' ')).toBe(wordsOf(one))
  const dialog = first.page.getByRole('dialog')
  const link = await dialog.getByRole('textbox').inputValue()
  expect(link).toBe(`${product.address}/progress#${one}`)
  await dialog.getByRole('img', { name: link }).waitFor()
  await expectAccessible(first.page, 'a key')

  const { page, faults } = await open(other, { ...laptop, locale: 'en-GB' })
  await button(page, 'Enter a key from another device').click()
  await page.getByRole('textbox', { name: 'Nine words' }).fill(words.replace(/^\S+/, 'бабаб'))
  await page.keyboard.press('Enter')
  await page.getByText('This is no key').waitFor()
  await page.getByRole('textbox', { name: 'Nine words' }).fill(words)
  await page.keyboard.press('Enter')
  await page.getByText(`Under this key: ${reviews.length}\u00a0ratings`).waitFor()
  await page.getByText('On this device: 2\u00a0ratings').waitFor()
  await expectAccessible(page, 'before a progress is taken')
  await button(page, 'Take it to this device').click()
  const both = mapFor([...reviews, ...theirs])
  await expect.poll(() => legend(page)).toEqual(legendOf(both))
  expect(await kept(one)).toHaveLength(reviews.length + theirs.length)
  await first.page.reload()
  await expect.poll(() => legend(first.page)).toEqual(legendOf(both))

  const third = await open(null, phone, `#${one}`)
  await third.page.getByText('своего прогресса пока нет').waitFor()
  expect(third.page.url()).not.toContain(one)
  await button(third.page, 'Взять на это устройство').click()
  await expect.poll(() => legend(third.page)).toEqual(legendOf(both))
  await third.page.goto(`${product.address}/progress#${one.slice(0, 9)}`)
  await third.page.getByText('В ссылке нет ключа целиком').waitFor()
  expect(faults).toEqual([])
})

test('what was deleted on one device is gone on all, and each may begin anew', async () => {
  const key = keyFor('f')
  await seed(key, reviews)
  await fetch(`${product.address}/api/progress`, { method: 'DELETE', headers: { authorization: `Bearer ${key}` } })
  const { page } = await open(key)
  await page.getByText('Прогресс под этим ключом удалён').waitFor()
  await expectAccessible(page, 'a deleted progress')
  await button(page, 'Начать новый').click()
  await expect.poll(() => legend(page)).toEqual([0, 0, 0, 12])
})

test('what is due and what was missed goes out to Anki', async () => {
  const key = keyFor('g')
  await seed(key, reviews)
  const { page } = await open(key)
  const downloading = page.waitForEvent('download')
  await button(page, /^В Anki/).click()
  const text = await readFile(await (await downloading).path(), 'utf8')
  const questions = text.split('\n').flatMap((line) => /What is .\?/.exec(line) ?? [])
  expect(questions).toEqual(['What is g?', 'What is h?'])
})
