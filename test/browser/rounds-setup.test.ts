import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RoomSettings } from '@knopka/shared/contracts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { device, expectAccessible, laptop, launchBrowser, phone } from '../support/browser.ts'
import { Product } from '../support/product.ts'

const letters = [...'ABCDEFGHIJ']
const sections = letters.flatMap((letter) => [
  `## Section ${letter}`,
  ...Array.from({ length: 6 }, (_, index) => `${letter}${index + 1}?`),
])

let browser: Browser
let product: Product
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'knopka-rounds-'))
  await writeFile(join(folder, 'tens.md'), ['# Tens', ...sections].join('\n\n'))
  product = await Product.start({ KNOPKA_DATA: join(folder, 'data'), KNOPKA_BANKS: folder })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await product.stop()
  await rm(folder, { recursive: true, force: true })
})

const row = (page: Page, letter: string) => page.getByRole('treeitem', { name: new RegExp(`^Section ${letter}`) })
const rule = (page: Page, name: string, choice: string) =>
  page.getByRole('radiogroup', { name }).getByText(choice, { exact: true }).click()
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const rounds = (page: Page) => page.getByRole('radiogroup', { name: 'Раунды' }).getByRole('radio')
const columns = (page: Page) => page.getByRole('listitem').allInnerTexts()
const total = (page: Page) => page.locator('.total')
const addRound = (page: Page) => button(page, 'Добавить раунд').click()

/** Opens the room. @returns what the server was told */
async function opened(page: Page): Promise<RoomSettings> {
  const asked = page.waitForRequest((request) => request.url().endsWith('/api/rooms'))
  await button(page, /Открыть комнату/).click()
  const told = (await asked).postDataJSON() as RoomSettings
  await page.waitForURL(/\/host\/\d{6}$/)
  return told
}

test('an evening of three rounds: each has its own sections, way and rules, and the room is told all of it', async () => {
  const { page, faults } = await device(browser, laptop)
  await page.goto(`${product.address}/host`)
  await row(page, 'A').click()
  await page.getByRole('spinbutton', { name: 'Сколько вопросов' }).fill('4')
  expect(await rounds(page).count()).toBe(0)
  await addRound(page)
  await page.getByText('Раунд 2: отметьте хотя бы один раздел').waitFor()
  expect(await row(page, 'A').getAttribute('aria-checked')).toBe('false')
  await expectAccessible(page, 'a round without sections')

  await rule(page, 'Как играем', 'Своя игра')
  for (const letter of ['B', 'C', 'D']) await row(page, letter).click()
  expect(await columns(page)).toEqual(['Section B\n5 вопросов', 'Section C\n5 вопросов', 'Section D\n5 вопросов'])
  await button(page, 'Столбец “Section D” раньше').focus()
  await page.keyboard.press('Enter')
  expect((await columns(page)).map((text) => text.slice(0, 9))).toEqual(['Section B', 'Section D', 'Section C'])
  await page.getByRole('textbox', { name: 'Название раунда' }).fill('Табло')
  await expectAccessible(page, 'a board')

  await addRound(page)
  await rule(page, 'Как играем', 'Письменно')
  await row(page, 'A').click()
  // Round 1 asks four of the six.
  await page.getByText('раунд 3: 2 вопроса').waitFor()
  expect(await total(page).innerText()).toContain('22')
  await rule(page, 'Таблица очков', 'После раунда')

  const told = await opened(page)
  expect(told.rounds.map(({ title, count, board, rules }) => [title, count, board?.rows, rules.scoring])).toEqual([
    [null, 4, undefined, 'plain'],
    ['Табло', 10, 5, 'penalty'],
    [null, 10, undefined, 'plain'],
  ])
  expect(told.rounds[1]?.sections).toHaveLength(3)
  expect(told.rounds[2]?.rules.typing).toEqual({ kind: 'text', seconds: 30 })
  expect(told.rules.standings).toBe('between-rounds')
  expect(faults).toEqual([])
})

test('rounds are chosen, moved, copied, removed and brought back by the keyboard alone', async () => {
  const { page, faults } = await device(browser, laptop)
  await page.goto(`${product.address}/host`)
  await row(page, 'A').click()
  await button(page, 'Добавить раунд').focus()
  await page.keyboard.press('Enter')
  await row(page, 'B').focus()
  await page.keyboard.press('Space')
  await rounds(page).nth(1).focus()
  await page.keyboard.press('ArrowLeft')
  expect(await row(page, 'A').getAttribute('aria-checked')).toBe('true')
  await button(page, 'Раунд позже').focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Раунд 2 из 2' }).waitFor()
  await button(page, 'Копия').focus()
  await page.keyboard.press('Enter')
  // The copy has no question left: the one before it asks them all.
  await page.getByText('Раунд 3: все его вопросы уже в раундах до него').waitFor()
  await button(page, 'Убрать').focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.getByText('один на весь вечер').waitFor()
  expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Добавить раунд')
  expect(await row(page, 'B').getAttribute('aria-checked')).toBe('true')
  await button(page, 'Вернуть раунд').click()
  await page.getByRole('heading', { name: 'Раунд 2 из 2' }).waitFor()
  expect(await row(page, 'A').getAttribute('aria-checked')).toBe('true')
  expect(faults).toEqual([])
})

test('a board takes no ninth column and says why, and none that other rounds have emptied', async () => {
  const { page, faults } = await device(browser, laptop)
  await page.goto(`${product.address}/host`)
  await rule(page, 'Как играем', 'Своя игра')
  for (const letter of letters.slice(0, 9)) await row(page, letter).click()
  await page.getByText('На табло помещается 8 столбцов').waitFor()
  expect(await columns(page)).toHaveLength(8)
  expect(await row(page, 'I').getAttribute('aria-checked')).toBe('false')
  await addRound(page)
  await row(page, 'A').click()
  await button(page, 'Раунд раньше').click()
  await page.getByText('Раунд 2: в столбце “Section A” не осталось вопросов').waitFor()
  expect(faults).toEqual([])
})

test('a link of the time before there were rounds is an evening of one; what is saved comes back', async () => {
  const { page, faults } = await device(browser, laptop)
  await page.goto(`${product.address}/host`)
  await row(page, 'A').click()
  await row(page, 'C').click()
  const kept = await page.evaluate(() => JSON.parse(localStorage.getItem('knopka.setup') ?? '{}') as object)
  const { rounds: [only] = [] } = kept as { rounds?: { sections: string[] }[] }
  const flat = {
    bank: 'tens',
    sections: only?.sections,
    count: 7,
    order: 'bank',
    seed: 'old',
    rules: { scoring: 'penalty' },
  }
  await page.goto(`${product.address}/host#${Buffer.from(JSON.stringify(flat)).toString('base64url')}`)
  await page.getByText('Настройки взяты из ссылки').waitFor()
  expect(await total(page).innerText()).toContain('сыграем 7')
  await addRound(page)
  await row(page, 'D').click()

  await button(page, 'Сохранённые').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('Пятница')
  await page.keyboard.press('Enter')
  await dialog.getByText('«Пятница»: сохранено').waitFor()
  await expectAccessible(page, 'saved set-ups')
  await page.keyboard.press('Escape')
  await button(page, 'Убрать').click()
  await page.reload()
  await page.getByText('один на весь вечер').waitFor()
  await button(page, 'Сохранённые').click()
  await button(page, 'Взять «Пятница»').click()
  await dialog.waitFor({ state: 'detached' })
  expect(await rounds(page).count()).toBe(2)
  await button(page, 'Сохранённые').click()
  await button(page, 'Удалить «Пятница»').click()
  await dialog.getByText('Пока ничего не сохранено').waitFor()
  await page.keyboard.press('Escape')

  const told = await opened(page)
  expect(told.rounds.map(({ order, rules }) => [order, rules.scoring])).toEqual([
    ['bank', 'penalty'],
    ['bank', 'penalty'],
  ])
  expect(told.seed).not.toBe('old')
  expect(faults).toEqual([])
})

test('three rounds fit a small phone', async () => {
  const { page, faults } = await device(browser, { ...phone, locale: 'en-US' })
  await page.goto(`${product.address}/host`)
  for (const way of ['Board', 'A number', 'In writing']) {
    await page.getByRole('button', { name: 'Add a round' }).click()
    await page.getByRole('radiogroup', { name: 'How you play' }).getByText(way, { exact: true }).click()
    await row(page, 'B').click()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
    await expectAccessible(page, `${way} on a phone`)
  }
  expect(faults).toEqual([])
})
