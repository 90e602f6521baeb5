import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CandidateRow, Plan, PlanPage, PlanToKeep } from '@knopka/shared/contracts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { device, expectAccessible, laptop, launchBrowser, phone } from '../support/browser.ts'
import { Product } from '../support/product.ts'

const key = 'k'.repeat(22)
const sections = [...'ABC'].flatMap((letter) => [
  `## Section ${letter}`,
  ...Array.from({ length: 5 }, (_, index) => `Topic ${letter}${index + 1}, what is it?`),
])

let browser: Browser
let product: Product
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'knopka-plan-'))
  await writeFile(join(folder, 'fives.md'), ['# Fives', ...sections].join('\n\n'))
  product = await Product.start({ KNOPKA_DATA: join(folder, 'data'), KNOPKA_BANKS: folder })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser.close()
  await product.stop()
  await rm(folder, { recursive: true, force: true })
})

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
const row = (page: Page, letter: string) => page.getByRole('treeitem', { name: new RegExp(`^Section ${letter}`) })
const asked = (page: Page) => page.locator('.asked').allInnerTexts()
const total = (page: Page) => page.locator('footer .total').innerText()
const search = (page: Page, words: string) => page.getByRole('searchbox').fill(words)

/** Stands in for the part of the server that keeps plans. @returns the plans that were sent to it, the latest last */
async function keepsPlans(page: Page, kept: () => PlanPage | null): Promise<Plan[]> {
  const sent: Plan[] = []
  await page.route('**/api/plans', async (route) => {
    sent.push((route.request().postDataJSON() as PlanToKeep).plan)
    await route.fulfill({ json: { key } })
  })
  await page.route(`**/api/plans/${key}`, async (route) => {
    if (route.request().method() === 'GET') return route.fulfill({ json: kept() })
    sent.push((route.request().postDataJSON() as PlanToKeep).plan)
    return route.fulfill({ json: { key } })
  })
  return sent
}

test('by keyboard alone: quotas, a pin, an exclusion, a question of one’s own, and the plan has a link', async () => {
  const { page, faults } = await device(browser, laptop)
  const sent = await keepsPlans(page, () => null)
  await page.goto(`${product.address}/`)
  await page.getByRole('link', { name: /Собеседование/ }).press('Enter')
  await row(page, 'A').focus()
  for (const pressed of ['+', '+', '+', 'ArrowDown', '+', '+', '-']) await page.keyboard.press(pressed)
  await expect.poll(() => total(page)).toContain('вопроса, около 5\u00a0минут')
  expect(await asked(page)).toHaveLength(4)
  expect(await row(page, 'A').getAttribute('aria-label')).toBe('Section A: 3 из 5')

  await page.keyboard.press('/')
  await page.keyboard.type('c4')
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  const [first = ''] = await asked(page)
  await search(page, first)
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Delete')
  await expect.poll(() => asked(page)).not.toContain(first)
  expect((await asked(page)).at(-1)).toBe('Topic C4, what is it?')
  expect(await page.getByRole('list', { name: 'Исключённые' }).innerText()).toBe(first)

  await page.getByRole('textbox', { name: 'Свой вопрос' }).fill('  Расскажите   о себе ')
  await page.keyboard.press('Enter')
  const drawn = await asked(page)
  expect(drawn).toHaveLength(6)
  expect(drawn.at(-1)).toBe('Расскажите о себе')
  await page.getByText('Назовите план').waitFor()
  await page.getByRole('textbox', { name: 'Название плана' }).fill('Backend')
  await expectAccessible(page, 'a plan in the making')
  await button(page, 'Сохранить план').press('Enter')
  const link = page.getByRole('dialog').getByRole('textbox')
  expect(await link.inputValue()).toMatch(new RegExp(`/interview#${key}$`))
  expect(page.url()).toMatch(new RegExp(`/interview#${key}$`))
  await expectAccessible(page, 'the link')
  expect(sent.map(({ title, items }) => [title, items.map(({ text }) => text)])).toEqual([['Backend', drawn]])

  await page.keyboard.press('Escape')
  await button(page, 'Начать собеседование').waitFor()
  await page.getByRole('textbox', { name: 'Оценка 4' }).fill('Пишет книгу')
  await page.keyboard.press('Tab')
  await button(page, 'Сохранить план').press('Enter')
  await button(page, 'Начать собеседование').waitFor()
  expect(sent.at(-1)?.levels[4]).toBe('Пишет книгу')
  await button(page, 'Планы').press('Enter')
  await page.getByRole('listitem').filter({ hasText: 'Backend открыт сейчас' }).waitFor()
  expect(faults).toEqual([])
})

test('a section that is too small for its quota says so; the same seed draws the same, another one something else', async () => {
  const { page } = await device(browser, { ...laptop, locale: 'en-GB' })
  await page.goto(`${product.address}/interview`)
  for (let times = 0; times < 6; times++) await button(page, 'More: Section A').click()
  await page.getByText('“Section A” has 5\u00a0questions in all').waitFor()
  await button(page, 'Less: Section A').click()
  const before = await asked(page)
  const seed = page.getByRole('textbox', { name: 'Seed' })
  const first = await seed.inputValue()
  await button(page, 'Another seed').click()
  await seed.fill(first)
  await page.keyboard.press('Tab')
  expect(await asked(page)).toEqual(before)

  for (const name of before.slice(0, 2)) await button(page, `Exclude: ${name}`).click()
  await page.getByText('“Section A”: 4 wanted, 3 there').waitFor()
  await page.getByText('The section has 5\u00a0questions in all').waitFor()
  await expectAccessible(page, 'a shortage')
  await button(page, 'Leave it at 3: Section A').click()
  await page.getByText('4 wanted').waitFor({ state: 'detached' })
  expect(await asked(page)).toHaveLength(3)
})

test('a plan goes out as a file and comes in again; a broken file says all that is wrong with it', async () => {
  const { page } = await device(browser, phone)
  await page.goto(`${product.address}/interview`)
  for (const letter of ['A', 'C']) await button(page, `Больше: Section ${letter}`).click()
  await page.getByRole('textbox', { name: 'Название плана' }).fill('Backend')
  const before = await asked(page)
  await button(page, 'Планы').click()
  const downloading = page.waitForEvent('download')
  await button(page, 'Скачать файл').click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('Backend.json')
  const text = await readFile(await download.path(), 'utf8')

  const give = (name: string, said: string) =>
    page.getByLabel('Файл плана').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(said) })
  await give('cut.json', text.slice(0, 50))
  await page.getByText('Файл не читается как JSON').waitFor()
  await give('odd.json', JSON.stringify({ ...(JSON.parse(text) as Plan), seconds: 3, levels: [] }))
  await page.getByText('seconds: нужно целое число от 10 до 1800 или null').waitFor()
  await page.getByText('levels: нужны пять строк до 200 знаков').waitFor()
  await expectAccessible(page, 'a broken file')
  await page.keyboard.press('Escape')
  expect(await asked(page)).toEqual(before)

  for (const letter of ['A', 'B']) await button(page, `Больше: Section ${letter}`).click()
  await button(page, 'Планы').click()
  await give('plan.json', text)
  await page.getByText('План «Backend» прочитан').waitFor()
  await page.keyboard.press('Escape')
  expect(await asked(page)).toEqual(before)
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(wide).toBe(360)
})

test('a kept plan shows what its bank has lost, and its candidates', async () => {
  const { page, faults } = await device(browser, { ...laptop, locale: 'en-GB' })
  const candidate = (name: string): CandidateRow => ({
    card: name.toLowerCase().repeat(8),
    candidate: name,
    beganAt: 1_790_000_000_000,
    endedAt: 1_790_000_900_000,
    rated: 7,
    asked: 10,
    recommendation: 'yes',
  })
  let candidates = [candidate('Anna'), candidate('Boris')]
  const item = { kind: 'question' as const, section: 'Section A', path: ['Fives', 'Section A'] }
  const plan: Plan = {
    ...{ title: 'Backend', bank: 'fives', seed: 'seed', quotas: [], order: 'bank', pinned: [], excluded: [], own: [] },
    ...{ seconds: 60, minutes: 15, levels: ['0', '1', '2', '3', '4'], mayMoveOn: false, showsNumbers: true },
    items: [
      { ...item, questionId: 'gone', text: 'Topic A1, what was it?' },
      { ...item, questionId: 'gone too', text: 'Topic B2, where was it?' },
    ],
  }
  const sent = await keepsPlans(page, () => ({ plan, candidates }))
  await page.route('**/api/scorecards/*', async (route) => {
    candidates = candidates.slice(1)
    expect(route.request().headers().authorization).toBe(`Bearer ${key}`)
    await route.fulfill({ json: {} })
  })
  await page.goto(`${product.address}/interview#${key}`)
  await page.getByText('does not have 2 questions of the plan any more').waitFor()
  await expectAccessible(page, 'a plan whose bank has changed')
  await page.getByRole('button', { name: 'Replace by: Topic A1, what is it?' }).first().click()
  await button(page, 'Keep as it is: Topic B2, where was it?').click()
  expect(await asked(page)).toEqual(['Topic A1, what is it?', 'Topic B2, where was it?'])
  await button(page, 'Save the plan').click()
  await button(page, 'Begin an interview').waitFor()
  expect(sent[0]?.items.map(({ questionId }) => questionId === null)).toEqual([false, true])

  const people = page.getByRole('list', { name: 'Candidates' }).getByRole('listitem')
  expect(await people.first().innerText()).toContain('7 of 10 rated, Yes')
  expect(await page.getByRole('link', { name: 'Compare' }).getAttribute('href')).toBe(`/compare#${key}`)
  await button(page, 'Delete: Anna').click()
  await expectAccessible(page, 'before a deletion')
  await button(page, 'Delete for good').click()
  await expect.poll(() => people.count()).toBe(1)

  await button(page, 'Begin an interview').click()
  await button(page, 'Begin').click()
  expect(await page.getByRole('dialog').getByText('Type a name').count()).toBe(2)
  await expectAccessible(page, 'before an interview')
  expect(faults).toEqual([])
})
